import type { ExperimentSummary } from '@assay/server/contract'
import { count } from '../format.ts'

const DAY_MS = 86_400_000

/** Days that an experiment has run: as the newest analysis counts them, else since its start. Null before that. */
export function daysRun({ startedAt, days }: Pick<ExperimentSummary, 'startedAt' | 'days'>, now: Date): number | null {
  if (startedAt === null) return null
  return days ?? Math.max(0, now.getTime() - Date.parse(startedAt)) / DAY_MS
}

/** `Day 16 of 21`; the first day is day 1. Null before the start. */
export function runningDay(experiment: Pick<ExperimentSummary, 'startedAt' | 'days' | 'plannedDays'>, now: Date): string | null {
  const days = daysRun(experiment, now)
  if (days === null) return null
  const day = count(Math.floor(days) + 1)
  return experiment.plannedDays === null ? `Day ${day}` : `Day ${day} of ${count(experiment.plannedDays)}`
}
