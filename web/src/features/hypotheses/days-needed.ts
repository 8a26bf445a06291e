import { answerOrNull, durationDays, mapAnswer } from '@assay/server/stats'

/** Whole weeks to meet that many people, with the metric's window after the last of them; null without a rate. */
export function daysNeeded(total: number, peoplePerDay: number, minDays: number, windowHours: number | null): number | null {
  if (!(peoplePerDay > 0)) return null
  return answerOrNull(mapAnswer(durationDays({ nTotal: total, unitsPerDay: peoplePerDay, minDays }), (days) => days + Math.ceil((windowHours ?? 0) / 24)))
}
