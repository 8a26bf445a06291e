import type { UnitMetric, UnitSource } from './unit-metrics.ts'
import { column, hasBit, isListed } from './unit-values-sql.store.ts'

/** One number per person as SQL. `isBit`: 0 or 1. */
interface Variable {
  sql: string
  isBit: boolean
}

/** What is averaged of a metric. */
export interface Variables {
  /** The value, of a ratio numerator and denominator; capped where the metric is. */
  after: Variable[]
  /** The same without the cap; empty where nothing is capped. */
  uncapped: Variable[]
  /** Before the first exposure: the value and "no history", of a ratio numerator and denominator. */
  before: Variable[]
  /** Whether the value was capped. */
  isCapped: string | null
}

/** Caps by column; a column without one stays as it is. */
export type Caps = ReadonlyMap<string, number>

/** None of a quantile: it is no average. */
export function variablesOf({ metric, sources, adjusted }: UnitMetric, caps: Caps): Variables {
  const [first] = sources as [UnitSource]
  const last = sources.at(-1) as UnitSource
  const bit = (sql: string): Variable => ({ sql: `toFloat64(${sql})`, isBit: true })
  switch (metric.type) {
    case 'conversion':
    case 'retention':
      return { after: [bit(hasBit('had', first))], uncapped: [], before: adjusted ? [bit(hasBit('hadBefore', first)), bit(`NOT ${hasBit('hadBefore', first)}`)] : [], isCapped: null }
    case 'funnel':
      return { after: [bit(`${column.steps(first)} = ${sources.length}`)], uncapped: [], before: adjusted ? [bit(hasBit('hadBefore', last)), bit(`NOT ${hasBit('hadBefore', first)}`)] : [], isCapped: null }
    case 'quantile':
      return { after: [], uncapped: [], before: [], isCapped: null }
    case 'count':
    case 'sum':
    case 'mean':
    case 'ratio': {
      const value = (name: string): Variable => ({ sql: cappedValue(name, caps), isBit: false })
      const totals = sources.map(column.total)
      const capped = totals.filter((name) => caps.has(name))
      return {
        after: totals.map(value),
        uncapped: capped.length > 0 ? totals.map((name) => ({ sql: name, isBit: false })) : [],
        before: adjusted ? [...sources.map((source) => value(column.before(source))), ...(metric.type === 'ratio' ? [] : [bit(`NOT ${hasBit('hadBefore', first)}`)])] : [],
        isCapped: capped.length > 0 ? capped.map((name) => `(${isAbove(name, caps)})`).join(' OR ') : null,
      }
    }
  }
}

/** Columns that a cap may lower: after and before the first exposure, each by its own. */
export function cappedColumns({ metric, sources, adjusted }: UnitMetric): string[] {
  if (!metric.cap || metric.type === 'quantile') return []
  return [...sources.map(column.total), ...(adjusted ? sources.map(column.before) : [])]
}

export const isOfUnits = ({ metric }: UnitMetric) => metric.type === 'quantile' && !isListed(metric)
export const isOfEvents = ({ metric }: UnitMetric) => isListed(metric)

const isAbove = (name: string, caps: Caps) => `${name} > ${caps.get(name) ?? 0} AND ${name} != 0`

/** A cap lowers what is there: who has nothing keeps nothing. */
function cappedValue(name: string, caps: Caps): string {
  return caps.has(name) ? `if(${isAbove(name, caps)}, ${caps.get(name) ?? 0}, ${name})` : name
}
