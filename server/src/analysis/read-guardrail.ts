import type { MetricResult } from '../contract/analysis.ts'
import type { Plan, PlanMetric } from '../contract/experiments.ts'
import { alwaysValidOneSidedMultiplier, answerOrNull, harmAlpha, newcombeInterval, newcombeLift, nonInferiority, nonInferiorityAlpha, normalUpperQuantile, tScale, tuneRhoSquared, tUpperQuantile, type WelchResult } from '../stats/index.ts'
import { isReadyForAlwaysValid, type CriticalValues } from './critical-values.ts'
import { counts, type Pair } from './pair.ts'

/**
 * `worse`: harm is proven at 0.025 / G one-sided by the mode's bound (in `fixed` mode the always-valid one, so that harm may act at any look).
 * `holds` and `worse_within_limit`: non-inferior within the margin at 0.05 one-sided; without a margin, simply not proven worse.
 */
export function readGuardrail(metric: PlanMetric, pair: Pair, plan: Plan, critical: CriticalValues): MetricResult['readings'][number]['reading'] {
  // The same constant value in both arms, such as no crash at all: nothing got worse.
  if (pair.status === 'zero_variance' && pair.a.mean === pair.b.mean) return 'holds'
  const { test } = pair
  if (!test) return 'no_answer'
  const sign = metric.direction === 'increase' ? 1 : -1
  const guardrails = plan.metrics.filter((other) => other.role === 'guardrail').length
  if (harmProven(pair, test, sign, harmAlpha(guardrails), critical)) return 'worse'
  if (metric.margin !== null && !withinMargin(pair, test, sign, metric.margin, plan, critical)) return 'unclear'
  return sign * (sign > 0 ? test.ciUpper : test.ciLower) < 0 ? 'worse_within_limit' : 'holds'
}

function harmProven(pair: Pair, test: WelchResult, sign: 1 | -1, alpha: number, critical: CriticalValues): boolean {
  const { a, b } = pair
  if (critical.boundary) {
    const z = critical.boundary(alpha)
    if (!pair.flags.includes('sparse')) return sign * test.diff + tScale(z, test.df) * test.se < 0
    const interval = answerOrNull(newcombeInterval(counts(a), counts(b), z))
    return interval !== null && (sign > 0 ? interval.upper < 0 : interval.lower > 0)
  }
  if (!isReadyForAlwaysValid(pair)) return false
  const rho = tuneRhoSquared(2 * alpha, critical.tunedUnits(pair.arm))
  const multiplier = alwaysValidOneSidedMultiplier(a.n + b.n, rho, alpha)
  return sign * test.diff + tScale(multiplier, test.df) * test.se < 0
}

function withinMargin(pair: Pair, test: WelchResult, sign: 1 | -1, margin: number, plan: Plan, critical: CriticalValues): boolean {
  const { a, b } = pair
  const z = nonInferiorityCritical(pair, plan, critical)
  if (z === null) return false
  if (pair.flags.includes('sparse')) {
    const lift = answerOrNull(newcombeLift(counts(a), counts(b), z))
    return lift !== null && (sign > 0 ? lift.lower > -margin : lift.upper !== null && lift.upper < margin)
  }
  const contrast = answerOrNull(nonInferiority(a, b, margin, sign > 0))
  const multiplier = plan.mode === 'fixed' ? tUpperQuantile(nonInferiorityAlpha, contrast?.df ?? test.df) : tScale(z, contrast?.df ?? test.df)
  return contrast !== null && contrast.estimate - multiplier * contrast.se > 0
}

function nonInferiorityCritical(pair: Pair, plan: Plan, critical: CriticalValues): number | null {
  if (critical.boundary) return critical.boundary(nonInferiorityAlpha)
  if (plan.mode === 'fixed') return normalUpperQuantile(nonInferiorityAlpha)
  if (!isReadyForAlwaysValid(pair)) return null
  return alwaysValidOneSidedMultiplier(pair.a.n + pair.b.n, tuneRhoSquared(2 * nonInferiorityAlpha, critical.tunedUnits(pair.arm)), nonInferiorityAlpha)
}
