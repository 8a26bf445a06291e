import { finite, isAnswer, noAnswer, type Answer } from './answer.ts'
import { groupSequentialInflation, extraUnitsNeeded, planningCritical, type PowerMode } from './power.ts'
import type { Spending } from './group-sequential.ts'
import { normalUpperQuantile } from './normal.ts'

export interface MidRunQuestion {
  /** Units of all arms so far, and the standard error of the effect that they give. */
  units: number
  se: number
  /** On the scale of `se`. */
  minimumEffect: number
  /** Two-sided level of this comparison, and the power it is planned for. */
  alpha: number
  power: number
  mode: PowerMode
  /** Of a group-sequential plan. */
  looks?: number
  spending?: Spending
}

export interface MidRun {
  /** Smallest effect that data of this spread and size show with the planned power. */
  detectable: number
  /** Further units, over all arms, for the minimum effect; 0 where there are enough. */
  unitsNeeded: number
}

/** What the data can see by now, and what is missing: (c + z_power) se, from the observed spread and never from the observed effect. */
export function midRun({ units, se, minimumEffect, alpha, power, mode, looks = 14, spending = 'obf' }: MidRunQuestion): Answer<MidRun> {
  if (!(alpha > 0 && alpha < 1 && power > 0 && power < 1)) return noAnswer('invalid_input')
  if (!(se > 0)) return noAnswer(se === 0 ? 'zero_variance' : 'invalid_input')
  const zPower = normalUpperQuantile(1 - power)
  const reach = mode === 'group_sequential' ? groupSequentialInflation(looks, alpha, power, spending) : { drift: planningCritical(mode, alpha) + zPower }
  if (!isAnswer(reach)) return reach
  const extra = extraUnitsNeeded({ n: units, se, mde: minimumEffect, critical: reach.drift - zPower, power })
  return isAnswer(extra) ? finite({ detectable: reach.drift * se, unitsNeeded: Math.ceil(extra) }) : extra
}
