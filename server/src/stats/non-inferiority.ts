import { finite, isAnswer, type Answer } from './answer.ts'
import { meanEstimate, type Sample } from './estimate.ts'
import { tSurvival } from './student-t.ts'
import { welchFromEstimates, welchTest } from './welch.ts'

export interface NonInferiority {
  /** Estimate of the contrast and its standard error: above 0 means within the margin. */
  estimate: number
  se: number
  t: number
  df: number
  /** One-sided, of H0: worse by the margin or more. */
  p: number
  /** One-sided, of H0: not worse at all (small p = proven harm). */
  deteriorationP: number
}

/**
 * Tests H0: treatment is worse than control by `relativeMargin` or more, as the linear contrast mB - (1 - m) mA (higher is better) or
 * (1 + m) mA - mB (lower is better): exact for a random control mean, where a fixed absolute margin is not.
 *
 * Welch-Satterthwaite degrees of freedom of the contrast. No answer where neither arm varies or an arm has fewer than two units.
 */
export function nonInferiority(a: Sample, b: Sample, relativeMargin: number, higherIsBetter: boolean): Answer<NonInferiority> {
  const factor = higherIsBetter ? 1 - relativeMargin : 1 + relativeMargin
  const control = meanEstimate(a)
  const contrast = welchFromEstimates({ m: factor * control.m, v: factor * factor * control.v, n: control.n }, meanEstimate(b))
  const plain = welchTest(a, b)
  if (!isAnswer(contrast)) return contrast
  if (!isAnswer(plain)) return plain
  const sign = higherIsBetter ? 1 : -1
  return finite({
    estimate: sign * contrast.diff,
    se: contrast.se,
    t: sign * contrast.t,
    df: contrast.df,
    p: tSurvival(sign * contrast.t, contrast.df),
    deteriorationP: higherIsBetter ? plain.pLess : plain.pGreater,
  })
}
