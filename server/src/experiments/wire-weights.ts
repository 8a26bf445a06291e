import type { Arm } from '@assay/sdk/core'

const TOTAL = 100_000

/**
 * Ratio weights as the ruleset's integer weights of 100,000, by largest remainder (ties to the earlier arm). The
 * analysis keeps the ratios: the sample ratio test uses the sealed plan's weights, never these rounded ones.
 */
export function wireWeights(arms: readonly { variant: string; weight: number }[]): Arm[] {
  const sum = arms.reduce((total, arm) => total + arm.weight, 0)
  const shares = arms.map((arm) => (arm.weight / sum) * TOTAL)
  const weights = shares.map(Math.floor)
  const byRemainder = shares.map((share, index) => ({ index, remainder: share - Math.floor(share) })).sort((a, b) => b.remainder - a.remainder || a.index - b.index)
  const left = TOTAL - weights.reduce((total, weight) => total + weight, 0)
  for (const { index } of byRemainder.slice(0, left)) weights[index] = (weights[index] ?? 0) + 1
  return arms.map((arm, index) => ({ variant: arm.variant, weight: weights[index] ?? 0 }))
}

/** The share of eligible units that is admitted, as the ruleset's integer of 100,000. */
export function wireCoverage(coverage: number): number {
  return Math.round(coverage * TOTAL)
}
