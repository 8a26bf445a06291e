import type { Ruleset } from './ruleset.ts'

/** A foreign hash: the step of [0, steps) that a unit falls into. */
export type ImportedHashFunction = (seed: string, unit: string, steps: number) => number

export interface CompileOptions {
  /** Linear-time regular expressions for `matches`; without it `matches` is unknown. May throw for a pattern it refuses. */
  regex?: (pattern: string, ignoreCase: boolean) => (text: string) => boolean
  /** Hash functions of imported splits by their `kind`; a split of a kind not in the table admits nobody. */
  hashes?: { readonly [kind: string]: ImportedHashFunction }
}

/** A ruleset ready for evaluation. Flags are compiled on first use; the ruleset must not be changed afterwards. */
export interface CompiledRuleset {
  readonly ruleset: Ruleset
}

/** Prepares a ruleset for evaluation. Cheap: each flag is compiled when it is first evaluated. Never throws. */
export function compileRuleset(ruleset: Ruleset, _options: CompileOptions = {}): CompiledRuleset {
  return { ruleset }
}
