import type { CompiledRuleset } from './compile-ruleset.ts'
import type { Context, Evaluation } from './evaluation.ts'
import type { Exposure } from './exposure.ts'

/** One thing that was looked at on the way to a decision, with what it consisted of. */
export interface ExplanationStep {
  readonly kind: 'flag' | 'prerequisite' | 'rule' | 'fallthrough' | 'condition' | 'cohort' | 'split' | 'layer' | 'holdout'
  /** A readable sentence. */
  readonly text: string
  /** `true`, `false` or `unknown` for conditions and cohorts; whether the step took part in the decision for the rest. */
  readonly outcome: 'true' | 'false' | 'unknown'
  readonly ruleId?: string
  readonly steps: readonly ExplanationStep[]
}

/** A decision and the way to it. */
export interface Explanation {
  readonly evaluation: Evaluation
  readonly exposures: readonly Exposure[]
  readonly steps: readonly ExplanationStep[]
}

/** The same decision as `evaluate`, found by reading the wire form step by step, with every step in words. Never throws. */
export function explain(_compiled: CompiledRuleset, _flagKey: string, _context: Context): Explanation {
  throw new Error('not built yet')
}
