import { dateTimeUtc } from '../format.ts'
import { placeOf } from './zoned-time.ts'

interface Due {
  at: string
  timeZone: string
}

/** `Wed 31 Mar 2027, 09:00 in Berlin`: when it is due, by the clocks it was given for. */
export function dueText({ at, timeZone }: Due): string {
  const day = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at)).replace(',', '')
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))
  return timeZone === 'UTC' ? `${day}, ${time} UTC` : `${day}, ${time} in ${placeOf(timeZone)}`
}

/** The same by UTC; empty where it was given in UTC. */
export function dueUtcText({ at, timeZone }: Due): string {
  return timeZone === 'UTC' ? '' : dateTimeUtc(at)
}

const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'always' })
const steps = [
  { unit: 'minute', ms: 60_000, below: 90 * 60_000 },
  { unit: 'hour', ms: 3_600_000, below: 36 * 3_600_000 },
  { unit: 'day', ms: 86_400_000, below: 60 * 86_400_000 },
] as const

/** `in 3 days`, however far ahead; `now` within half a minute. */
export function fromNow(at: string, now: Date): string {
  const ms = new Date(at).getTime() - now.getTime()
  if (Math.abs(ms) < 30_000) return 'now'
  const step = steps.find(({ below }) => Math.abs(ms) < below)
  const [unit, length] = step ? [step.unit, step.ms] : ['month' as const, 30.44 * 86_400_000]
  return relative.format(Math.round(ms / length) || Math.sign(ms), unit)
}
