import tCdf from '@stdlib/stats-base-dists-t-cdf'
import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { normalSurvival } from './normal.ts'

/** P(T > t) of Student's t with `df` > 0 degrees of freedom (need not be whole; Infinity is the normal distribution). NaN outside the domain. */
export function tSurvival(t: number, df: number): number {
  return df === Infinity ? normalSurvival(t) : tCdf(-t, df)
}

/** t with P(T > t) = p, 0 < p < 1. */
export function tUpperQuantile(p: number, df: number): number {
  return -tQuantile(p, df)
}

/**
 * The t-scale multiplier with the same one-sided tail as a z-scale multiplier, so that sequential boundaries keep their level at small counts.
 * From 1,000 degrees of freedom on, z itself: the difference is below 0.1 %.
 */
export function tScale(z: number, df: number): number {
  if (!(df < 1000)) return z
  const tail = normalSurvival(z)
  return tail > 0 ? tUpperQuantile(tail, df) : Infinity
}
