import type { ExportSetup } from '../contract/export-schedules.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** The next time after `after`, by UTC: each full hour, each day at its hour, or Mondays at that hour. */
export function nextRun({ every, hour }: Pick<ExportSetup, 'every' | 'hour'>, after: Date): Date {
  const time = after.getTime()
  if (every === 'hour') return new Date(Math.floor(time / HOUR_MS) * HOUR_MS + HOUR_MS)
  const today = Math.floor(time / DAY_MS) * DAY_MS + hour * HOUR_MS
  const soonest = new Date(today > time ? today : today + DAY_MS)
  const daysToMonday = (8 - soonest.getUTCDay()) % 7
  return every === 'day' ? soonest : new Date(soonest.getTime() + daysToMonday * DAY_MS)
}

const MINUTE_MS = 60_000
/** How long after each try that failed the next one is made; after the last there is none. */
const BACK_OFF_MINUTES = [1, 5, 15, 60]

/** When a try that failed is made again; null where there were enough, or the next run is due before. */
export function retryAt(attempt: number, failedAt: Date, next: Date): Date | null {
  const minutes = BACK_OFF_MINUTES[attempt - 1]
  if (minutes === undefined) return null
  const at = new Date(failedAt.getTime() + minutes * MINUTE_MS)
  return at < next ? at : null
}
