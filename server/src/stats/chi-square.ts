import gammainc from '@stdlib/math-base-special-gammainc'
import gammaincinv from '@stdlib/math-base-special-gammaincinv'

/** P(X > x) of chi-square with `df` degrees of freedom, by the upper regularised incomplete gamma function: accurate in the far tail. */
export function chiSquareSurvival(x: number, df: number): number {
  return x <= 0 ? 1 : gammainc(x / 2, df / 2, true, true)
}

/** x with P(X > x) = p. */
export function chiSquareUpperQuantile(p: number, df: number): number {
  return 2 * gammaincinv(p, df / 2, true)
}
