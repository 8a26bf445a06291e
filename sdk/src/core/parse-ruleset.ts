import type { Ruleset } from './ruleset.ts'

export type ParsedRuleset = { readonly ok: true; readonly ruleset: Ruleset } | { readonly ok: false; readonly error: string }

/** Reads the text of a ruleset. Only a broken envelope is an error; a malformed flag fails alone when it is evaluated. */
export function parseRuleset(_text: string): ParsedRuleset {
  throw new Error('not built yet')
}
