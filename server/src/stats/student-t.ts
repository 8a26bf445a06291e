import tCdf from '@stdlib/stats-base-dists-t-cdf'
import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { logGamma } from './log-gamma.ts'
import { normalLogCdf, normalSurvival } from './normal.ts'

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

/**
 * ln P(T > t), finite where the probability itself underflows.
 *
 * For t > 0 the tail is half a regularised incomplete beta function at x = df / (df + t^2), whose continued fraction (Abramowitz & Stegun 26.5.8,
 * by Lentz's method) converges at once in the far tail, where only it is used.
 */
export function tLogSurvival(t: number, df: number): number {
  const tail = tSurvival(t, df)
  if (tail > 1e-280) return Math.log(tail)
  if (df === Infinity || df > 1e12) return normalLogCdf(-t)
  const a = df / 2
  // ln x and ln(1 - x) without the cancellation of either near 1.
  const ratio = (t / df) * t
  const logX = -Math.log1p(ratio)
  const logRest = Math.log(ratio) + logX
  const logBeta = logGamma(a) + logGamma(0.5) - logGamma(a + 0.5)
  return a * logX + logRest / 2 - Math.log(a) - logBeta + Math.log(betaFraction(Math.exp(logX), a, 0.5)) - Math.LN2
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    let step = 1
    for (const term of [even, odd]) {
      d = 1 / nonZero(1 + term * d)
      c = nonZero(1 + term / c)
      step = c * d
      fraction *= step
    }
    if (Math.abs(step - 1) < 1e-15) break
  }
  return fraction
}

/** Lentz's method divides by what it has; a zero stands for something tiny. */
function nonZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value
}
