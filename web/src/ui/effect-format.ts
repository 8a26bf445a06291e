import type { MetricType } from '@assay/server/contract'
import { count } from './format.ts'

/** Effects and levels of metrics as people read them: two significant figures for a lift, a true minus, and never more certainty than ">99%". */

const shares: readonly MetricType[] = ['conversion', 'retention', 'funnel']

/** Whether the level of a metric is a share of people. */
export function isShare(type: MetricType): boolean {
  return shares.includes(type)
}

/** A relative change: `+3.6%`, `−0.41%`, `+12%`, `0%`. */
export function lift(share: number): string {
  return `${signedFigures(share * 100)}%`
}

/** A relative change that somebody chose, such as a target or a tick of an axis: `+2%`, without figures that say nothing. */
export function goal(share: number): string {
  return lift(Number(share.toPrecision(6))).replace(/\.(\d*?)0+%$/, (_, kept: string) => (kept === '' ? '%' : `.${kept}%`))
}

/** `+1.9% to +5.3%`; an end that is not known is open. */
export function liftRange(lower: number | null, upper: number | null): string {
  return range(lower, upper, lift)
}

/** A difference in the metric's own unit: `−0.82 points` for shares (percentage points), `+0.09 EUR` for values. */
export function difference(type: MetricType, value: number, unit = ''): string {
  if (isShare(type)) return `${signedFigures(value * 100)} points`
  return unit === '' ? signedFigures(value) : `${signedFigures(value)} ${unit}`
}

export function differenceRange(type: MetricType, lower: number | null, upper: number | null): string {
  const ends = range(lower, upper, (value) => signedFigures(isShare(type) ? value * 100 : value))
  return isShare(type) ? `${ends} points` : ends
}

/** The level of a metric in one arm: `61.2%`, `0.84%`, `4.18`, `1,904`. */
export function level(type: MetricType, value: number): string {
  const shown = isShare(type) ? value * 100 : value
  const text = figures(shown, Math.abs(shown) < 1 ? 2 : 3)
  return isShare(type) ? `${text}%` : text
}

/** Chance between 1% and 99%; beyond, only that it is beyond. */
export function chance(probability: number): string {
  if (probability > 0.99) return '>99%'
  if (probability < 0.01) return '<1%'
  return `${Math.round(probability * 100)}%`
}

/** A number for those who check it: seven significant digits. */
export function exact(value: number): string {
  return minus(Number(value.toPrecision(7)).toString())
}

/** How often luck alone does what was seen: `41 times in 100`, `1 time in 116`. */
export function byLuck(p: number): string {
  if (p >= 0.995) return 'almost every time'
  if (p >= 0.095) return `${Math.round(p * 100)} times in 100`
  if (p < 1e-6) return 'less than once in a million times'
  return `1 time in ${count(Math.round(Number((1 / p).toPrecision(3))))}`
}

function range(lower: number | null, upper: number | null, words: (value: number) => string): string {
  if (lower === null && upper === null) return 'no limit either way'
  if (lower === null) return `up to ${words(upper ?? 0)}`
  if (upper === null) return `${words(lower)} or more`
  return `${words(lower)} to ${words(upper)}`
}

function signedFigures(value: number): string {
  const text = figures(Math.abs(value), 2)
  if (Number(text.replaceAll(',', '')) === 0) return '0'
  return `${value > 0 ? '+' : '−'}${text}`
}

/** At least `digits` significant figures, whole numbers in full, at most four decimals. */
function figures(value: number, digits: number): string {
  const size = Math.abs(value)
  const before = size === 0 ? 1 : Math.floor(Math.log10(size)) + 1
  const decimals = Math.min(4, Math.max(0, digits - before))
  const text = size.toFixed(decimals)
  const [whole = '0', rest] = text.split('.')
  const shown = rest === undefined ? count(Number(whole)) : `${count(Number(whole))}.${rest}`
  return value < 0 && Number(text) !== 0 ? `−${shown}` : shown
}

function minus(text: string): string {
  return text.replaceAll('-', '−')
}
