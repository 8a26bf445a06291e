import type { Analysis, ArmResult, ComparisonResult, MetricResult } from '../contract/analysis.ts'
import type { Plan, PlanMetric } from '../contract/experiments.ts'
import { twymanFlags, type Counts, type JointMoments, type TwymanFlag } from '../stats/index.ts'
import { missingHistoryP, preExposureP, type ArmCovariates } from './adjust-pair.ts'
import { levelWords, pWords, shareWords, signedPercent } from './effect-words.ts'
import { sample } from './pair.ts'
import { readNovelty, type AgeValues } from './read-novelty.ts'

export type Finding = NonNullable<Analysis['findings']>[number]

export interface FindingsInput {
  plan: Plan
  metrics: readonly MetricResult[]
  covariates?: ReadonlyMap<string, readonly ArmCovariates[]>
  bots?: Analysis['bots']
  /** The primary metric by days since the first exposure; absent where it was not looked at. */
  byAge?: readonly AgeValues[]
}

/** What is odd and worth a look before anybody believes the numbers. Nothing here blocks, and nothing here decides. */
export function readFindings(input: FindingsInput): Finding[] {
  const { plan, metrics, covariates, bots } = input
  const found = metrics.flatMap((metric) => metric.comparisons.flatMap((comparison) => {
    const before = (arm: string) => covariates?.get(metric.key)?.find((other) => other.arm === arm)?.joint
    return ofComparison(plan, metric, comparison, before(plan.control), before(comparison.arm))
  }))
  if (bots?.p != null && bots.p < differs) found.push({ code: 'bots_differ', evidence: `Bots dropped: ${bots.arms.map(({ arm, n }) => `${n.toLocaleString('en-GB')} in ${arm}`).join(', ')}; ${pWords(bots.p)} for the same share in every arm.` })
  return [...found, ...readNovelty(plan, input.byAge)]
}

/** Below it two shares that should not depend on the arm differ. */
const differs = 0.001

function ofComparison(plan: Plan, metric: MetricResult, comparison: ComparisonResult, before: JointMoments | undefined, treatmentBefore: JointMoments | undefined): Finding[] {
  const control = metric.arms.find(({ arm }) => arm === plan.control)
  const treatment = metric.arms.find(({ arm }) => arm === comparison.arm)
  // Few people differ in all sorts of ways: that is no news.
  if (!control || !treatment || comparison.status !== 'ok' || comparison.flags.includes('small_sample')) return []
  const preP = preExposureP(before, treatmentBefore)
  const flags = twymanFlags({
    control: sample(control), treatment: sample(treatment), lift: comparison.lift, p: comparison.p,
    // An effect that may as well be none is not too large.
    minimumEffect: metric.role === 'primary' && comparison.p !== null && comparison.p < 0.05 ? plan.minimumEffect : null,
    priorSd: null, movedBefore: null, driverMoved: null, preExposureP: preP, capped: cappedCounts(control, treatment),
  })
  const of = { metric: metric.key, arm: comparison.arm }
  const found = flags.map((code): Finding => ({ code, ...of, evidence: evidenceOf(code, plan, metric, comparison, control, treatment, preP) }))
  const historyP = missingHistoryP(before, treatmentBefore)
  if (historyP !== null && historyP < differs) found.push({ code: 'missing_history_differs', ...of, evidence: `${pWords(historyP)} for as many people without history in both arms.` })
  const adjusted = comparison.adjustment
  if (adjusted && adjusted.varianceReduction < 0) found.push({ code: 'reduction_negative', ...of, evidence: `The variance rose by ${shareWords(-adjusted.varianceReduction)}.` })
  if (adjusted && adjusted.varianceReduction > 0.99) found.push({ code: 'reduction_implausible', ...of, evidence: `${shareWords(adjusted.varianceReduction)} of the variance is gone: the value is nearly known before anybody was exposed.` })
  return found
}

function cappedCounts(control: ArmResult, treatment: ArmResult): { control: Counts; treatment: Counts } | null {
  if (control.capped === undefined || treatment.capped === undefined) return null
  return { control: { x: control.capped, n: control.n }, treatment: { x: treatment.capped, n: treatment.n } }
}

/** Numbers behind a flag, as a sentence. */
export function evidenceOf(code: TwymanFlag, plan: Pick<Plan, 'minimumEffect'>, metric: Pick<PlanMetric, 'type' | 'unitLabel'>, { lift, p }: ComparisonResult, control: ArmResult, treatment: ArmResult, preP: number | null): string {
  const change = lift === null ? 'unknown' : signedPercent(lift)
  switch (code) {
    case 'lift_over_half': return `A change of ${change} with more than 1,000 people in each arm.`
    case 'far_beyond_minimum': return `A change of ${change} where ${signedPercent(plan.minimumEffect)} was hoped for.`
    case 'variance_ratio': return `The values of ${treatment.arm} vary ${ratio(treatment.variance, control.variance)} times as much as those of ${control.arm}.`
    case 'before_exposure': return `${preP === null ? 'p unknown' : pWords(preP)} for the same level in both arms before anybody was exposed.`
    case 'identical_values': return `Both arms are at ${control.mean === null ? 'unknown' : levelWords(metric, control.mean)} with the same spread, to the last digit.`
    case 'capped_share_differs': return `Capped: ${(control.capped ?? 0).toLocaleString('en-GB')} in ${control.arm}, ${(treatment.capped ?? 0).toLocaleString('en-GB')} in ${treatment.arm}.`
    case 'far_beyond_history': return `A change of ${change}, more than three times what experiments on this metric usually find.`
    case 'first_move_extreme': return `${p === null ? 'p unknown' : pWords(p)} on a metric that no experiment has moved yet.`
    case 'driver_still': return `A change of ${change} without one of the metric that drives it.`
  }
}

function ratio(of: number | null, to: number | null): string {
  return of === null || to === null ? 'an unknown number of' : (of / to).toPrecision(2)
}
