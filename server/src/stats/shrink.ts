import { finite, noAnswer, type Answer } from './answer.ts'
import { normalUpperQuantile } from './normal.ts'
import type { PooledEffect } from './random-effects.ts'

export interface ShrunkEffect {
  effect: number
  se: number
  ciLower: number
  ciUpper: number
}

/**
 * An estimate drawn towards what other experiments found: (y tau^2 + v mu) / (tau^2 + v), empirical Bayes. `others` must not hold the estimate itself.
 *
 * The standard error allows for mu being estimated (Morris 1983): v tau^2 / (v + tau^2) + (v / (v + tau^2))^2 se_mu^2. Where others do not differ (tau 0), nothing of the estimate is left.
 */
export function shrinkEffect(estimate: number, se: number, others: PooledEffect, level = 0.95): Answer<ShrunkEffect> {
  if (!Number.isFinite(estimate) || !(se > 0) || !(others.tau2 >= 0 && others.se >= 0)) return noAnswer('invalid_input')
  const variance = se * se
  const toMean = variance / (variance + others.tau2)
  const effect = estimate + toMean * (others.mean - estimate)
  const shrunkSe = Math.sqrt(toMean * others.tau2 + toMean * toMean * others.se * others.se)
  const half = normalUpperQuantile((1 - level) / 2) * shrunkSe
  return finite({ effect, se: shrunkSe, ciLower: effect - half, ciUpper: effect + half })
}
