import type { PlanMetric } from '../contract/experiments.ts'
import {
  answerOrNull, covariateMomentsFrom, cupedRatioFromMoments, estimateStatus, isAnswer, ratioPairMomentsFrom, rateDiffersByArm, useCuped, welchTest,
  type CovariateMoments, type CupedUse, type JointMoments, type Sample,
} from '../stats/index.ts'
import type { Pair } from './pair.ts'

/**
 * What an arm's people did before they were exposed, beside what they did after: of (value, value before, no history), of a ratio of
 * (numerator, denominator, numerator before, denominator before).
 */
export interface ArmCovariates {
  arm: string
  joint: JointMoments
}

const fewest = 100

/**
 * The pair adjusted by pre-exposure values (CUPED), or as it was with a flag that says why not: `not_adjusted_...`. What looks wrong with the
 * covariates is flagged too. Shares of few people stay as they are: their tests count heads.
 */
export function adjustPair(raw: Pair, type: PlanMetric['type'], historyDays: number, control: JointMoments | undefined, treatment: JointMoments | undefined): Pair {
  if (raw.status !== 'ok') return raw
  if (!control || !treatment) return flagged(raw, 'not_adjusted_no_history')
  if (raw.flags.includes('sparse')) return flagged(raw, 'not_adjusted_sparse')
  return type === 'ratio' ? adjustRatio(raw, historyDays, control, treatment) : adjustMean(raw, historyDays, covariateMomentsFrom(control), covariateMomentsFrom(treatment))
}

/** p of the same comparison before anybody was exposed; null where nothing varied then. */
export function preExposureP(control: JointMoments | undefined, treatment: JointMoments | undefined): number | null {
  if (!control || !treatment || control.means.length !== 3) return null
  const test = welchTest(before(covariateMomentsFrom(control)), before(covariateMomentsFrom(treatment)))
  return isAnswer(test) ? test.p : null
}

/** p of "as many people without history in both arms"; null where it is not known. */
export function missingHistoryP(control: JointMoments | undefined, treatment: JointMoments | undefined): number | null {
  if (!control || !treatment || control.means.length !== 3) return null
  const without = ({ n, means }: JointMoments) => ({ n, x: Math.round(n * (means[2] ?? 0)) })
  return answerOrNull(rateDiffersByArm(without(control), without(treatment)))?.p ?? null
}

function before({ n, meanX, covarianceX }: CovariateMoments): Sample {
  return { n, mean: meanX[0] ?? NaN, variance: covarianceX[0]?.[0] ?? NaN }
}

function adjustMean(raw: Pair, historyDays: number, control: CovariateMoments, treatment: CovariateMoments): Pair {
  const varying = control.meanX.map((_, j) => j).filter((j) => [control, treatment].some(({ covarianceX }) => (covarianceX[j]?.[j] ?? 0) > 0))
  if (varying.length === 0) return flagged(raw, 'not_adjusted_no_history')
  const use = (columns: readonly number[]) => useCuped(withColumns(control, columns), withColumns(treatment, columns), historyDays)
  const whole = use(varying)
  // Of a conversion "no event before" may be all there is to know: then one column says what both do.
  const used = whole.notApplied === 'singular_covariates' && varying.length > 1 ? use(varying.slice(0, 1)) : whole
  return applied(raw, used)
}

function applied(raw: Pair, { result, notApplied, warnings }: CupedUse): Pair {
  if (!result || notApplied !== null) return flagged(raw, `not_adjusted_${notApplied ?? 'no_estimate'}`)
  const { adjMeanA, adjMeanB, varA, varB, theta, varianceReduction } = result
  return adjusted(raw, { ...raw.a, mean: adjMeanA, variance: varA * raw.a.n }, { ...raw.b, mean: adjMeanB, variance: varB * raw.b.n }, { theta, varianceReduction }, warnings)
}

function adjustRatio(raw: Pair, historyDays: number, control: JointMoments, treatment: JointMoments): Pair {
  if (Math.min(control.n, treatment.n) < fewest) return flagged(raw, 'not_adjusted_too_few_units')
  if (historyDays < 1) return flagged(raw, 'not_adjusted_short_history')
  const result = cupedRatioFromMoments(ratioPairMomentsFrom(control), ratioPairMomentsFrom(treatment))
  if (!isAnswer(result)) return flagged(raw, `not_adjusted_${result.noAnswer === 'zero_denominator' ? 'no_history' : result.noAnswer}`)
  const { adjMeanA, adjMeanB, varA, varB, theta, varianceReduction } = result
  const warnings = varianceReduction < 0 ? ['reduction_negative'] : varianceReduction > 0.99 ? ['reduction_implausible'] : []
  return adjusted(raw, { ...raw.a, mean: adjMeanA, variance: varA * raw.a.n }, { ...raw.b, mean: adjMeanB, variance: varB * raw.b.n }, { theta: [theta], varianceReduction }, warnings)
}

function adjusted(raw: Pair, a: Sample, b: Sample, how: { theta: number[]; varianceReduction: number }, warnings: readonly string[]): Pair {
  const { status, flags } = estimateStatus('mean', a, b)
  const test = status === 'ok' ? answerOrNull(welchTest(a, b)) : null
  // Nothing is left that varies: the covariate is the value itself.
  if (!test) return flagged(raw, 'not_adjusted_no_estimate')
  return { ...raw, a, b, status, flags: [...flags, ...warnings], test, adjusted: { raw, ...how } }
}

function withColumns(arm: CovariateMoments, columns: readonly number[]): CovariateMoments {
  return {
    ...arm,
    meanX: columns.map((j) => arm.meanX[j] as number),
    covarianceXY: columns.map((j) => arm.covarianceXY[j] as number),
    covarianceX: columns.map((i) => columns.map((j) => arm.covarianceX[i]?.[j] as number)),
  }
}

function flagged(raw: Pair, flag: string): Pair {
  return { ...raw, flags: [...raw.flags, flag] }
}
