import { localTimeOf } from '../../ui/schedule/zoned-time.ts'

/** The day on which an instant falls in a place, `2027-03-31`. */
export function dayIn(instant: string, zone: string): string {
  return localTimeOf(new Date(instant), zone).slice(0, 10)
}

/** `31 Mar, 14:32`, with the year where it is not this one. */
export function timeIn(instant: string, zone: string, now = new Date()): string {
  const at = new Date(instant)
  const year = at.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone, ...year }).format(at)
}
