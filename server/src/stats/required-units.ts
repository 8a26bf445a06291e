import { alwaysValidOneSidedMultiplier, tuneRhoSquared } from './always-valid.ts'
import { finite, isAnswer, noAnswer, type Answer } from './answer.ts'
import type { Estimate } from './estimate.ts'
import { normalSurvival, normalUpperQuantile } from './normal.ts'
import { groupSequentialInflation, planningCritical, powerPerMetric, sampleSizeMeans, zTestPower, type PowerMode } from './power.ts'

/**
 * What history says about a metric. `sd` is the spread of one unit's contribution to the estimate: of its value for counts, sums and means, of the
 * linearised value for ratios and funnel steps, sqrt(n) times the standard error for quantiles: `unitSpread` gives it from any estimate.
 * A proportion's follows from its level.
 */
export type PlannedMetric = { kind: 'proportion'; baseline: number } | { kind: 'mean' | 'ratio' | 'quantile'; baseline: number; sd: number }

/** Spread of one unit's contribution to an estimate with variance v over n units: sqrt(n v). */
export function unitSpread({ v, n }: Estimate): Answer<number> {
  if (!(v >= 0 && n >= 0)) return noAnswer('invalid_input')
  if (n === 0) return noAnswer('no_units')
  return finite(Math.sqrt(n * v))
}

export interface PlanQuestion {
  metric: PlannedMetric
  /** Change of the metric that should be seen, with its sign: relative to the baseline, or on its own scale. For non-inferiority the margin, above 0. */
  effect: { relative: number } | { absolute: number }
  question: 'difference' | 'non_inferiority'
  /** Two-sided, of the whole plan; for non-inferiority one-sided, of the metric. */
  alpha: number
  /** Of the whole plan: every metric is sized for 1 - beta / (G + 1). */
  power: number
  mode: PowerMode
  /** Looks of a group-sequential plan. */
  looks?: number
  guardrails?: number
  /** Treatments and primary metrics share alpha. */
  primaryMetrics?: number
  /** Ratio weights, control first. */
  weights: readonly number[]
  /** Squared correlation with pre-exposure covariates: CUPED multiplies the variance by 1 - rho^2. */
  covariateR2?: number
}

export interface PlanSize {
  /** Units per arm, rounded up, control first. */
  perArm: number[]
  total: number
  /** Two-sided level of each comparison (one-sided for non-inferiority), power it is sized for, and the multiplier it must clear. */
  alphaEach: number
  powerEach: number
  critical: number
  /** Factor for the looks of a group-sequential plan. */
  inflation: number
}

/** Units for a plan, for every kind of metric: n = (c + z_power)^2 (sA^2 + sB^2 / r) / delta^2, for the treatment that needs most. */
export function requiredUnits(question: PlanQuestion): Answer<PlanSize> {
  const demand = demandOf(question)
  if (!isAnswer(demand)) return demand
  const [control, ...treatments] = question.weights as [number, ...number[]]
  let inControl = 0
  for (const weight of treatments) {
    const size = sampleSizeMeans({ ...demand, ratio: weight / control, alpha: demand.alphaEach, power: demand.powerEach })
    if (!isAnswer(size)) return size
    inControl = Math.max(inControl, size.nA * demand.inflation)
  }
  const perArm = question.weights.map((weight) => Math.ceil((inControl * weight) / control))
  const { alphaEach, powerEach, critical, inflation } = demand
  return finite({ perArm, total: perArm.reduce((sum, n) => sum + n, 0), alphaEach, powerEach, critical, inflation })
}

export interface PlanReach {
  /** Smallest effect seen with the power asked for, on the metric's own scale and relative to the baseline. */
  mde: number
  mdeRelative: number | null
  /** Chance to see the effect that was asked about, for the treatment with fewest units. */
  power: number
}

/** What a plan with a given number of units can see. */
export function planReach(question: PlanQuestion, total: number): Answer<PlanReach> {
  if (!(total > 0)) return noAnswer(total === 0 ? 'no_units' : 'invalid_input')
  const demand = demandOf(question)
  if (!isAnswer(demand)) return demand
  const sum = question.weights.reduce((all, weight) => all + weight, 0)
  const [control, ...treatments] = question.weights.map((weight) => (total * weight) / sum) as [number, ...number[]]
  const fewest = Math.min(...treatments)
  const se = Math.sqrt((demand.sdA ** 2 / control + demand.sdB ** 2 / fewest) * demand.inflation)
  if (se === 0) return noAnswer('zero_variance')
  const mde = (demand.critical + normalUpperQuantile(1 - demand.powerEach)) * se
  const { baseline } = question.metric
  const shift = Math.abs(demand.delta) / se
  const power = question.question === 'difference' ? zTestPower(shift, demand.critical) : normalSurvival(demand.critical - shift)
  return finite({ mde, mdeRelative: baseline === 0 ? null : mde / Math.abs(baseline), power })
}

interface Demand {
  sdA: number
  sdB: number
  delta: number
  alphaEach: number
  powerEach: number
  critical: number
  inflation: number
}

function demandOf(question: PlanQuestion): Answer<Demand> {
  const { alpha, power, mode, weights, covariateR2 = 0, guardrails = 0, primaryMetrics = 1, looks = 14 } = question
  if (!(alpha > 0 && alpha < 1 && power > 0 && power < 1 && covariateR2 >= 0 && covariateR2 < 1) || weights.length < 2 || weights.some((weight) => !(weight > 0))) return noAnswer('invalid_input')
  const spread = spreadOf(question)
  if (!isAnswer(spread)) return spread
  const twoSided = question.question === 'difference'
  const alphaEach = twoSided ? alpha / ((weights.length - 1) * Math.max(1, primaryMetrics)) : alpha
  const powerEach = powerPerMetric(power, guardrails)
  const inflation = mode === 'group_sequential' ? groupSequentialInflation(looks, twoSided ? alphaEach : 2 * alphaEach, powerEach) : { inflationFactor: 1 }
  if (!isAnswer(inflation)) return inflation
  const shrink = Math.sqrt(1 - covariateR2)
  const critical = twoSided ? planningCritical(mode, alphaEach) : oneSidedCritical(mode, alphaEach)
  return { sdA: spread.sdA * shrink, sdB: spread.sdB * shrink, delta: spread.delta, alphaEach, powerEach, critical, inflation: inflation.inflationFactor }
}

/** A sequence tuned to the plan's own size; the other modes start from the normal quantile. */
function oneSidedCritical(mode: PowerMode, alpha: number): number {
  return mode === 'always_valid' ? alwaysValidOneSidedMultiplier(1, tuneRhoSquared(2 * alpha, 1), alpha) : normalUpperQuantile(alpha)
}

/** Spreads of both arms and the difference to see. A proportion is less or more spread at the level that the effect leads to. */
function spreadOf({ metric, effect, question }: PlanQuestion): Answer<{ sdA: number; sdB: number; delta: number }> {
  if ('relative' in effect && metric.baseline === 0) return noAnswer('zero_baseline')
  const delta = 'relative' in effect ? metric.baseline * effect.relative : effect.absolute
  if (delta === 0) return noAnswer('out_of_reach')
  if (metric.kind !== 'proportion') {
    if (!(metric.sd >= 0)) return noAnswer('invalid_input')
    return metric.sd === 0 ? noAnswer('zero_variance') : { sdA: metric.sd, sdB: metric.sd, delta }
  }
  const p = metric.baseline
  // Non-inferiority is planned for no difference at all.
  const treated = question === 'difference' ? p + delta : p
  if (!(p >= 0 && p <= 1)) return noAnswer('invalid_input')
  if (!(treated >= 0 && treated <= 1)) return noAnswer('out_of_reach')
  return { sdA: Math.sqrt(p * (1 - p)), sdB: Math.sqrt(treated * (1 - treated)), delta }
}
