import type { Analysis, ComparisonResult, MetricResult } from '../contract/analysis.ts'
import type { Plan } from '../contract/experiments.ts'
import { answerOrNull, randomEffects, shrinkEffect, twymanFlags, type RandomEffects } from '../stats/index.ts'
import { evidenceOf, type Finding } from './read-findings.ts'
import { sample } from './pair.ts'

/** What a finished, valid experiment found in a metric: one treatment's lift. */
export interface PastEffect {
  experiment: string
  metric: string
  lift: number
  liftSe: number
  /** Unadjusted, at its end. */
  p: number | null
}

/** Fewer experiments do not say what a metric usually does. */
export const fewestExperiments = 5

/**
 * The analysis beside what finished experiments found on the same metrics: estimates drawn towards what they usually find, and changes that would be
 * out of the ordinary. Not part of the snapshot, because it goes on as experiments finish.
 */
export function withHistory(plan: Pick<Plan, 'control' | 'minimumEffect'>, analysis: Analysis, past: readonly PastEffect[]): Analysis {
  const found: Finding[] = []
  const metrics = analysis.metrics.map((metric) => {
    const earlier = past.filter((effect) => effect.metric === metric.key)
    const from = new Set(earlier.map(({ experiment }) => experiment)).size
    const together = from < fewestExperiments ? null : answerOrNull(randomEffects(earlier.map(({ lift }) => lift), earlier.map(({ liftSe }) => liftSe * liftSe)))
    if (!together) return metric
    found.push(...metric.comparisons.flatMap((comparison) => unusual(plan, metric, comparison, together, earlier)))
    return { ...metric, comparisons: metric.comparisons.map((comparison) => shrunk(comparison, together, from)) }
  })
  return { ...analysis, metrics, ...(found.length === 0 ? {} : { findings: [...(analysis.findings ?? []), ...found] }) }
}

function shrunk(comparison: ComparisonResult, { pm }: RandomEffects, from: number): ComparisonResult {
  const { lift, liftSe } = comparison
  if (lift === null || liftSe == null) return comparison
  const answer = answerOrNull(shrinkEffect(lift, liftSe, pm))
  return answer ? { ...comparison, shrunk: { lift: answer.effect, lower: answer.ciLower, upper: answer.ciUpper, from } } : comparison
}

function unusual(plan: Pick<Plan, 'control' | 'minimumEffect'>, metric: MetricResult, comparison: ComparisonResult, { pm }: RandomEffects, earlier: readonly PastEffect[]): Finding[] {
  const control = metric.arms.find(({ arm }) => arm === plan.control)
  const treatment = metric.arms.find(({ arm }) => arm === comparison.arm)
  if (!control || !treatment || comparison.status !== 'ok' || comparison.flags.includes('small_sample')) return []
  const flags = twymanFlags({
    control: sample(control), treatment: sample(treatment), p: comparison.p,
    // What may as well be none is not too large.
    lift: comparison.p !== null && comparison.p < 0.05 ? comparison.lift : null,
    priorSd: Math.sqrt(pm.tau2), movedBefore: earlier.some(({ p }) => p !== null && p < 0.05),
    minimumEffect: null, preExposureP: null, capped: null, driverMoved: null,
  })
  return flags.filter((flag) => flag === 'far_beyond_history' || flag === 'first_move_extreme').map((code) => ({ code, metric: metric.key, arm: comparison.arm, evidence: evidenceOf(code, plan, metric, comparison, control, treatment, null) }))
}
