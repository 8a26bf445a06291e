import type { Serve, Split } from '@assay/sdk/core'
import type { ExperimentSetup } from '../contract/experiments.ts'
import type { Targeting } from '../contract/flags.ts'
import { alwaysHolds } from './rule-place.ts'

/** What decides for whom the experiment does not admit: the rules behind its own, and everyone else. */
export type Remainder = Pick<Targeting, 'rules' | 'fallthrough' | 'offVariant'>

export interface TreatmentExposure {
  /** Share of the audience that the experiment serves something else than control. */
  admitted: number
  /** Share of the audience that it does not admit, and that may be served something else than control all the same. */
  beyond: number
}

/**
 * Share of the audience that may meet something else than control. How many people a condition, a layer or a holdout
 * concerns is not known: the worst is assumed. The caller's own default counts as control.
 */
export function treatmentExposure(setup: ExperimentSetup, remainder: Remainder): TreatmentExposure {
  if (setup.assignment === 'external') return { admitted: 0, beyond: 0 }
  const sum = setup.arms.reduce((total, arm) => total + arm.weight, 0)
  const treated = setup.arms.filter((arm) => arm.variant !== setup.control).reduce((total, arm) => total + arm.weight, 0)
  const admitted = setup.coverage * (setup.layer ? (setup.layer.to - setup.layer.from) / 100_000 : 1)
  return { admitted: (treated / sum) * admitted, beyond: (1 - admitted) * worstFrom(0, setup.control, remainder) }
}

/** Of those who arrive at the rule with this index, the largest share that may be served something else than control. */
function worstFrom(index: number, control: string, remainder: Remainder): number {
  const rule = remainder.rules[index]
  if (!rule) return changedBy(remainder.fallthrough, control, remainder.offVariant === null ? 0 : changed(remainder.offVariant, control))
  const onward = worstFrom(index + 1, control, remainder)
  const decided = changedBy(rule.serve, control, onward)
  return alwaysHolds(rule.when) && rule.heldOut === undefined ? decided : Math.max(decided, onward)
}

/** `onward` is the share among those whom a split does not admit. */
function changedBy(serve: Serve, control: string, onward: number): number {
  if ('variant' in serve) return changed(serve.variant, control)
  const share = changedArms(serve, control)
  const admitted = serve.coverage / 100_000
  if (serve.layer !== undefined || serve.hash !== 'murmur3') return Math.max(share, onward)
  return admitted * share + (1 - admitted) * onward
}

function changedArms({ arms }: Split, control: string): number {
  return arms.reduce((sum, arm) => sum + changed(arm.variant, control) * arm.weight, 0) / 100_000
}

function changed(variant: string, control: string): number {
  return variant === control ? 0 : 1
}
