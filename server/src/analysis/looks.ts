import type { Plan } from '../contract/experiments.ts'
import { DAY_MS, dayOf } from './phase-days.ts'

/** An analysis at which a group-sequential plan was read. */
export interface Look {
  at: Date
  information: number
}

export interface LookInput {
  plan: Pick<Plan, 'mode' | 'plannedDays'>
  startedAt: Date
  now: Date
  /** Whether the phase is over or the plan's size or duration is reached. */
  ended: boolean
  informationFraction: number | null
  /** In order of time. */
  earlier: readonly Look[]
}

export interface CurrentLook {
  /** Information at the looks before the one whose boundary applies. */
  earlier: number[]
  /** Information at the look whose boundary applies. */
  information: number | null
  /** `new`: this analysis is a look. `between`: today's has been taken, and the plan is not read again before tomorrow. `last`: the plan was read for the last time. */
  kind: 'new' | 'between' | 'last'
}

/**
 * Which look an analysis belongs to. A group-sequential plan is read once a day (UTC) and once at its end: its boundaries
 * hold the error rate for the looks that are counted, and for no others.
 */
export function currentLook({ plan, startedAt, now, ended, informationFraction, earlier }: LookInput): CurrentLook {
  const before = (index: number) => earlier.slice(0, index).map((look) => look.information)
  const now_ = { earlier: before(earlier.length), information: informationFraction, kind: 'new' as const }
  if (plan.mode !== 'group_sequential' || informationFraction === null) return now_
  const endsAt = plan.plannedDays === null ? Infinity : startedAt.getTime() + plan.plannedDays * DAY_MS
  const last = earlier.findIndex((look) => look.information >= 1 || look.at.getTime() >= endsAt)
  if (last >= 0) return { earlier: before(last), information: earlier[last]?.information ?? null, kind: 'last' }
  const newest = earlier.at(-1)
  const today = newest !== undefined && dayOf(newest.at) === dayOf(now)
  if (today && !ended) return { earlier: before(earlier.length - 1), information: newest.information, kind: 'between' }
  return now_
}
