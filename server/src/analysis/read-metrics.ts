import type { ArmResult, ComparisonResult, MetricResult } from '../contract/analysis.ts'
import type { Plan, PlanMetric } from '../contract/experiments.ts'
import {
  adjustPValues, answerOrNull, alwaysValidMultiplier, alwaysValidOneSidedMultiplier, alwaysValidP, boundariesForAlphas, defaultTunedUnits, deltaLift, estimateStatus, fiellerLift, fisherExact, harmAlpha,
  meanEstimate, newcombeInterval, newcombeLift, nonInferiority, nonInferiorityAlpha, normalCdf, normalUpperQuantile, pooledScoreTest, readyForAlwaysValid, spentAlpha, tScale, tUpperQuantile, tuneRhoSquared, welchTest,
  type Counts, type Sample, type WelchResult,
} from '../stats/index.ts'
import { planEnded } from './arm-verdict.ts'

export interface MetricsInput {
  plan: Plan
  days: number
  /** Share of the planned information so far; null where nothing is planned. */
  informationFraction: number | null
  /**
   * Information fractions of the earlier looks of this phase at which a verdict was given, in order: a group-sequential boundary depends on them.
   * One a day is a look; many more cost alpha and time (100 looks: about a second and a half).
   */
  earlierLooks: readonly number[]
  /** Sufficient statistics by metric key, in any order of arms. */
  arms: ReadonlyMap<string, readonly ArmResult[]>
}

/**
 * Every metric of the plan against control: Welch and Fieller at 95 % for reading, the interval that decides where it is another one
 * (`decidedBy`), and what the sealed rule reads in it.
 */
export function readMetrics(input: MetricsInput): MetricResult[] {
  const { plan } = input
  const treatments = plan.arms.map((arm) => arm.variant).filter((arm) => arm !== plan.control)
  const critical = criticalValues(input)
  const results = plan.metrics.map((metric): MetricResult => {
    const found = input.arms.get(metric.key) ?? []
    const arms = plan.arms.map(({ variant }) => found.find((arm) => arm.arm === variant) ?? { arm: variant, n: 0, mean: null, variance: null })
    const control = arms.find((arm) => arm.arm === plan.control) as ArmResult
    const pairs = treatments.map((arm) => pair(metric, control, arms.find((other) => other.arm === arm) as ArmResult))
    const levels = metric.role === 'primary' ? primaryLevels(plan, pairs) : []
    return {
      key: metric.key, name: metric.name, role: metric.role, type: metric.type, direction: metric.direction, unitLabel: metric.unitLabel, margin: metric.margin,
      arms,
      comparisons: pairs.map((both, i) => compare(both, metric.role === 'primary' ? decide(both, plan, critical, levels[i] as Level) : undefined)),
      readings: [],
    }
  })
  const secondary = readSecondary(results)
  for (const result of results) {
    result.readings = treatments.map((arm) => ({ arm, reading: secondary.get(`${result.key} ${arm}`) ?? readDeciding(result, arm, plan, critical) }))
  }
  return results
}

/** The interval of a comparison on which the rule decides, with better upwards; null while there is no usable estimate of the lift. */
export function decidingInterval(comparison: ComparisonResult, direction: PlanMetric['direction']): { lower: number; upper: number } | null {
  const { liftLower, liftUpper } = comparison.decidedBy ?? comparison
  if (comparison.status !== 'ok' || liftLower === undefined || liftLower === null) return null
  const upper = liftUpper ?? Infinity
  return direction === 'increase' ? { lower: liftLower, upper } : { lower: -upper, upper: -liftLower }
}

type Reading = MetricResult['readings'][number]['reading']

interface Pair {
  arm: string
  direction: PlanMetric['direction']
  type: PlanMetric['type']
  a: Sample
  b: Sample
  status: string
  flags: string[]
  test: WelchResult | null
}

function pair(metric: PlanMetric, control: ArmResult, treatment: ArmResult): Pair {
  const a = sample(control)
  const b = sample(treatment)
  const both = { arm: treatment.arm, direction: metric.direction, type: metric.type, a, b }
  const { status, flags } = estimateStatus(metric.type === 'conversion' ? 'proportion' : 'mean', a, b)
  if ((status === 'ok' || status === 'zero_variance') && !(isOfUsableSize(a) && isOfUsableSize(b))) return { ...both, status: 'invalid_input', flags: [], test: null }
  return { ...both, status, flags, test: status === 'ok' ? answerOrNull(welchTest(a, b)) : null }
}

/** An interval of the lift multiplies four such numbers: beyond, the result is none, or silently 0. No value that ingest takes comes near. */
function isOfUsableSize({ mean, variance }: Sample): boolean {
  return [Math.abs(mean), Math.sqrt(variance)].every((size) => size === 0 || (size > 1e-60 && size < 1e60))
}

function sample({ n, mean, variance }: ArmResult): Sample {
  return { n, mean: mean ?? NaN, variance: variance ?? NaN }
}

function counts({ n, mean }: Sample): Counts {
  return { n, x: Math.round(n * mean) }
}

function compare(both: Pair, decidedBy: ComparisonResult['decidedBy']): ComparisonResult {
  const { arm, a, b, status, test } = both
  const flags = [...both.flags]
  const known = status === 'ok' || status === 'zero_variance'
  const lift = test ? answerOrNull(fiellerLift(meanEstimate(a), meanEstimate(b), test.critical)) : null
  if (lift && !lift.bounded && !flags.includes('relative_unbounded')) flags.push('relative_unbounded')
  return {
    arm, status, flags,
    diff: known ? b.mean - a.mean : null,
    se: test?.se ?? null,
    t: test?.t ?? null,
    df: test?.df ?? null,
    p: test?.p ?? null,
    ciLower: test?.ciLower ?? null,
    ciUpper: test?.ciUpper ?? null,
    lift: known && a.mean !== 0 ? (b.mean - a.mean) / Math.abs(a.mean) : null,
    liftLower: lift?.ciLower ?? null,
    liftUpper: lift?.ciUpper ?? null,
    chanceBetter: chanceBetter(both),
    ...(decidedBy ? { decidedBy } : {}),
  }
}

function chanceBetter({ a, b, test, direction }: Pair): number | null {
  if (!test) return null
  const delta = answerOrNull(deltaLift(meanEstimate(a), meanEstimate(b), 0))
  const z = delta && delta.se > 0 ? delta.lift / delta.se * Math.sign(a.mean) : test.t
  return normalCdf(direction === 'increase' ? z : -z)
}

interface Level {
  alpha: number
  /** Of the arm's own test, adjusted for the number of treatments; null in sequential modes. */
  p: number | null
}

/** Two-sided level per treatment: alpha / k; in `fixed` mode Holm's step-down on the final p-values, which rejects whenever alpha / k does. */
function primaryLevels(plan: Plan, pairs: readonly Pair[]): Level[] {
  const k = pairs.length
  if (plan.mode !== 'fixed' || k === 1) return pairs.map((both) => ({ alpha: plan.alpha / k, p: plan.mode === 'fixed' ? fixedP(both) : null }))
  const p = pairs.map(fixedP)
  const adjusted = adjustPValues(p, 'holm')
  const order = p.flatMap((value, i) => (value === null ? [] : [{ value, i }])).sort((x, y) => x.value - y.value)
  const alphas = pairs.map(() => plan.alpha / k)
  let alpha = plan.alpha / Math.max(1, order.length)
  let stopped = false
  order.forEach(({ value, i }, rank) => {
    if (!stopped) alpha = plan.alpha / (order.length - rank)
    stopped ||= value >= alpha
    alphas[i] = alpha
  })
  return pairs.map((_, i) => ({ alpha: alphas[i] as number, p: adjusted[i] ?? null }))
}

/** p of a plan read once: Welch's, or that of the score or exact test where successes or failures are few. */
function fixedP(both: Pair): number | null {
  if (!both.flags.includes('sparse')) return both.test?.p ?? null
  if (tooFewForScore(both)) return answerOrNull(fisherExact(counts(both.a), counts(both.b)))
  return answerOrNull(pooledScoreTest(counts(both.a), counts(both.b)))?.p ?? null
}

function tooFewForScore({ a, b }: Pair): boolean {
  const successes = counts(a).x + counts(b).x
  return Math.min(successes, a.n + b.n - successes) < 10
}

interface CriticalValues {
  /** Boundary of the current group-sequential look at a one-sided level; null in the other modes. */
  boundary: ((alphaOneSided: number) => number) | null
  /** Units of one treatment and control together for which always-valid bounds are tuned. */
  tunedUnits: (arm: string) => number
}

function criticalValues(input: MetricsInput): CriticalValues {
  const { plan } = input
  const weightOf = (arm: string) => plan.arms.find((other) => other.variant === arm)?.weight ?? 0
  const sum = plan.arms.reduce((total, arm) => total + arm.weight, 0)
  const tunedUnits = (arm: string) => (plan.plannedUnits === null ? defaultTunedUnits : Math.max(2, (plan.plannedUnits * (weightOf(arm) + weightOf(plan.control))) / sum))
  if (plan.mode !== 'group_sequential' || input.informationFraction === null) return { boundary: null, tunedUnits }
  const ended = planEnded({ informationFraction: input.informationFraction, days: input.days, plannedDays: plan.plannedDays })
  const looks = mergeLooks([...input.earlierLooks, input.informationFraction])
  const known = new Map<number, number>()
  const boundary = (alpha: number): number => {
    const cached = known.get(alpha)
    if (cached !== undefined) return cached
    const spent = looks.map((t) => spentAlpha(t, alpha, 'obf'))
    // The last look of a plan that ends by the calendar spends what is left.
    if (ended && spent.length > 0) spent[spent.length - 1] = alpha
    const value = boundariesForAlphas(looks, spent).at(-1) ?? Infinity
    known.set(alpha, value)
    return value
  }
  return { boundary, tunedUnits }
}

/** Looks that add less than 0.1 % of the information count as one, at the time of the first. */
export function mergeLooks(fractions: readonly number[]): number[] {
  const merged: number[] = []
  for (const t of fractions) if (t > 0 && t - (merged.at(-1) ?? 0) >= 0.001) merged.push(t)
  return merged
}

function isReadyForAlwaysValid({ a, b, type }: Pair): boolean {
  return readyForAlwaysValid([a, b], type === 'conversion' ? [counts(a), counts(b)] : [])
}

function decide(both: Pair, plan: Plan, critical: CriticalValues, { alpha, p }: Level): ComparisonResult['decidedBy'] {
  const { a, b, test } = both
  if (!test) return undefined
  const sparse = both.flags.includes('sparse')
  const several = plan.arms.length > 2
  if (critical.boundary) {
    const z = critical.boundary(alpha / 2)
    return sparse ? byScore(both, 'group_sequential_newcombe', z, null) : byWelch(both, test, 'group_sequential', tScale(z, test.df), null)
  }
  if (plan.mode !== 'fixed') {
    if (!isReadyForAlwaysValid(both)) return { method: 'always_valid', p: null, ciLower: null, ciUpper: null, liftLower: null, liftUpper: null }
    const rho = tuneRhoSquared(alpha, critical.tunedUnits(both.arm))
    const units = a.n + b.n
    return byWelch(both, test, 'always_valid', tScale(alwaysValidMultiplier(units, rho, alpha), test.df), alwaysValidP(test.t, units, rho).p)
  }
  const suffix = several ? '_holm' : ''
  if (sparse) return byScore(both, (tooFewForScore(both) ? 'fisher_newcombe' : 'score_newcombe') + suffix, normalUpperQuantile(alpha / 2), p)
  if (!several && alpha === 0.05) return undefined
  return byWelch(both, test, `welch${suffix}`, tUpperQuantile(alpha / 2, test.df), p)
}

function byWelch({ a, b }: Pair, test: WelchResult, method: string, multiplier: number, p: number | null): ComparisonResult['decidedBy'] {
  const lift = answerOrNull(fiellerLift(meanEstimate(a), meanEstimate(b), multiplier))
  return { method, p, ciLower: test.diff - multiplier * test.se, ciUpper: test.diff + multiplier * test.se, liftLower: lift?.ciLower ?? null, liftUpper: lift?.ciUpper ?? null }
}

function byScore({ a, b }: Pair, method: string, z: number, p: number | null): ComparisonResult['decidedBy'] {
  const interval = answerOrNull(newcombeInterval(counts(a), counts(b), z))
  const lift = answerOrNull(newcombeLift(counts(a), counts(b), z))
  return { method, p, ciLower: interval?.lower ?? null, ciUpper: interval?.upper ?? null, liftLower: lift?.lower ?? null, liftUpper: lift?.upper ?? null }
}

/** Secondary metrics: Benjamini-Hochberg at 5 % over all of them and all arms. They explain; they never decide. */
function readSecondary(results: readonly MetricResult[]): Map<string, Reading> {
  const all = results.filter((result) => result.role === 'secondary').flatMap((result) => result.comparisons.map((comparison) => ({ result, comparison })))
  const adjusted = adjustPValues(all.map(({ result, comparison }) => secondaryP(result, comparison)), 'bh')
  return new Map(
    all.map(({ result, comparison }, i) => {
      const p = adjusted[i] ?? null
      const better = (comparison.diff ?? 0) > 0 === (result.direction === 'increase')
      return [`${result.key} ${comparison.arm}`, p === null ? 'no_answer' : p < 0.05 ? (better ? 'better' : 'worse') : 'unclear']
    }),
  )
}

function secondaryP(result: MetricResult, comparison: ComparisonResult): number | null {
  if (!comparison.flags.includes('sparse') || comparison.status !== 'ok') return comparison.p
  const arm = result.arms.find((other) => other.arm === comparison.arm)
  const control = result.arms.find((other) => !result.comparisons.some((known) => known.arm === other.arm))
  if (!arm || !control) return comparison.p
  return fixedP({ arm: arm.arm, direction: result.direction, type: result.type, a: sample(control), b: sample(arm), status: comparison.status, flags: comparison.flags, test: null })
}

function readDeciding(result: MetricResult, arm: string, plan: Plan, critical: CriticalValues): Reading {
  const comparison = result.comparisons.find((other) => other.arm === arm)
  if (!comparison) return 'no_answer'
  if (result.role === 'guardrail') return readGuardrail(result, comparison, plan, critical)
  const interval = decidingInterval(comparison, result.direction)
  if (interval === null) return 'no_answer'
  return interval.lower > 0 ? 'better' : interval.upper < 0 ? 'worse' : 'unclear'
}

/**
 * `worse`: harm is proven at 0.025 / G one-sided by the mode's bound (in `fixed` mode the always-valid one, so that harm may act at any look).
 * `holds` and `worse_within_limit`: non-inferior within the margin at 0.05 one-sided; without a margin, simply not proven worse.
 */
function readGuardrail(result: MetricResult, comparison: ComparisonResult, plan: Plan, critical: CriticalValues): Reading {
  const metric = plan.metrics.find((other) => other.key === result.key && other.role === 'guardrail')
  const control = result.arms.find((other) => other.arm === plan.control)
  const treatment = result.arms.find((other) => other.arm === comparison.arm)
  if (!metric || !control || !treatment) return 'no_answer'
  const both = pair(metric, control, treatment)
  // The same constant value in both arms, such as no crash at all: nothing got worse.
  if (both.status === 'zero_variance' && both.a.mean === both.b.mean) return 'holds'
  const { test } = both
  if (!test) return 'no_answer'
  const sign = metric.direction === 'increase' ? 1 : -1
  const guardrails = plan.metrics.filter((other) => other.role === 'guardrail').length
  if (harmProven(both, test, sign, harmAlpha(guardrails), critical)) return 'worse'
  if (metric.margin !== null && !withinMargin(both, test, sign, metric.margin, plan, critical)) return 'unclear'
  return sign * (sign > 0 ? test.ciUpper : test.ciLower) < 0 ? 'worse_within_limit' : 'holds'
}

function harmProven(both: Pair, test: WelchResult, sign: 1 | -1, alpha: number, critical: CriticalValues): boolean {
  const { a, b } = both
  if (critical.boundary) {
    const z = critical.boundary(alpha)
    if (!both.flags.includes('sparse')) return sign * test.diff + tScale(z, test.df) * test.se < 0
    const interval = answerOrNull(newcombeInterval(counts(a), counts(b), z))
    return interval !== null && (sign > 0 ? interval.upper < 0 : interval.lower > 0)
  }
  if (!isReadyForAlwaysValid(both)) return false
  const rho = tuneRhoSquared(2 * alpha, critical.tunedUnits(both.arm))
  const multiplier = alwaysValidOneSidedMultiplier(a.n + b.n, rho, alpha)
  return sign * test.diff + tScale(multiplier, test.df) * test.se < 0
}

function withinMargin(both: Pair, test: WelchResult, sign: 1 | -1, margin: number, plan: Plan, critical: CriticalValues): boolean {
  const { a, b } = both
  const z = nonInferiorityCritical(both, plan, critical)
  if (z === null) return false
  if (both.flags.includes('sparse')) {
    const lift = answerOrNull(newcombeLift(counts(a), counts(b), z))
    return lift !== null && (sign > 0 ? lift.lower > -margin : lift.upper !== null && lift.upper < margin)
  }
  const contrast = answerOrNull(nonInferiority(a, b, margin, sign > 0))
  const multiplier = plan.mode === 'fixed' ? tUpperQuantile(nonInferiorityAlpha, contrast?.df ?? test.df) : tScale(z, contrast?.df ?? test.df)
  return contrast !== null && contrast.estimate - multiplier * contrast.se > 0
}

function nonInferiorityCritical(both: Pair, plan: Plan, critical: CriticalValues): number | null {
  if (critical.boundary) return critical.boundary(nonInferiorityAlpha)
  if (plan.mode === 'fixed') return normalUpperQuantile(nonInferiorityAlpha)
  if (!isReadyForAlwaysValid(both)) return null
  return alwaysValidOneSidedMultiplier(both.a.n + both.b.n, tuneRhoSquared(2 * nonInferiorityAlpha, critical.tunedUnits(both.arm)), nonInferiorityAlpha)
}
