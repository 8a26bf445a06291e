import gammaln from '@stdlib/math-base-special-gammaln'

/** ln |Gamma(x)|. */
export function logGamma(x: number): number {
  return gammaln(x)
}
