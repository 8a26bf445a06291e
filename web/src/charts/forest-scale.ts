import { scaleLinear } from 'd3-scale'
import type { Span } from './span.ts'

/** Kept free at both ends, so that marks and arrows are not cut. */
const INSET = 10
/** A row that does not decide may be this many times as wide as the widest that does before it is cut with an arrow. */
const WIDEST = 3

/** The axis that all rows share: holds zero, every target and limit, the deciding intervals in full and the others as far as they do not squash those. */
export function forestDomain(deciding: readonly Span[], others: readonly Span[], marks: readonly number[]): [number, number] {
  const known = [...deciding.flatMap(ends), ...marks]
  const reach = Math.max(...known.map(Math.abs), 0) * WIDEST
  const rest = others.flatMap(ends).map((end) => (reach === 0 ? end : Math.max(-reach, Math.min(reach, end))))
  const low = Math.min(0, ...known, ...rest)
  const high = Math.max(0, ...known, ...rest)
  const size = high - low
  if (size === 0) return [-0.01, 0.01]
  // Zero is never at the very edge: what lies on either side of it is what the chart is for.
  return [Math.min(low - size * 0.08, -size * 0.2), Math.max(high + size * 0.08, size * 0.2)]
}

/** A scale of one row alone, with zero in the middle. */
export function ownDomain(span: Span, marks: readonly number[]): [number, number] {
  const reach = Math.max(...ends(span).map(Math.abs), ...marks.map(Math.abs), 0)
  return reach === 0 ? [-1, 1] : [-reach * 1.15, reach * 1.15]
}

export function forestScale(domain: readonly [number, number], width: number) {
  return scaleLinear(domain, [INSET, Math.max(INSET + 1, width - INSET)]).clamp(true)
}

export function forestTicks(domain: readonly [number, number], width: number): number[] {
  return scaleLinear(domain, [0, width]).ticks(width < 260 ? 3 : 5)
}

export interface ForestMarks {
  from: number
  to: number
  /** The interval goes on beyond this end of the axis, or has no end. */
  openLeft: boolean
  openRight: boolean
  mid: number
}

/** Where the marks of a row stand in pixels; null without an estimate. */
export function forestMarks(span: Span, domain: readonly [number, number], width: number): ForestMarks | null {
  if (span.mid === null) return null
  const x = forestScale(domain, width)
  const [low, high] = domain
  return {
    from: x(span.lower ?? low),
    to: x(span.upper ?? high),
    openLeft: span.lower === null || span.lower < low,
    openRight: span.upper === null || span.upper > high,
    mid: x(span.mid),
  }
}

function ends({ lower, mid, upper }: Span): number[] {
  return [lower, mid, upper].filter((end) => end !== null)
}
