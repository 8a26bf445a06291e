import erfc from '@stdlib/math-base-special-erfc'
import erfcinv from '@stdlib/math-base-special-erfcinv'

const sqrtTwoPi = Math.sqrt(2 * Math.PI)

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / sqrtTwoPi
}

/** P(Z > x) of a standard normal Z, accurate in relative terms down to 1e-308 (never `1 - cdf`). */
export function normalSurvival(x: number): number {
  return erfc(x / Math.SQRT2) / 2
}

/** P(Z <= x) of a standard normal Z, accurate in both tails. */
export function normalCdf(x: number): number {
  return normalSurvival(-x)
}

/**
 * ln P(Z <= x), finite where the probability itself underflows.
 *
 * Below -10 by the asymptotic series of Mills' ratio (Abramowitz & Stegun 26.2.12), whose first omitted term bounds the error.
 */
export function normalLogCdf(x: number): number {
  if (x > 5) return Math.log1p(-normalSurvival(x))
  if (x > -10) return Math.log(normalCdf(x))
  const inverse = 1 / (x * x)
  let term = 1
  let sum = 1
  for (let k = 1; k < 60; k++) {
    const next = -term * (2 * k - 1) * inverse
    if (Math.abs(next) >= Math.abs(term) || Math.abs(next) < 1e-17) break
    term = next
    sum += term
  }
  return (-x * x) / 2 - Math.log(-x * sqrtTwoPi) + Math.log(sum)
}

/** ln of the two-sided p-value of a z statistic: readable where p itself underflows to 0. */
export function normalLogTwoSidedP(z: number): number {
  return Math.LN2 + normalLogCdf(-Math.abs(z))
}

/** x with P(Z <= x) = p. -Infinity at 0, Infinity at 1, NaN outside [0, 1]. Small p keep full relative accuracy; for p near 1 use `normalUpperQuantile`. */
export function normalQuantile(p: number): number {
  return p <= 0.5 ? -Math.SQRT2 * erfcinv(2 * p) : Math.SQRT2 * erfcinv(2 * (1 - p))
}

/** x with P(Z > x) = p. */
export function normalUpperQuantile(p: number): number {
  return -normalQuantile(p)
}

/** E[max(X, 0)] of a standard normal with mean z, in units of its sd: phi(z) + z Phi(z), by its tail series below -6 where the two terms cancel. */
export function expectedPositivePart(z: number): number {
  if (z > -6) return normalDensity(z) + z * normalCdf(z)
  const inverse = 1 / (z * z)
  let term = 1
  let sum = 0
  // phi(z)/z^2 (1 - 3/z^2 + 15/z^4 - ...), stopped at its smallest term.
  for (let k = 1; k < 40; k++) {
    sum += term
    const next = -term * (2 * k + 1) * inverse
    if (Math.abs(next) >= Math.abs(term)) break
    term = next
  }
  return normalDensity(z) * inverse * sum
}
