import type { MetricType } from '../contract/metrics.ts'
import { isAnswer, mapAnswer, meanEstimate, noAnswer, proportionSample, ratioEstimate, ratioFromMoments, unitSpread, type Answer, type Estimate, type PlannedMetric } from '../stats/index.ts'

interface Moments {
  n: number
  meanA: number
  meanB: number
  varianceA: number
  varianceB: number
  covariance: number
}

/** Whether a type says of a unit only that something happened. */
export function isShare(type: MetricType): boolean {
  return type === 'conversion' || type === 'retention' || type === 'funnel'
}

/** The estimate of a metric that is no quantile, from the moments of what the units contribute. */
export function previewEstimate(type: MetricType, moments: Moments): Answer<Estimate> {
  const { n, meanA, meanB, varianceA, varianceB, covariance } = moments
  if (n === 0) return noAnswer('no_units')
  if (n === 1) return noAnswer('one_unit')
  if (type === 'ratio') return mapAnswer(ratioFromMoments({ n, meanNum: meanA, meanDen: meanB, varianceNum: varianceA, varianceDen: varianceB, covariance }), ratioEstimate)
  if (isShare(type)) return meanEstimate(proportionSample(Math.round(meanA * n), n))
  return meanEstimate({ n, mean: meanA, variance: varianceA })
}

/** What a plan is sized by, and the spread of one unit's contribution; null where there is none. */
export function plannedMetric(type: MetricType, estimate: Estimate): { metric: PlannedMetric; sd: number } | null {
  const sd = unitSpread(estimate)
  if (!isAnswer(sd)) return null
  if (isShare(type)) return { metric: { kind: 'proportion', baseline: estimate.m }, sd }
  return { metric: { kind: type === 'ratio' || type === 'quantile' ? type : 'mean', baseline: estimate.m, sd }, sd }
}
