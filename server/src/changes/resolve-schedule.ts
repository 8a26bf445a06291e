import { Temporal } from 'temporal-polyfill'
import type { ChangeSchedule } from '../contract/changes.ts'

/** When a wall-clock time is, or why it is no time to wait for; `path` is the field at fault. */
export type ResolvedSchedule = { at: Date; timeZone: string } | { path: 'local' | 'timeZone'; message: string }

/**
 * The instant at which the clocks of a place show a time. A time that a place skips when its clocks go forward is taken as
 * much later as the clocks skip (02:30 becomes 03:30); one that comes twice when they go back is taken the first time.
 */
export function resolveSchedule({ local, timeZone }: ChangeSchedule, now: Date): ResolvedSchedule {
  const place = zoneOf(timeZone)
  if (place === null) return { path: 'timeZone', message: `${timeZone} is no time zone: use a name such as Europe/Berlin.` }
  const time = wallClock(local)
  if (time === null) return { path: 'local', message: `${local} is no day and time of the calendar.` }
  const at = new Date(time.toZonedDateTime(place, { disambiguation: 'compatible' }).epochMilliseconds)
  if (at.getTime() <= now.getTime()) return { path: 'local', message: `${local} in ${place} has passed: choose a later time.` }
  return { at, timeZone: place }
}

/** The name as the time zone database spells it; offsets such as `+02:00` are no place. */
function zoneOf(name: string): string | null {
  if (!/^[A-Za-z]/.test(name)) return null
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId
  } catch {
    return null
  }
}

function wallClock(local: string): Temporal.PlainDateTime | null {
  try {
    return Temporal.PlainDateTime.from(local, { overflow: 'reject' })
  } catch {
    return null
  }
}
