import type { Plan } from '../contract/experiments.ts'
import { adjustPValues, answerOrNull, fisherExact, pooledScoreTest } from '../stats/index.ts'
import { counts, type Pair } from './pair.ts'

export interface Level {
  /** Two-sided. */
  alpha: number
  /** Of the arm's own test, adjusted for the number of treatments; null in sequential modes. */
  p: number | null
}

/** Two-sided level per treatment: alpha / k; in `fixed` mode Holm's step-down on the final p-values, which rejects whenever alpha / k does. */
export function primaryLevels(plan: Pick<Plan, 'mode' | 'alpha'>, pairs: readonly Pair[]): Level[] {
  const k = pairs.length
  if (plan.mode !== 'fixed' || k === 1) return pairs.map((pair) => ({ alpha: plan.alpha / k, p: plan.mode === 'fixed' ? fixedP(pair) : null }))
  const p = pairs.map(fixedP)
  const adjusted = adjustPValues(p, 'holm')
  const order = p.flatMap((value, i) => (value === null ? [] : [{ value, i }])).sort((x, y) => x.value - y.value)
  const alphas = pairs.map(() => plan.alpha / k)
  let alpha = plan.alpha / Math.max(1, order.length)
  let stopped = false
  order.forEach(({ value, i }, rank) => {
    if (!stopped) alpha = plan.alpha / (order.length - rank)
    stopped ||= value >= alpha
    alphas[i] = alpha
  })
  return pairs.map((_, i) => ({ alpha: alphas[i] as number, p: adjusted[i] ?? null }))
}

/** p of a plan read once: Welch's, or that of the score or exact test where successes or failures are few. */
export function fixedP(pair: Pair): number | null {
  if (!pair.flags.includes('sparse')) return pair.test?.p ?? null
  if (tooFewForScore(pair)) return answerOrNull(fisherExact(counts(pair.a), counts(pair.b)))
  return answerOrNull(pooledScoreTest(counts(pair.a), counts(pair.b)))?.p ?? null
}

export function tooFewForScore({ a, b }: Pair): boolean {
  const successes = counts(a).x + counts(b).x
  return Math.min(successes, a.n + b.n - successes) < 10
}
