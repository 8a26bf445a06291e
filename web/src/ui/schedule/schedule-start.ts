import type { ChangeSchedule } from '@assay/server/contract'
import { instantOf, localTimeOf, ownTimeZone } from './zoned-time.ts'

/** Tomorrow morning, here: a start for a schedule. */
export function tomorrowMorning(now = new Date()): ChangeSchedule {
  const timeZone = ownTimeZone()
  return { local: `${localTimeOf(new Date(now.getTime() + 86_400_000), timeZone).slice(0, 10)}T09:00`, timeZone }
}

/** Whether it is a time, and still to come. */
export function isAhead({ local, timeZone }: ChangeSchedule, now = new Date()): boolean {
  const at = instantOf(local, timeZone)
  return at !== null && at > now
}
