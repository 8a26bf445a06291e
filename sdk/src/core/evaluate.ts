import type { CompiledRuleset } from './compile-ruleset.ts'
import type { Context, Evaluation } from './evaluation.ts'
import type { FlagType } from './ruleset.ts'

/** Decides one flag for one context. Never throws, never logs; the result is frozen and shared between equal outcomes. */
export function evaluate(_compiled: CompiledRuleset, _flagKey: string, _context: Context): Evaluation {
  throw new Error('not built yet')
}

/** As `evaluate`, but `ERROR`/`TYPE_MISMATCH` when the flag is not of the wanted type. `number` accepts `integer` and `float`. */
export function evaluateTyped(_compiled: CompiledRuleset, _flagKey: string, _type: FlagType | 'number', _context: Context): Evaluation {
  throw new Error('not built yet')
}
