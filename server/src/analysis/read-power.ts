import type { Analysis, MetricResult } from '../contract/analysis.ts'
import type { Plan } from '../contract/experiments.ts'
import { answerOrNull, midRun, powerPerMetric } from '../stats/index.ts'
import { spendingOf } from './critical-values.ts'

/**
 * What the data can still see, per treatment: the smallest relative effect that so many people of this spread show with the planned power, and how many
 * more the minimum effect needs, over all arms. From the spread and never from the effect: an extension that follows the effect would be no plan.
 */
export function readPower(plan: Plan, metrics: readonly MetricResult[]): NonNullable<Analysis['power']> {
  const primary = metrics.find((metric) => metric.role === 'primary')
  if (!primary) return []
  const control = primary.arms.find(({ arm }) => arm === plan.control)
  const units = primary.arms.reduce((sum, { n }) => sum + n, 0)
  const power = powerPerMetric(plan.power, metrics.filter((metric) => metric.role === 'guardrail').length)
  return primary.comparisons.map(({ arm, se }) => {
    const base = Math.abs(control?.mean ?? 0)
    const known = se === null || base === 0 ? null : answerOrNull(midRun({ units, se: se / base, minimumEffect: plan.minimumEffect, alpha: plan.alpha / primary.comparisons.length, power, mode: plan.mode, spending: spendingOf(plan) }))
    return { arm, detectable: known?.detectable ?? null, unitsNeeded: known?.unitsNeeded ?? null }
  })
}
