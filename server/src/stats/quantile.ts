import { finite, isAnswer, mapAnswer, noAnswer, type Answer } from './answer.ts'
import type { Estimate } from './estimate.ts'
import { normalUpperQuantile } from './normal.ts'
import { ratioFromMoments, ratioFromValues, type RatioMoments } from './ratio.ts'

/** Ranks, counted from 1, of the estimate and of the limits of its interval. */
export interface QuantileRanks {
  rank: number
  rankLower: number
  rankUpper: number
}

export interface QuantileEstimate {
  quantile: number | null
  rankLower: number
  rankUpper: number
  lower: number | null
  upper: number | null
  /** (upper - lower) / (2 z), on which differences between arms are tested. */
  se: number | null
  /** The ranks exist and the limits differ. */
  valid: boolean
}

/** ceil(n q) of the exact product, counted from 1: 200 * 0.9 rounds to 180, but the double 0.9 lies above 9/10, so the rank is 181. */
export function rankOf(n: number, q: number): number {
  const product = n * q
  if (!Number.isInteger(product)) return Math.max(1, Math.ceil(product))
  // Dekker's split: q = high + low with so few bits each that n * high and n * low are exact.
  const split = q * 134217729
  const high = split - (split - q)
  const rest = n * high - product + n * (q - high)
  return Math.max(1, rest > 0 ? product + 1 : product)
}

/** Which order statistics estimate the quantile `q` of `n` values and bound it: floor(nq - h) and ceil(nq + h) + 1, h = z sd n, sd^2 = q (1 - q) / n unless given (clustered values). */
export function quantileRanks(n: number, q: number, alpha = 0.05, sdOfCdf = Math.sqrt((q * (1 - q)) / n)): QuantileRanks {
  const h = normalUpperQuantile(alpha / 2) * n * sdOfCdf
  return { rank: rankOf(n, q), rankLower: Math.floor(n * q - h), rankUpper: Math.ceil(n * q + h) + 1 }
}

/**
 * Quantile of independent unit values with the outer order-statistic interval: free of density estimates, slightly conservative.
 *
 * Needs enough values that both ranks exist (`valid`). Source: Deng, Knoblich & Lu (2018), KDD.
 */
export function quantileEstimate(values: readonly number[], q: number, alpha = 0.05): Answer<QuantileEstimate> {
  if (values.length === 0) return noAnswer('no_units')
  if (!(q > 0 && q < 1) || values.some((value) => !Number.isFinite(value))) return noAnswer('invalid_input')
  return fromSorted(Float64Array.from(values).sort(), quantileRanks(values.length, q, alpha), alpha)
}

/** The same over events that come in clusters (one array per unit): the interval widens by the ratio variance of the share of events at or below the estimate. */
export function clusteredQuantileEstimate(clusters: readonly (readonly number[])[], q: number, alpha = 0.05): Answer<QuantileEstimate & { sdOfCdf: number }> {
  if (!(q > 0 && q < 1) || clusters.some((cluster) => cluster.some((value) => !Number.isFinite(value)))) return noAnswer('invalid_input')
  const sorted = Float64Array.from(clusters.flat()).sort()
  const point = sorted[rankOf(sorted.length, q) - 1]
  if (point === undefined) return noAnswer('no_units')
  const below = ratioFromValues(clusters.map((cluster) => cluster.filter((value) => value <= point).length), clusters.map((cluster) => cluster.length))
  if (!isAnswer(below)) return below
  const sdOfCdf = Math.sqrt(below.variance / below.n)
  return finite({ ...fromSorted(sorted, quantileRanks(sorted.length, q, alpha, sdOfCdf), alpha), sdOfCdf })
}

/**
 * A quantile as an estimate (m, v, n) for tests between arms, from its three order statistics: v = ((upper - lower) / (2 z))^2.
 *
 * `ranks` are those of `quantileRanks` over `values` values (units, or events of `n` units); an order statistic that does not exist is null.
 */
export function estimateFromOrderStatistics(input: { n: number; values: number; point: number | null; lower: number | null; upper: number | null; ranks: QuantileRanks; alpha?: number }): Answer<Estimate> {
  const { n, values, point, lower, upper, ranks, alpha = 0.05 } = input
  if (!(n >= 0 && values >= 0)) return noAnswer('invalid_input')
  if (n === 0 || values === 0) return noAnswer('no_units')
  if (n === 1) return noAnswer('one_unit')
  if (point === null || lower === null || upper === null || ranks.rankLower < 1 || ranks.rankUpper > values) return noAnswer('too_few_units')
  if (upper < lower) return noAnswer('invalid_input')
  if (upper === lower) return noAnswer('zero_variance')
  return finite({ m: point, v: ((upper - lower) / (2 * normalUpperQuantile(alpha / 2))) ** 2, n })
}

/** Standard deviation of the share of events at or below the quantile, over units that bring several events each: the sdOfCdf of `quantileRanks`. */
export function clusteredCdfSd(moments: RatioMoments): Answer<number> {
  return mapAnswer(ratioFromMoments(moments), ({ variance, n }) => finite(Math.sqrt(variance / n)))
}

function fromSorted(sorted: Float64Array, { rank, rankLower, rankUpper }: QuantileRanks, alpha: number): QuantileEstimate {
  const quantile = sorted[rank - 1] ?? null
  const lower = sorted[rankLower - 1] ?? null
  const upper = sorted[rankUpper - 1] ?? null
  const valid = lower !== null && upper !== null && upper > lower
  return { quantile, rankLower, rankUpper, lower, upper, se: lower !== null && upper !== null ? (upper - lower) / (2 * normalUpperQuantile(alpha / 2)) : null, valid }
}
