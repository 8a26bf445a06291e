import { isAnswer, planReach, type PlannedMetric } from '../stats/index.ts'
import type { Direction } from '../contract/metrics.ts'

/** Units in all, for which a preview says what they can show. */
export const TOTALS = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000] as const

/** Enough for four digits: each round shrinks what is off by far more than half. */
const ROUNDS = 30

/**
 * Smallest relative change that two equal arms of `total` units in all show with 80 % power at 5 %, looking once; null where nothing that could happen is large
 * enough. A share's spread depends on where the change leads to, so the change is what remains once it leads to itself.
 */
export function detectableEffect(metric: PlannedMetric, direction: Direction, total: number): number | null {
  const sign = direction === 'increase' ? 1 : -1
  let effect = 0.01
  for (let round = 0; round < ROUNDS; round++) {
    const reach = planReach({ metric, effect: { relative: sign * effect }, question: 'difference', alpha: 0.05, power: 0.8, mode: 'fixed', weights: [1, 1] }, total)
    if (!isAnswer(reach) || reach.mdeRelative === null) return null
    if (Math.abs(reach.mdeRelative - effect) <= 1e-9 * effect) return reach.mdeRelative
    effect = reach.mdeRelative
  }
  return effect
}
