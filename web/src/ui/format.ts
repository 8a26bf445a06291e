/** Numbers and times as people read them. True minus sign, no false precision. */
const whole = new Intl.NumberFormat('en-GB')
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const dayYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const minute = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' })
const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const utc = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })
const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' })

/** `41,210` */
export function count(value: number): string {
  return whole.format(value).replace('-', '−')
}

const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })

/** `59.3M`, `12k`, `940`: for columns where the size matters, not the digits. */
export function compact(value: number): string {
  return short.format(value).replace('K', 'k')
}

/** A share of one as `50%` or `0.1%`. */
export function percent(share: number, digits?: number): string {
  const value = share * 100
  const places = digits ?? (Number.isInteger(Math.round(value * 1000) / 1000) ? 0 : Math.abs(value) < 1 ? 2 : 1)
  return `${value < 0 ? '−' : ''}${Math.abs(value).toFixed(places)}%`
}

/** A relative change with its sign: `+3.6%`, `−0.4%`, `0%`. */
export function change(share: number, digits = 1): string {
  const text = Math.abs(share * 100).toFixed(digits)
  if (Number(text) === 0) return '0%'
  return `${share > 0 ? '+' : '−'}${text}%`
}

/** `5 Nov`, with the year where it is not this one. */
export function date(instant: string, now = new Date()): string {
  const at = new Date(instant)
  return (at.getFullYear() === now.getFullYear() ? day : dayYear).format(at)
}

/** Local date and time. */
export function dateTime(instant: string): string {
  return minute.format(new Date(instant))
}

export function dateTimeUtc(instant: string): string {
  return `${utc.format(new Date(instant))} UTC`
}

/** `14:32`, here. */
export function clock(at: Date): string {
  return hour.format(at)
}

const steps = [
  { unit: 'second', ms: 1000, below: 60_000 },
  { unit: 'minute', ms: 60_000, below: 3_600_000 },
  { unit: 'hour', ms: 3_600_000, below: 86_400_000 },
  { unit: 'day', ms: 86_400_000, below: 7 * 86_400_000 },
] as const

/** `2 minutes ago` up to seven days, then the date. */
export function ago(instant: string, now = new Date()): string {
  const ms = new Date(instant).getTime() - now.getTime()
  if (Math.abs(ms) < 5000) return 'just now'
  const step = steps.find((candidate) => Math.abs(ms) < candidate.below)
  return step ? relative.format(Math.round(ms / step.ms), step.unit) : date(instant, now)
}

/** `3 rules`, `1 rule`. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`
}
