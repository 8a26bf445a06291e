import { finite, noAnswer, type Answer, type NoAnswer } from './answer.ts'
import { meanEstimate, type Estimate, type Sample } from './estimate.ts'
import { tLogSurvival, tSurvival, tUpperQuantile } from './student-t.ts'

export interface WelchResult {
  /** Treatment minus control. */
  diff: number
  se: number
  t: number
  df: number
  /** Two-sided. */
  p: number
  /** ln of p, readable where p itself underflows to 0. */
  logP: number
  /** Of the alternative "treatment is greater". */
  pGreater: number
  pLess: number
  ciLower: number
  ciUpper: number
  /** The multiplier of `se` in the interval. */
  critical: number
}

/** Difference of two independent estimates and its standard error: what every test and interval of two arms starts from. */
export function difference(a: Estimate, b: Estimate): Answer<{ diff: number; se: number }> {
  const missing = missingForTest(a, b)
  return missing ?? finite({ diff: b.m - a.m, se: Math.sqrt(a.v + b.v) })
}

/**
 * Welch's test of H0: the two expectations are equal, from estimates with their own variances.
 *
 * Assumes independent units and approximately normal estimates, not equal variances. Degrees of freedom by Welch-Satterthwaite.
 * One arm without variance is fine; there is no answer where neither varies or an arm has fewer than two units.
 * Source: Welch (1947), Biometrika 34.
 */
export function welchFromEstimates(a: Estimate, b: Estimate, alpha = 0.05): Answer<WelchResult> {
  const missing = missingForTest(a, b)
  if (missing) return missing
  const variance = a.v + b.v
  const diff = b.m - a.m
  const se = Math.sqrt(variance)
  // Shares of the variance, not its squares: tiny variances would underflow.
  const shareA = a.v / variance
  const shareB = b.v / variance
  const df = 1 / (shareA ** 2 / (a.n - 1) + shareB ** 2 / (b.n - 1))
  const t = diff / se
  const critical = tUpperQuantile(alpha / 2, df)
  const result: WelchResult = {
    diff, se, t, df,
    p: Math.min(1, 2 * tSurvival(Math.abs(t), df)),
    logP: Math.min(0, Math.LN2 + tLogSurvival(Math.abs(t), df)),
    pGreater: tSurvival(t, df),
    pLess: tSurvival(-t, df),
    ciLower: diff - critical * se,
    ciUpper: diff + critical * se,
    critical,
  }
  return finite(result)
}

/** Welch's test of the means of two samples; `a` is control. */
export function welchTest(a: Sample, b: Sample, alpha = 0.05): Answer<WelchResult> {
  return welchFromEstimates(meanEstimate(a), meanEstimate(b), alpha)
}

function missingForTest(a: Estimate, b: Estimate): NoAnswer | null {
  if (!(a.n >= 0 && b.n >= 0)) return noAnswer('invalid_input')
  if (a.n === 0 || b.n === 0) return noAnswer('no_units')
  if (!(a.n > 1 && b.n > 1)) return noAnswer('one_unit')
  const variance = a.v + b.v
  if (!(a.v >= 0 && b.v >= 0 && variance < Infinity && Number.isFinite(a.m) && Number.isFinite(b.m))) return noAnswer('invalid_input')
  return variance > 0 ? null : noAnswer('zero_variance')
}
