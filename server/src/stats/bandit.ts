import { finite, mapAnswer, noAnswer, type Answer } from './answer.ts'
import { probabilityBest } from './bayes.ts'

/** Shares of the next batch by Thompson sampling on normal posteriors: w_i = floor + (1 - k floor) P(best_i). Domain: k floor <= 1. */
export function thompsonWeights(means: readonly number[], sds: readonly number[], floor = 0.05): Answer<{ probBest: number[]; weights: number[] }> {
  if (!(floor >= 0 && means.length * floor <= 1)) return noAnswer('invalid_input')
  return mapAnswer(probabilityBest(means, sds), (probBest) => ({ probBest, weights: probBest.map((p) => floor + (1 - means.length * floor) * p) }))
}

export interface ImportanceEstimate {
  ipw: number
  ipwSe: number
  snipw: number
  snipwSe: number
  /** Effective sample size (sum w)^2 / sum w^2. */
  ess: number
  /** Largest share of one unit in the weights. */
  maxShare: number
  /** At least 100 effective units, and no unit with more than a tenth of the weight. */
  reliable: boolean
}

/**
 * Mean reward a target policy would have had, from units assigned with logged `propensity`: inverse-propensity and self-normalised weighting.
 *
 * Unbiased (IPW) or consistent (SNIPW) while every action the target may take was possible. Sources: Horvitz & Thompson (1952); Swaminathan & Joachims (2015).
 */
export function importanceWeighted(reward: readonly number[], propensity: readonly number[], targetProb: readonly number[]): Answer<ImportanceEstimate> {
  const n = reward.length
  if (propensity.length !== n || targetProb.length !== n || propensity.some((p) => !(p > 0 && p <= 1)) || targetProb.some((p) => !(p >= 0 && p <= 1))) return noAnswer('invalid_input')
  if (n < 2) return noAnswer(n === 0 ? 'no_units' : 'one_unit')
  const weights = targetProb.map((p, i) => p / (propensity[i] as number))
  const sum = weights.reduce((total, w) => total + w, 0)
  if (!(sum > 0)) return noAnswer('out_of_reach')
  const squares = weights.reduce((total, w) => total + w * w, 0)
  const ipw = weights.reduce((total, w, i) => total + w * (reward[i] as number), 0) / n
  const snipw = (ipw * n) / sum
  const spread = weights.reduce((total, w, i) => total + (w * (reward[i] as number) - ipw) ** 2, 0)
  const residuals = weights.reduce((total, w, i) => total + (w * ((reward[i] as number) - snipw)) ** 2, 0)
  const ess = (sum * sum) / squares
  const maxShare = weights.reduce((largest, w) => Math.max(largest, w), 0) / sum
  return finite({ ipw, ipwSe: Math.sqrt(spread / (n - 1) / n), snipw, snipwSe: Math.sqrt((residuals * n) / (n - 1)) / sum, ess, maxShare, reliable: ess >= 100 && maxShare <= 0.1 })
}

export interface PeriodWeighted {
  arms: { mean: number; se: number }[]
  /** Second arm minus the first, and its standard error. */
  diff: number
  se: number
}

/**
 * Arms read by period, with the same share of each period in every arm, so that a changing allocation is not taken for an effect. The first arm is control.
 *
 * No answer where an arm met nobody, or one person, in a period.
 */
export function periodWeighted(periods: readonly { share: number; arms: readonly { n: number; mean: number; variance: number }[] }[]): Answer<PeriodWeighted> {
  const count = periods[0]?.arms.length ?? 0
  if (count < 2 || periods.some(({ share, arms }) => !(share >= 0) || arms.length !== count)) return noAnswer('invalid_input')
  const fewest = Math.min(...periods.flatMap((period) => period.arms.map(({ n }) => n)))
  if (!(fewest > 1)) return noAnswer(fewest === 0 ? 'no_units' : 'one_unit')
  const arms = Array.from({ length: count }, (_, i) => ({
    mean: periods.reduce((sum, { share, arms: all }) => sum + share * (all[i]?.mean as number), 0),
    se: Math.sqrt(periods.reduce((sum, { share, arms: all }) => sum + (share * share * (all[i]?.variance as number)) / (all[i]?.n as number), 0)),
  }))
  const [a, b] = arms as [PeriodWeighted['arms'][number], PeriodWeighted['arms'][number]]
  return finite({ arms, diff: b.mean - a.mean, se: Math.hypot(a.se, b.se) })
}
