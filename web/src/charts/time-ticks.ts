import { offsetMs, ownTimeZone } from '../ui/schedule/zoned-time.ts'

const HOUR_MS = 3_600_000
const STEPS_HOURS = [1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720]
const ROOM = 64

export interface TimeTick {
  at: number
  label: string
}

/** Times that are named on an axis of the given width: whole hours of a day, or days, evenly apart, by the clock of the reader. */
export function timeTicks([from, to]: readonly [number, number], width: number, timeZone = ownTimeZone()): TimeTick[] {
  const span = Math.max(HOUR_MS, to - from)
  const step = (STEPS_HOURS.find((hours) => (hours * HOUR_MS * width) / span >= ROOM) ?? 720) * HOUR_MS
  const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone })
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone })
  // Ticks fall on local midnights: the offset is the one of the end of the axis.
  const offset = offsetMs(to, timeZone)
  const ticks: TimeTick[] = []
  for (let at = Math.ceil((from + offset) / step) * step - offset; at <= to; at += step) ticks.push({ at, label: (at + offset) % (24 * HOUR_MS) === 0 ? day.format(at) : hour.format(at) })
  return ticks
}
