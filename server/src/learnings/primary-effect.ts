import type { Analysis, Verdict } from '../contract/analysis.ts'

export interface Effect {
  lift: number
  lower: number | null
  upper: number | null
}

/** The arm that a verdict speaks about: the first that has it, or the first treatment. Null where there is none. */
export function decidingArm({ kind, arms }: Pick<Verdict, 'kind' | 'arms'>, control: string): string | null {
  const treatments = arms.filter(({ arm }) => arm !== control)
  return (treatments.find((arm) => arm.kind === kind) ?? treatments[0])?.arm ?? null
}

/** Relative lift of the primary metric in one arm with its 95 % interval; null where there is no estimate. */
export function primaryEffect({ metrics }: Pick<Analysis, 'metrics'>, arm: string | null): Effect | null {
  const comparison = metrics.find(({ role }) => role === 'primary')?.comparisons.find((each) => each.arm === arm)
  return comparison === undefined || comparison.lift === null ? null : { lift: comparison.lift, lower: comparison.liftLower, upper: comparison.liftUpper }
}
