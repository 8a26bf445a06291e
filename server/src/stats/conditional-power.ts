import { finite, noAnswer, type Answer } from './answer.ts'
import { crossingProbabilities } from './group-sequential.ts'
import { normalSurvival } from './normal.ts'

/**
 * Chance that a plan read once at its end will show an effect, given z at information `t` now and the drift that the planned effect means
 * (z expected at the end: MDE / se at full information). Never the observed effect: a plan that is extended because it looks good is no plan.
 */
export function conditionalPower(input: { z: number; information: number; drift: number; critical: number }): Answer<number> {
  const { z, information, drift, critical } = input
  if (!(information >= 0 && Number.isFinite(z) && Number.isFinite(drift))) return noAnswer('invalid_input')
  const rest = 1 - information
  const reached = z * Math.sqrt(information)
  if (rest <= 0) return z > critical ? 1 : 0
  return finite(normalSurvival((critical - reached - drift * rest) / Math.sqrt(rest)))
}

/** The same for a group-sequential plan: the chance to cross at one of the looks to come, at the boundaries they will have. */
export function groupSequentialConditionalPower(input: { z: number; information: number; drift: number; laterLooks: readonly { information: number; bound: number }[] }): Answer<number> {
  const { z, information, drift, laterLooks } = input
  const ordered = laterLooks.every((look, i) => look.information > (laterLooks[i - 1]?.information ?? information))
  if (!(information >= 0 && Number.isFinite(z) && Number.isFinite(drift)) || !ordered) return noAnswer('invalid_input')
  if (laterLooks.length === 0) return 0
  // From here on the path starts anew at what has been reached.
  const reached = z * Math.sqrt(information)
  const steps = laterLooks.map((look) => look.information - information)
  const bounds = laterLooks.map((look, i) => (look.bound * Math.sqrt(look.information) - reached) / Math.sqrt(steps[i] as number))
  return finite(Math.min(1, crossingProbabilities(steps, bounds, drift).at(-1) as number))
}
