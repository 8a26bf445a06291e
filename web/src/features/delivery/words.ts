import type { Delivery, Spread } from '@assay/server/contract'
import { duration } from '../../ui/duration.ts'
import { count, percent, plural } from '../../ui/format.ts'

const DAY_MS = 86_400_000

/** `12.3 a week, 21% more than in the 90 days before`. */
export function paceWords({ changes, from, to }: Pick<Delivery, 'changes' | 'from' | 'to'>): string {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
  const perWeek = (changes.total / days) * 7
  const pace = `${perWeek < 10 ? String(Number(perWeek.toFixed(1))) : count(Math.round(perWeek))} a week`
  if (changes.previous === 0) return `${pace}; none in the ${days} days before.`
  const ratio = changes.total / changes.previous - 1
  const apart = Math.round(Math.abs(ratio) * 100)
  return apart === 0 ? `${pace}, as many as in the ${days} days before.` : `${pace}, ${apart}% ${ratio > 0 ? 'more' : 'fewer'} than in the ${days} days before.`
}

/** Share of live changes that were taken back; null where there was none. */
export function rolledBackShare({ live, takenBack }: Delivery['changes']): string | null {
  return live === 0 ? null : percent(takenBack / live, takenBack === 0 ? 0 : 1)
}

export function middleHalf({ lower, upper }: Spread): string {
  return duration(lower) === duration(upper) ? `Half of them took ${duration(lower)}` : `Half of them took ${duration(lower)} to ${duration(upper)}`
}

/** Flags that reached everybody, and how. */
export function exposureWords({ total, atOnce, ms }: Delivery['fullExposure']): string {
  if (total === 0) return 'No flag reached everybody in this time.'
  const once = `${plural(atOnce, 'flag')} reached everybody at once`
  if (ms === null) return `${once}, none in steps.`
  return `${middleHalf(ms)}, of ${plural(total - atOnce, 'flag')}.${atOnce === 0 ? '' : ` ${once}.`}`
}

/** Weekday and hour with the most changes, in a sentence; null without a change. */
export function busiestWords(hours: Delivery['changes']['hours']): string | null {
  const [first] = hours
  if (!first) return null
  const busiest = hours.reduce((most, hour) => (hour.changes > most.changes ? hour : most), first)
  const day = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'][busiest.weekday - 1] ?? ''
  return `Most changes fall on ${day} from ${String(busiest.hour).padStart(2, '0')}:00 to ${String((busiest.hour + 1) % 24).padStart(2, '0')}:00: ${count(busiest.changes)} of ${count(hours.reduce((sum, { changes }) => sum + changes, 0))}.`
}
