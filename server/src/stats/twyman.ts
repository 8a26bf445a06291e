import type { Sample } from './estimate.ts'
import { isAnswer } from './answer.ts'
import { pooledScoreTest, type Counts } from './proportions.ts'

export interface TwymanInput {
  control: Sample
  treatment: Sample
  /** Relative; null where there is none. */
  lift: number | null
  p: number | null
  /** Smallest effect worth having, relative. */
  minimumEffect: number | null
  /** Spread of past lifts on this metric, and whether it has ever moved before; null without a history. */
  priorSd: number | null
  movedBefore: boolean | null
  /** p of the same comparison on values before exposure. */
  preExposureP: number | null
  /** Units whose value was capped, per arm. */
  capped: { control: Counts; treatment: Counts } | null
  /** Whether the metric that drives this one (such as clicks of orders) moved; null where none is named. */
  driverMoved: boolean | null
}

export type TwymanFlag =
  | 'lift_over_half'
  | 'far_beyond_minimum'
  | 'far_beyond_history'
  | 'first_move_extreme'
  | 'variance_ratio'
  | 'before_exposure'
  | 'identical_values'
  | 'capped_share_differs'
  | 'driver_still'

/** Twyman's law: a figure that looks interesting is usually wrong. What should be checked before a result is believed; nothing here blocks. */
export function twymanFlags(input: TwymanInput): TwymanFlag[] {
  const { control, treatment, lift, p, priorSd, minimumEffect, capped } = input
  const size = lift === null ? 0 : Math.abs(lift)
  const significant = p !== null && p < 0.05
  const ratio = control.variance > 0 ? treatment.variance / control.variance : null
  const cappedTest = capped && pooledScoreTest(capped.control, capped.treatment)
  const checks: [TwymanFlag, boolean][] = [
    ['lift_over_half', size > 0.5 && Math.min(control.n, treatment.n) > 1000],
    ['far_beyond_minimum', minimumEffect !== null && size > 4 * Math.abs(minimumEffect)],
    ['far_beyond_history', priorSd !== null && priorSd > 0 && size > 3 * priorSd],
    ['first_move_extreme', p !== null && p < 1e-10 && input.movedBefore === false],
    ['variance_ratio', ratio !== null && (ratio < 0.5 || ratio > 2)],
    ['before_exposure', input.preExposureP !== null && input.preExposureP < 0.001],
    ['identical_values', control.n > 1 && treatment.n > 1 && control.variance > 0 && control.mean === treatment.mean && control.variance === treatment.variance],
    ['capped_share_differs', cappedTest !== null && isAnswer(cappedTest) && cappedTest.p < 0.001],
    ['driver_still', significant && input.driverMoved === false],
  ]
  return checks.filter(([, holds]) => holds).map(([flag]) => flag)
}
