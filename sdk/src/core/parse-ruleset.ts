import { isRecord } from './attribute.ts'
import type { Ruleset } from './ruleset.ts'

export type ParsedRuleset = { readonly ok: true; readonly ruleset: Ruleset } | { readonly ok: false; readonly error: string }

/** Reads the text of a ruleset. Only a broken envelope is an error; a malformed flag fails alone when it is evaluated. */
export function parseRuleset(text: string): ParsedRuleset {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, error: 'The ruleset is not JSON.' }
  }
  return checkRuleset(value)
}

/** As `parseRuleset`, of what was parsed before. */
export function checkRuleset(value: unknown): ParsedRuleset {
  const error = envelopeFault(value)
  return error === undefined ? { ok: true, ruleset: value as Ruleset } : { ok: false, error }
}

function envelopeFault(value: unknown): string | undefined {
  if (!isRecord(value) || value.schema !== 1) return 'The ruleset is not of schema 1: this SDK is too old for it, or it is something else.'
  const missing =
    ['project', 'environment', 'epoch'].find((name) => typeof value[name] !== 'string' || value[name] === '') ??
    (Number.isSafeInteger(value.version) && (value.version as number) >= 0 ? undefined : 'version') ??
    ['flags', 'cohorts', 'layers', 'holdouts'].find((name) => !Array.isArray(value[name]))
  return missing && `The ruleset has no ${missing}, or not in the form it should have.`
}
