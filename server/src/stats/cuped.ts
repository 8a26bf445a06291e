import { answerOrNull, finite, isAnswer, noAnswer, type Answer } from './answer.ts'
import { solveLinear } from './linear-system.ts'
import { momentsOf, sampleCovariance, sampleVariance } from './moments.ts'
import { welchFromEstimates, type WelchResult } from './welch.ts'

/** Unit values of one arm: the outcome, and each covariate (measured before exposure) as its own list. */
export interface CovariateArm {
  y: readonly number[]
  x: readonly (readonly number[])[]
}

/** The same arm reduced to means and sample (co)variances (divisor n - 1). */
export interface CovariateMoments {
  n: number
  meanY: number
  meanX: readonly number[]
  varianceY: number
  covarianceXY: readonly number[]
  covarianceX: readonly (readonly number[])[]
}

export interface CupedResult {
  theta: number[]
  adjMeanA: number
  adjMeanB: number
  /** Variances of the adjusted estimates. */
  varA: number
  varB: number
  /** 1 - adjusted / unadjusted variance of the difference. */
  varianceReduction: number
  /** null where nothing varies once the covariates are taken out. */
  test: WelchResult | null
  /** Lin's regression with treatment interactions, as a cross-check of the point estimate; null where one arm's covariates are singular. */
  linEstimate: number | null
}

/** CUPED from unit values. */
export function cuped(a: CovariateArm, b: CovariateArm, alpha = 0.05): Answer<CupedResult> {
  if ([a, b].some(({ y, x }) => x.some((column) => column.length !== y.length))) return noAnswer('invalid_input')
  return cupedFromMoments(covariateMoments(a), covariateMoments(b), alpha)
}

/**
 * CUPED: the difference adjusted by pre-exposure covariates, with one theta that minimises the variance of the difference:
 * theta = S^-1 c with S = SxxA / nA + SxxB / nB, c = SxyA / nA + SxyB / nB.
 *
 * H0 and assumptions as Welch's test; the covariates must not be touched by the treatment. No answer with fewer than two units in an arm or a singular S.
 * Sources: Deng, Xu, Kohavi & Walker (2013), WSDM; Lin (2013), Annals of Applied Statistics 7.
 */
export function cupedFromMoments(a: CovariateMoments, b: CovariateMoments, alpha = 0.05): Answer<CupedResult> {
  if (!(a.n >= 0 && b.n >= 0)) return noAnswer('invalid_input')
  if (Math.min(a.n, b.n) < 2) return noAnswer(Math.min(a.n, b.n) === 0 ? 'no_units' : 'one_unit')
  const total = a.n + b.n
  const pooledX = a.meanX.map((mean, j) => (a.n * mean + b.n * (b.meanX[j] as number)) / total)
  const s = a.covarianceX.map((row, i) => row.map((value, j) => value / a.n + (b.covarianceX[i]?.[j] as number) / b.n))
  const theta = solveLinear(s, a.covarianceXY.map((value, i) => value / a.n + (b.covarianceXY[i] as number) / b.n))
  if (!theta) return noAnswer('singular_covariates')
  const adjMeanA = adjusted(a, theta, pooledX)
  const adjMeanB = adjusted(b, theta, pooledX)
  const varA = residualVariance(a, theta) / a.n
  const varB = residualVariance(b, theta) / b.n
  const plain = a.varianceY / a.n + b.varianceY / b.n
  if (plain === 0) return noAnswer('zero_variance')
  const thetaA = solveLinear(a.covarianceX, a.covarianceXY)
  const thetaB = solveLinear(b.covarianceX, b.covarianceXY)
  return finite({
    theta, adjMeanA, adjMeanB, varA, varB,
    varianceReduction: 1 - (varA + varB) / plain,
    test: answerOrNull(welchFromEstimates({ m: adjMeanA, v: varA, n: a.n }, { m: adjMeanB, v: varB, n: b.n }, alpha)),
    linEstimate: thetaA && thetaB ? adjusted(b, thetaB, pooledX) - adjusted(a, thetaA, pooledX) : null,
  })
}

export function covariateMoments({ y, x }: CovariateArm): CovariateMoments {
  const outcome = momentsOf(y)
  return {
    n: y.length, meanY: outcome.mean, meanX: x.map((column) => momentsOf(column).mean), varianceY: sampleVariance(outcome),
    covarianceXY: x.map((column) => sampleCovariance(column, y)),
    covarianceX: x.map((column) => x.map((other) => sampleCovariance(column, other))),
  }
}

export type CupedWarning = 'reduction_negative' | 'reduction_implausible' | 'pre_exposure_imbalance'
export interface CupedUse {
  /** null: adjusted numbers are used. Else why the unadjusted ones stand. */
  notApplied: 'too_few_units' | 'short_history' | 'singular_covariates' | 'no_estimate' | null
  result: CupedResult | null
  warnings: CupedWarning[]
}

/**
 * Whether to adjust a comparison, and what to be told about it: not below 100 units in an arm, with less than a day of history, or where the covariates are
 * singular. Warns where the variance rises or nearly vanishes, and where a covariate differs between arms (Welch at 0.001) although it was measured before exposure.
 */
export function useCuped(a: CovariateMoments, b: CovariateMoments, historyDays: number, alpha = 0.05): CupedUse {
  const skip = (notApplied: CupedUse['notApplied']): CupedUse => ({ notApplied, result: null, warnings: [] })
  if (!(Math.min(a.n, b.n) >= 100)) return skip('too_few_units')
  if (!(historyDays >= 1)) return skip('short_history')
  const result = cupedFromMoments(a, b, alpha)
  if (!isAnswer(result)) return skip('noAnswer' in result && result.noAnswer === 'singular_covariates' ? 'singular_covariates' : 'no_estimate')
  const warnings: CupedWarning[] = []
  if (result.varianceReduction < 0) warnings.push('reduction_negative')
  if (result.varianceReduction > 0.99) warnings.push('reduction_implausible')
  if (a.meanX.some((_, j) => unbalanced(a, b, j))) warnings.push('pre_exposure_imbalance')
  return { notApplied: null, result, warnings }
}

function unbalanced(a: CovariateMoments, b: CovariateMoments, j: number): boolean {
  const estimate = (arm: CovariateMoments) => ({ m: arm.meanX[j] as number, v: (arm.covarianceX[j]?.[j] as number) / arm.n, n: arm.n })
  const test = welchFromEstimates(estimate(a), estimate(b))
  return isAnswer(test) && test.p < 0.001
}

function adjusted(arm: CovariateMoments, theta: readonly number[], pooledX: readonly number[]): number {
  return theta.reduce((mean, slope, j) => mean - slope * ((arm.meanX[j] as number) - (pooledX[j] as number)), arm.meanY)
}

function residualVariance({ varianceY, covarianceXY, covarianceX }: CovariateMoments, theta: readonly number[]): number {
  const linear = theta.reduce((sum, slope, i) => sum + slope * (covarianceXY[i] as number), 0)
  const quadratic = theta.reduce((sum, slope, i) => sum + slope * theta.reduce((inner, other, j) => inner + other * (covarianceX[i]?.[j] as number), 0), 0)
  return Math.max(0, varianceY - 2 * linear + quadratic)
}
