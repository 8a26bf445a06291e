import type { Plan } from '../contract/experiments.ts'
import { tunedUnitsOf } from './tuned-units.ts'

/** A move that the plan did not foresee, as it was logged. */
export interface LoggedDeviation {
  phase: number
  what: string
  registered: string
  now: string
}

/** What an extension changes, as it is called in the log. */
export const extended = { plannedUnits: 'planned units', plannedDays: 'planned days', mode: 'mode' } as const

/**
 * The plan as it is read: what was sealed, with the extensions of its phase. A size that people chose after they had seen data takes the error
 * rate of any other rule than the always-valid one, so that rule reads it, tuned as it was sealed and never to what was seen.
 */
export function effectivePlan(plan: Plan, log: readonly (Pick<LoggedDeviation, 'what' | 'now'> & { phase?: number })[]): Plan {
  const ofPhase = log.filter(({ phase }) => phase === plan.phase)
  const last = (what: string) => ofPhase.findLast((deviation) => deviation.what === what)?.now
  const units = last(extended.plannedUnits)
  const days = last(extended.plannedDays)
  if (units === undefined && days === undefined) return plan
  return {
    ...plan,
    mode: 'always_valid',
    tunedUnits: tunedUnitsOf(plan),
    ...(units === undefined ? {} : { plannedUnits: Number(units) }),
    ...(days === undefined ? {} : { plannedDays: Number(days) }),
  }
}
