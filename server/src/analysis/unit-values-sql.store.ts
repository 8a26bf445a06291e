import type { PlanMetric } from '../contract/experiments.ts'
import { passes, valueOf } from './event-filter-sql.store.ts'
import type { UnitMetric, UnitSource } from './unit-metrics.ts'

/** Columns of the table of values per unit: `a3` is what source 3 adds up to, `p3` the same before the first exposure, `f0` how many steps of a funnel were taken, `q4` the values of its events. */
export const column = {
  total: ({ bit }: UnitSource) => `a${bit}`,
  before: ({ bit }: UnitSource) => `p${bit}`,
  steps: ({ bit }: UnitSource) => `f${bit}`,
  values: ({ bit }: UnitSource) => `q${bit}`,
} as const

export interface UnitValues {
  /** Select list over one event and metric source: `mask` says which sources it is, `v0`, `v1`... what it is worth. */
  eventColumns: string
  /** The same names, for the join. */
  eventNames: string[]
  /** Select list over a unit's events with `post`, `pre` (bits that count after and before the first exposure) and `elapsed`. */
  unitColumns: string
  /** Which sources of an event count by the time since the first exposure. */
  postBits: string
  preBits: string
  params: Record<string, unknown>
}

/** Sets of bits are written as numbers of the SQL, never as parameters: a JSON number would lose digits. */
export function bits(sources: readonly UnitSource[]): string {
  return `toUInt64(${sources.reduce((sum, { bit }) => sum | (1n << BigInt(bit)), 0n)})`
}

export const hasBit = (set: string, { bit }: UnitSource) => `bitTest(${set}, ${bit})`

/** What a plan's metrics ask of an event, and what its events make of a unit. */
export function unitValues(metrics: readonly UnitMetric[], cupedDays: number | null): UnitValues {
  const sources = metrics.flatMap((metric) => metric.sources)
  const params: Record<string, unknown> = {}
  const conditions = sources.map((source) => conditionOf(source, params))
  const values = distinctValues(metrics)
  const valueColumns = values.flatMap(({ property, of, listed }, i) => {
    const { sql, params: asked } = valueOf(property, { prefix: `value_${i}` })
    Object.assign(params, asked)
    const read = property === undefined ? sql : `if(bitAnd(mask, ${bits(of)}) != 0, ${sql}, NULL)`
    return [`ifNull(${read}, 0.) AS v${i}`, ...(listed ? [`ifNull(${read}, nan) AS w${i}`] : [])]
  })
  const valueNames = values.flatMap(({ listed }, i) => [`v${i}`, ...(listed ? [`w${i}`] : [])])
  const adjusted = cupedDays === null ? [] : metrics.filter((metric) => metric.adjusted)
  return {
    eventColumns: [`${anyOf(conditions)} AS mask`, ...valueColumns].join(', '),
    eventNames: ['mask', ...valueNames],
    unitColumns: ['groupBitOr(post) AS had', ...(adjusted.length > 0 ? ['groupBitOr(pre) AS hadBefore'] : []), ...metrics.flatMap((metric) => columnsOf(metric, values, cupedDays !== null && metric.adjusted))].join(', '),
    postBits: `bitAnd(mask, ${anyOf(windowsOf(metrics).map(({ fromMs, untilMs, of }) => `if(elapsed >= ${fromMs} AND elapsed < ${untilMs}, ${bits(of)}, 0)`))})`,
    preBits: adjusted.length === 0 ? 'toUInt64(0)' : `if(elapsed < 0 AND elapsed >= ${-(cupedDays ?? 0) * DAY_MS} AND isFirst, bitAnd(mask, ${bits(adjusted.flatMap((metric) => metric.sources))}), 0)`,
    params,
  }
}

const DAY_MS = 86_400_000

function anyOf(sets: readonly string[]): string {
  return sets.reduce((all, set) => `bitOr(${all}, ${set})`)
}

function conditionOf(source: UnitSource, params: Record<string, unknown>): string {
  const filter = passes(source.filter, { prefix: `source_${source.bit}` })
  Object.assign(params, filter.params, { [`name_${source.bit}`]: source.event })
  return `if(name = {name_${source.bit}:String}${filter.sql === '1' ? '' : ` AND ${filter.sql}`}, ${bits([source])}, 0)`
}

interface Value {
  property: string | undefined
  of: UnitSource[]
  /** Whether the values themselves are kept, beside their sum. */
  listed: boolean
}

/** What events are worth, each once: several metrics may add up the same property. */
function distinctValues(metrics: readonly UnitMetric[]): Value[] {
  const values: Value[] = []
  for (const { metric, sources } of metrics) {
    for (const source of sources.filter(({ aggregate }) => aggregate === 'sum')) {
      const known = values.find(({ property }) => property === source.property)
      const listed = isListed(metric)
      if (known) {
        known.of.push(source)
        known.listed ||= listed
      } else values.push({ property: source.property, of: [source], listed })
    }
  }
  return values
}

export function isListed({ quantile }: Pick<PlanMetric, 'quantile'>): boolean {
  return quantile?.of === 'events'
}

function windowsOf(metrics: readonly UnitMetric[]): { fromMs: number; untilMs: number; of: UnitSource[] }[] {
  const windows: { fromMs: number; untilMs: number; of: UnitSource[] }[] = []
  for (const { fromMs, untilMs, sources } of metrics) {
    const known = windows.find((window) => window.fromMs === fromMs && window.untilMs === untilMs)
    if (known) known.of.push(...sources)
    else windows.push({ fromMs, untilMs, of: [...sources] })
  }
  return windows
}

function columnsOf({ metric, sources }: UnitMetric, values: readonly Value[], before: boolean): string[] {
  const [first] = sources as [UnitSource, ...UnitSource[]]
  switch (metric.type) {
    case 'conversion':
    case 'retention':
      return []
    case 'funnel':
      return [`${stepsTaken(sources)} AS ${column.steps(first)}`]
    case 'quantile':
      if (isListed(metric)) return [`groupArrayIf(w${valueIndex(first, values)}, ${hasBit('post', first)} AND NOT isNaN(w${valueIndex(first, values)})) AS ${column.values(first)}`]
      return [`${total('post', first, values)} AS ${column.total(first)}`]
    case 'count':
    case 'sum':
    case 'mean':
    case 'ratio':
      return sources.flatMap((source) => [`${total('post', source, values)} AS ${column.total(source)}`, ...(before ? [`${total('pre', source, values)} AS ${column.before(source)}`] : [])])
  }
}

function total(set: 'post' | 'pre', source: UnitSource, values: readonly Value[]): string {
  return source.aggregate === 'count' ? `toFloat64(countIf(${hasBit(set, source)}))` : `sumIf(v${valueIndex(source, values)}, ${hasBit(set, source)})`
}

function valueIndex({ property }: UnitSource, values: readonly Value[]): number {
  return values.findIndex((value) => value.property === property)
}

/**
 * How many steps were taken in order. The earliest way to take them is the one that gets furthest: each at its first time at or after the one before. Of
 * the first step the earliest time is enough, of the last the latest; only the steps between need all of theirs.
 */
function stepsTaken(sources: readonly UnitSource[]): string {
  const times = stepTimes(sources.slice(0, -1))
  const has = hasBit('post', sources.at(-1) as UnitSource)
  return `toUInt8(${times.map((at) => `(${at} < ${NEVER})`).join(' + ')} + (countIf(${has}) > 0 AND maxIf(elapsed, ${has}) >= ${times.at(-1)}))`
}

/** When the last step of a funnel was taken in order, after the first exposure; NEVER where it was not. */
export function funnelDoneAt(sources: readonly UnitSource[]): string {
  return stepTimes(sources).at(-1) as string
}

function stepTimes(sources: readonly UnitSource[]): string[] {
  const times: string[] = []
  for (const source of sources) {
    const has = hasBit('post', source)
    const before = times.at(-1)
    times.push(before === undefined
      ? `if(countIf(${has}) = 0, ${NEVER}, minIf(elapsed, ${has}))`
      : `arrayReduce('min', arrayPushBack(arrayFilter(x -> x >= ${before}, groupArrayIf(elapsed, ${has})), ${NEVER}))`)
  }
  return times
}

/** Later than any time. */
export const NEVER = 'toInt64(9007199254740991)'
