const DAY_MS = 24 * 3_600_000
const USUAL_DAYS = 90
const MOST_DAYS = 366

/** The period that is asked for, the last 90 days unless told, or what is wrong with it. */
export function deliveryPeriod({ from, to }: { from?: string; to?: string }, now: Date): { from: Date; to: Date } | { path: 'from'; message: string } {
  const end = to === undefined ? now : new Date(to)
  const start = from === undefined ? new Date(end.getTime() - USUAL_DAYS * DAY_MS) : new Date(from)
  if (start >= end) return { path: 'from', message: 'Let the period begin before it ends.' }
  if (end.getTime() - start.getTime() > MOST_DAYS * DAY_MS) return { path: 'from', message: `Ask for at most ${MOST_DAYS} days at once.` }
  return { from: start, to: end }
}
