import { alwaysValidMultiplier, alwaysValidP } from './always-valid.ts'
import { finite, isAnswer, noAnswer, type Answer } from './answer.ts'
import type { Estimate } from './estimate.ts'
import type { Counts } from './proportions.ts'
import { tScale } from './student-t.ts'
import { welchFromEstimates } from './welch.ts'

export interface AlwaysValidReading {
  diff: number
  se: number
  lower: number
  upper: number
  /** Of this look alone; report the smallest so far. */
  p: number
  logE: number
  /** The multiplier of `se` in the interval, on the t scale at few units. */
  critical: number
}

/** Large enough for the normal approximation that every always-valid bound rests on: 50 units per arm, and of conversions five successes and failures. */
export function readyForAlwaysValid(arms: readonly { n: number }[], counts: readonly Counts[] = []): boolean {
  return arms.every(({ n }) => n >= 50) && counts.every(({ x, n }) => x >= 5 && n - x >= 5)
}

/** A comparison that may be read at any time: interval, p and e-value of the asymptotic confidence sequence with a `rhoSquared` that was fixed at the start. */
export function alwaysValidReading(control: Estimate, treatment: Estimate, rhoSquared: number, alpha: number, counts: readonly Counts[] = []): Answer<AlwaysValidReading> {
  if (!(rhoSquared > 0 && alpha > 0 && alpha < 1)) return noAnswer('invalid_input')
  const test = welchFromEstimates(control, treatment, alpha)
  if (!isAnswer(test)) return test
  if (!readyForAlwaysValid([control, treatment], counts)) return noAnswer('too_few_units')
  const units = control.n + treatment.n
  const critical = tScale(alwaysValidMultiplier(units, rhoSquared, alpha), test.df)
  return finite({ diff: test.diff, se: test.se, lower: test.diff - critical * test.se, upper: test.diff + critical * test.se, ...alwaysValidP(test.t, units, rhoSquared), critical })
}
