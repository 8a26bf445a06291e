import type { Dimension, Heterogeneity, Slice, SliceComparison } from '@assay/server/contract'
import { forestDomain } from '../../charts/forest-scale.ts'
import type { MarkTone, Span } from '../../charts/span.ts'
import { byLuck, lift, liftRange } from '../../ui/effect-format.ts'
import { count, date } from '../../ui/format.ts'

export type Split = NonNullable<Dimension['split']>

/** One treatment among the people of one value. */
export interface SliceLine {
  arm: string
  /** Index of the series colour. */
  series: number
  span: Span
  tone: MarkTone
  change: string
  interval: string
  /** The lift drawn towards that of everybody, where it is known. */
  shrunk: string | null
}

export interface SliceRow {
  key: string
  name: string
  people: string
  /** The people of this value did not fall into the arms as planned. */
  uneven: boolean
  lines: SliceLine[]
}

/** Below this an answer is not put down to chance, after allowing for how many values were looked at. */
const ALPHA = 0.05

/** The values of a dimension as rows of one forest. */
export function sliceRows({ by, control, metric, slices }: Split): SliceRow[] {
  return slices.map((slice) => ({
    key: `${slice.kind} ${slice.value}`,
    name: nameOf(slice, by),
    people: count(slice.arms.reduce((sum, { exposed }) => sum + exposed, 0)),
    uneven: slice.srm !== null && slice.srm.adjustedP < ALPHA,
    lines: slice.comparisons.map((comparison) => lineOf(comparison, metric.direction, slice.arms.map(({ arm }) => arm).filter((arm) => arm !== control).indexOf(comparison.arm) + 1)),
  }))
}

/** The axis that all rows share. A value of few people may be far wider than the others: it is cut with an arrow. */
export function sliceDomain(rows: readonly SliceRow[]): [number, number] {
  const spans = rows.flatMap(({ lines }) => lines.map(({ span }) => span))
  return forestDomain(spans.filter(({ mid }) => mid !== null).map(({ mid }) => ({ lower: mid, mid, upper: mid })), spans, [])
}

/** What the values say together, which is to be read before any one of them. */
export function togetherWords({ heterogeneity }: Split, several: boolean): string[] {
  return heterogeneity.map((found) => `${several ? `${found.arm}: ` : ''}${differWords(found)}`)
}

function differWords({ values, p, reversalP, pooledLift }: Heterogeneity): string {
  if (p === null) return values < 2 ? 'Fewer than two values have an estimate, so there is nothing to compare.' : 'Whether the values differ cannot be told.'
  const luck = `differences this large come by luck ${byLuck(p)}`
  if (p >= ALPHA) return `Nothing says that the values differ: ${luck}.${pooledLift === null ? '' : ` Read them as one, ${lift(pooledLift)}.`}`
  if (reversalP !== null && reversalP < ALPHA) return `Some gain where others lose: ${luck}. Worth a hypothesis of its own.`
  return `The values differ: ${luck}. Worth a hypothesis of its own.`
}

function nameOf({ kind, value }: Slice, by: Split['by']): string {
  if (kind === 'other') return 'All other values'
  if (kind === 'missing') return 'Not recorded'
  return by === 'first_day' ? date(value) : value === '' ? 'Empty' : value
}

function lineOf({ arm, lift: mid, liftLower: lower, liftUpper: upper, adjustedP, shrunkLift }: SliceComparison, direction: Split['metric']['direction'], series: number): SliceLine {
  return {
    arm,
    series,
    span: { lower, mid, upper },
    tone: mid === null || adjustedP === null || adjustedP >= ALPHA ? 'flat' : (mid > 0) === (direction === 'increase') ? 'win' : 'loss',
    change: mid === null ? 'No estimate' : lift(mid),
    interval: mid === null ? '' : lower === null && upper === null ? 'No interval yet' : liftRange(lower, upper),
    shrunk: shrunkLift === null ? null : lift(shrunkLift),
  }
}
