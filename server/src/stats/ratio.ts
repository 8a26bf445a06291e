import { answerOrNull, finite, mapAnswer, noAnswer, type Answer } from './answer.ts'
import type { Estimate } from './estimate.ts'
import { momentsOf, sampleVariance } from './moments.ts'

/** A ratio sum(numerator) / sum(denominator) with the sample variance of its linearised unit values z_i = (N_i - R D_i) / mean(D). */
export interface RatioSample {
  n: number
  ratio: number
  variance: number
}

/** Means, sample variances and covariance of numerator and denominator over units. */
export interface RatioMoments {
  n: number
  meanNum: number
  meanDen: number
  varianceNum: number
  varianceDen: number
  covariance: number
}

/**
 * Delta method for a ratio of sums whose units are the randomisation units; correct for clicks per view, order value per order and the like.
 *
 * No answer where the denominator's mean is 0 or there are fewer than two units. Source: Deng, Knoblich & Lu (2018), KDD.
 */
export function ratioFromMoments(moments: RatioMoments): Answer<RatioSample> {
  const { n, meanNum, meanDen, varianceNum, varianceDen, covariance } = moments
  if (!(n > 0)) return noAnswer(n === 0 ? 'no_units' : 'invalid_input')
  if (n < 2) return noAnswer('one_unit')
  if (meanDen === 0) return noAnswer('zero_denominator')
  const ratio = meanNum / meanDen
  return finite({ n, ratio, variance: Math.max(0, varianceNum - 2 * ratio * covariance + ratio * ratio * varianceDen) / (meanDen * meanDen) })
}

/** The same from power sums, as another system may report them. Loses digits where means are large against deviations; prefer centred moments. */
export function ratioFromSums(sums: { n: number; sumNum: number; sumDen: number; sumNum2: number; sumDen2: number; sumNumDen: number }): Answer<RatioSample> {
  const { n, sumNum, sumDen } = sums
  return ratioFromMoments({
    n,
    meanNum: sumNum / n,
    meanDen: sumDen / n,
    varianceNum: (sums.sumNum2 - (sumNum * sumNum) / n) / (n - 1),
    varianceDen: (sums.sumDen2 - (sumDen * sumDen) / n) / (n - 1),
    covariance: (sums.sumNumDen - (sumNum * sumDen) / n) / (n - 1),
  })
}

/** The same from unit values, by the linearised values themselves. */
export function ratioFromValues(num: readonly number[], den: readonly number[]): Answer<RatioSample> {
  return mapAnswer(linearise(num, den), ({ ratio, z }) => finite({ n: num.length, ratio, variance: sampleVariance(momentsOf(z)) }))
}

export function ratioEstimate({ n, ratio, variance }: RatioSample): Estimate {
  return { m: ratio, v: variance / n, n }
}

/** z_i = (N_i - R D_i) / mean(D): unit values whose mean is 0 and whose variance is that of the ratio. No answer without a denominator. */
export function linearise(num: readonly number[], den: readonly number[]): Answer<{ ratio: number; z: number[] }> {
  if (num.length !== den.length) return noAnswer('invalid_input')
  if (num.length < 2) return noAnswer(num.length === 0 ? 'no_units' : 'one_unit')
  const meanDen = momentsOf(den).mean
  if (meanDen === 0) return noAnswer('zero_denominator')
  const ratio = momentsOf(num).mean / meanDen
  return finite({ ratio, z: num.map((value, i) => (value - ratio * (den[i] as number)) / meanDen) })
}

export interface FunnelStep {
  conditionalRate: number | null
  conditionalSe: number | null
  overallRate: number
  /** null below two units. */
  overallSe: number | null
}

/** Steps of a funnel from 0/1 rows per unit, first column = entered: each step given the one before (a ratio) and overall (a proportion of all units). */
export function funnel(rows: readonly (readonly number[])[]): Answer<FunnelStep[]> {
  const n = rows.length
  if (n === 0) return noAnswer('no_units')
  const column = (k: number) => rows.map((row) => row[k] as number)
  const steps = (rows[0]?.length ?? 1) - 1
  return finite(Array.from({ length: steps }, (_, k) => {
    const reached = column(k + 1)
    const conditional = answerOrNull(ratioFromValues(reached, column(k)))
    const overall = momentsOf(reached)
    return {
      conditionalRate: conditional?.ratio ?? null,
      conditionalSe: conditional ? Math.sqrt(conditional.variance / n) : null,
      overallRate: overall.mean,
      overallSe: n > 1 ? Math.sqrt(sampleVariance(overall) / n) : null,
    }
  }))
}

