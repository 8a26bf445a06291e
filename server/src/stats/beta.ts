import betainc from '@stdlib/math-base-special-betainc'
import kernelBetaincinv from '@stdlib/math-base-special-kernel-betaincinv'

/** P(X <= x) of Beta(a, b), a, b > 0. */
export function betaCdf(x: number, a: number, b: number): number {
  return betainc(x, a, b, true, false)
}

/** x with P(X <= x) = p of Beta(a, b). */
export function betaQuantile(p: number, a: number, b: number): number {
  return kernelBetaincinv(a, b, p, 1 - p)[0] ?? NaN
}
