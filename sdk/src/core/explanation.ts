import type { Evaluation } from './evaluation.ts'
import type { Exposure } from './exposed.ts'

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
