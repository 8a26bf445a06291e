import { answerOrNull, finite, noAnswer, type Answer, type NoAnswer } from './answer.ts'
import { normalSurvival } from './normal.ts'

/** `x` successes of `n` units. */
export interface Counts {
  x: number
  n: number
}

export interface Interval {
  lower: number
  upper: number
}

/** Wilson's score interval of a proportion for a multiplier `z`. Source: Wilson (1927), JASA 22. */
export function wilsonInterval(counts: Counts, z: number): Answer<Interval> {
  return missingCounts(counts) ?? finite(wilson(counts, z))
}

/** Why counts cannot be read: whole numbers, x of n. */
function missingCounts(...all: Counts[]): NoAnswer | null {
  if (all.some(({ x, n }) => !Number.isSafeInteger(x) || !Number.isSafeInteger(n) || x < 0 || x > n)) return noAnswer('invalid_input')
  return all.some(({ n }) => n === 0) ? noAnswer('no_units') : null
}

function wilson({ x, n }: Counts, z: number): Interval {
  const p = x / n
  const z2 = z * z
  const spread = z * Math.sqrt(z2 + 4 * n * p * (1 - p))
  // Each limit by the form without cancellation, so that 5 of a million keeps its digits.
  const lower = x === 0 ? 0 : (2 * x * p) / (2 * x + z2 + spread)
  const failures = n - x
  const upper = failures === 0 ? 1 : x < n / 2 ? (2 * x + z2 + spread) / (2 * (n + z2)) : 1 - (2 * failures * (failures / n)) / (2 * failures + z2 + spread)
  return { lower, upper }
}

/** Newcombe's hybrid score interval of pB - pA (method 10). Keeps its coverage at a handful of successes. Source: Newcombe (1998), Statistics in Medicine 17. */
export function newcombeInterval(a: Counts, b: Counts, z: number): Answer<Interval> {
  return missingCounts(a, b) ?? finite(newcombe(a, b, z))
}

function newcombe(a: Counts, b: Counts, z: number): Interval {
  const pA = a.x / a.n
  const pB = b.x / b.n
  const wA = wilson(a, z)
  const wB = wilson(b, z)
  const diff = pB - pA
  return { lower: diff - Math.hypot(pB - wB.lower, wA.upper - pA), upper: diff + Math.hypot(wB.upper - pB, pA - wA.lower) }
}

/**
 * The relative counterpart of Newcombe's interval: limits of pB / pA - 1 from the same Wilson limits, by solving the contrast pB - r pA.
 *
 * It excludes 0 exactly when `newcombeInterval` does. `upper` is null (no limit) while control's Wilson limit touches 0; no answer at pA = 0.
 * Source: Donner & Zou (2012), Statistical Methods in Medical Research 21 (MOVER for a ratio).
 */
export function newcombeLift(a: Counts, b: Counts, z: number): Answer<{ lower: number; upper: number | null }> {
  const missing = missingCounts(a, b)
  if (missing) return missing
  if (a.x === 0) return noAnswer('zero_baseline')
  const pA = a.x / a.n
  const pB = b.x / b.n
  const wA = wilson(a, z)
  const wB = wilson(b, z)
  const middle = pA * pB
  const lowA = wA.upper * (2 * pA - wA.upper)
  const lowE = wB.lower * (2 * pB - wB.lower)
  const lowRoot = Math.sqrt(Math.max(0, middle * middle - lowA * lowE))
  const lower = lowE === 0 ? 0 : lowE / (middle + lowRoot)
  const highA = wA.lower * (2 * pA - wA.lower)
  const highE = wB.upper * (2 * pB - wB.upper)
  const upper = highA > 0 ? (middle + Math.sqrt(Math.max(0, middle * middle - highA * highE))) / highA : null
  return finite({ lower: lower - 1, upper: upper === null ? null : upper - 1 })
}

/** Score test of H0: pA = pB with the pooled rate. No answer where nobody or everybody succeeded. */
export function pooledScoreTest(a: Counts, b: Counts): Answer<{ z: number; p: number }> {
  const missing = missingCounts(a, b)
  if (missing) return missing
  const pooled = (a.x + b.x) / (a.n + b.n)
  const variance = pooled * (1 - pooled) * (1 / a.n + 1 / b.n)
  if (!(variance > 0)) return noAnswer('zero_variance')
  const z = (b.x / b.n - a.x / a.n) / Math.sqrt(variance)
  return finite({ z, p: 2 * normalSurvival(Math.abs(z)) })
}

export interface TwoProportions {
  pA: number
  pB: number
  diff: number
  /** null where nobody or everybody succeeded. */
  zPooled: number | null
  pPooled: number | null
  seUnpooled: number
  wald: Interval
  newcombe: Interval
}

/** Difference of two proportions with the textbook (Wald) and Newcombe's interval. */
export function twoProportions(a: Counts, b: Counts, z: number): Answer<TwoProportions> {
  const missing = missingCounts(a, b)
  if (missing) return missing
  const pA = a.x / a.n
  const pB = b.x / b.n
  const score = answerOrNull(pooledScoreTest(a, b))
  const seUnpooled = Math.sqrt((pA * (1 - pA)) / a.n + (pB * (1 - pB)) / b.n)
  return finite({ pA, pB, diff: pB - pA, zPooled: score?.z ?? null, pPooled: score?.p ?? null, seUnpooled, wald: { lower: pB - pA - z * seUnpooled, upper: pB - pA + z * seUnpooled }, newcombe: newcombe(a, b, z) })
}

/**
 * Fisher's exact two-sided test of H0: pA = pB, conditional on the margins: the probability of all tables at most as likely as the one seen.
 *
 * Exact at any count; conservative. Weights by the hypergeometric recurrence from the mode, so no factorial overflows or cancels.
 */
export function fisherExact(a: Counts, b: Counts): Answer<number> {
  const missing = missingCounts(a, b)
  if (missing) return missing
  const successes = a.x + b.x
  const low = Math.max(0, successes - b.n)
  const high = Math.min(a.n, successes)
  const mode = Math.min(high, Math.max(low, Math.floor(((successes + 1) * (a.n + 1)) / (a.n + b.n + 2))))
  const weights = new Float64Array(high - low + 1)
  weights[mode - low] = 1
  for (let k = mode; k < high; k++) weights[k + 1 - low] = (weights[k - low] as number) * (((a.n - k) * (successes - k)) / ((k + 1) * (b.n - successes + k + 1)))
  for (let k = mode; k > low; k--) weights[k - 1 - low] = (weights[k - low] as number) * ((k * (b.n - successes + k)) / ((a.n - k + 1) * (successes - k + 1)))
  const seen = (weights[a.x - low] as number) * (1 + 1e-7)
  let total = 0
  let extreme = 0
  for (const weight of weights) {
    total += weight
    if (weight <= seen) extreme += weight
  }
  return Math.min(1, extreme / total)
}
