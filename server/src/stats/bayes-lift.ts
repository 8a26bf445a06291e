import { isAnswer, noAnswer, type Answer } from './answer.ts'
import { normalPosterior, type NormalPosterior } from './bayes.ts'
import type { Estimate } from './estimate.ts'
import { deltaLift } from './lift.ts'

/** Spread of true lifts that is assumed until a metric has a history of its own. */
export const defaultPriorSd = 0.1
/** Finished experiments from which a metric's own spread is used. */
const ownHistory = 20

/** Prior of lifts on a metric: its own between-experiment spread once 20 experiments are finished, before that 10 %. Centred on no effect. */
export function liftPrior(finishedExperiments: number, tau: number | null): { mean: number; sd: number } {
  return { mean: 0, sd: finishedExperiments >= ownHistory && tau !== null && tau > 0 ? tau : defaultPriorSd }
}

/** Posterior of the relative lift by the delta method; `prior` null is flat. Shown beside the verdict and never used for it: stopping on these numbers is not error-controlled. */
export function liftPosterior(control: Estimate, treatment: Estimate, prior: { mean: number; sd: number } | null = null, level = 0.95): Answer<NormalPosterior> {
  const lift = deltaLift(control, treatment, 0)
  if (!isAnswer(lift)) return lift
  if (lift.se === 0) return noAnswer('zero_variance')
  // The lift is relative to the size of control, whatever its sign.
  const sign = Math.sign(control.m)
  return normalPosterior(sign * lift.lift, lift.se, prior, level)
}
