import { normalUpperQuantile } from './normal.ts'
import { ratioFromValues } from './ratio.ts'

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
export function quantileEstimate(values: readonly number[], q: number, alpha = 0.05): QuantileEstimate {
  return fromSorted(Float64Array.from(values).sort(), quantileRanks(values.length, q, alpha), alpha)
}

/** The same over events that come in clusters (one array per unit): the interval widens by the ratio variance of the share of events at or below the estimate. */
export function clusteredQuantileEstimate(clusters: readonly (readonly number[])[], q: number, alpha = 0.05): QuantileEstimate & { sdOfCdf: number | null } {
  const sorted = Float64Array.from(clusters.flat()).sort()
  const point = sorted[rankOf(sorted.length, q) - 1]
  const below = point === undefined ? null : ratioFromValues(clusters.map((cluster) => cluster.filter((value) => value <= point).length), clusters.map((cluster) => cluster.length))
  if (!below) return { quantile: point ?? null, rankLower: 0, rankUpper: 0, lower: null, upper: null, se: null, valid: false, sdOfCdf: null }
  const sdOfCdf = Math.sqrt(below.variance / below.n)
  return { ...fromSorted(sorted, quantileRanks(sorted.length, q, alpha, sdOfCdf), alpha), sdOfCdf }
}

function fromSorted(sorted: Float64Array, { rank, rankLower, rankUpper }: QuantileRanks, alpha: number): QuantileEstimate {
  const quantile = sorted[rank - 1] ?? null
  const lower = sorted[rankLower - 1] ?? null
  const upper = sorted[rankUpper - 1] ?? null
  const valid = lower !== null && upper !== null && upper > lower
  return { quantile, rankLower, rankUpper, lower, upper, se: lower !== null && upper !== null ? (upper - lower) / (2 * normalUpperQuantile(alpha / 2)) : null, valid }
}
