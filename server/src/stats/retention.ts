import { noAnswer, type Answer } from './answer.ts'
import type { Counts } from './proportions.ts'

/** Times of one unit, in milliseconds. */
export interface RetentionUnit {
  exposedAt: number
  activeAt: readonly number[]
}

/** A window after the first exposure: from included, to excluded. Day 7 is `{ from: 7 days, to: 8 days }`. */
export interface RetentionWindow {
  from: number
  to: number
}

export interface Retention extends Counts {
  /** Units whose window is still open: neither successes nor failures, nor counted. */
  immature: number
}

/** Whether a unit's window is complete, so that its value is final. */
export function isMature(exposedAt: number, window: RetentionWindow, now: number): boolean {
  return exposedAt + window.to <= now
}

/** How many of the mature units came back within the window. A unit that has not had its window yet is left out: it is not a zero. */
export function retention(units: readonly RetentionUnit[], window: RetentionWindow, now: number): Answer<Retention> {
  if (!(window.from >= 0 && window.to > window.from && Number.isFinite(now)) || units.some(({ exposedAt }) => !Number.isFinite(exposedAt))) return noAnswer('invalid_input')
  const mature = units.filter(({ exposedAt }) => isMature(exposedAt, window, now))
  if (mature.length === 0) return noAnswer('no_units')
  const back = mature.filter(({ exposedAt, activeAt }) => activeAt.some((at) => at >= exposedAt + window.from && at < exposedAt + window.to))
  return { x: back.length, n: mature.length, immature: units.length - mature.length }
}
