import { probabilityBest } from './bayes.ts'

/** Shares of the next batch by Thompson sampling on normal posteriors: w_i = floor + (1 - k floor) P(best_i). Domain: k floor <= 1. */
export function thompsonWeights(means: readonly number[], sds: readonly number[], floor = 0.05): { probBest: number[]; weights: number[] } {
  const probBest = probabilityBest(means, sds)
  return { probBest, weights: probBest.map((p) => floor + (1 - means.length * floor) * p) }
}

export interface ImportanceEstimate {
  ipw: number
  ipwSe: number
  snipw: number
  snipwSe: number
  /** Effective sample size (sum w)^2 / sum w^2; below 100 the estimate is unreliable. */
  ess: number
}

/**
 * Mean reward a target policy would have had, from units assigned with logged `propensity`: inverse-propensity and self-normalised weighting.
 *
 * Unbiased (IPW) or consistent (SNIPW) while every action the target may take was possible. Sources: Horvitz & Thompson (1952); Swaminathan & Joachims (2015).
 */
export function importanceWeighted(reward: readonly number[], propensity: readonly number[], targetProb: readonly number[]): ImportanceEstimate {
  const n = reward.length
  const weights = targetProb.map((p, i) => p / (propensity[i] as number))
  const sum = weights.reduce((total, w) => total + w, 0)
  const squares = weights.reduce((total, w) => total + w * w, 0)
  const ipw = weights.reduce((total, w, i) => total + w * (reward[i] as number), 0) / n
  const snipw = (ipw * n) / sum
  const spread = weights.reduce((total, w, i) => total + (w * (reward[i] as number) - ipw) ** 2, 0)
  const residuals = weights.reduce((total, w, i) => total + (w * ((reward[i] as number) - snipw)) ** 2, 0)
  return { ipw, ipwSe: Math.sqrt(spread / (n - 1) / n), snipw, snipwSe: Math.sqrt((residuals * n) / (n - 1)) / sum, ess: (sum * sum) / squares }
}

/** Arms read by period, with the same share of each period in every arm, so that a changing allocation is not taken for an effect. The first arm is control; `diff` and `se` compare the second with it. */
export function periodWeighted(periods: readonly { share: number; arms: readonly { n: number; mean: number; variance: number }[] }[]): { arms: { mean: number; se: number }[]; diff: number; se: number } {
  const count = periods[0]?.arms.length ?? 0
  const arms = Array.from({ length: count }, (_, i) => ({
    mean: periods.reduce((sum, { share, arms: all }) => sum + share * (all[i]?.mean as number), 0),
    se: Math.sqrt(periods.reduce((sum, { share, arms: all }) => sum + (share * share * (all[i]?.variance as number)) / (all[i]?.n as number), 0)),
  }))
  const [a, b] = arms
  return { arms, diff: a && b ? b.mean - a.mean : NaN, se: a && b ? Math.hypot(a.se, b.se) : NaN }
}
