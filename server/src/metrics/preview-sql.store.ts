import { inEnvironment } from '../analysis/phase-sql.store.ts'
import type { MetricType } from '../contract/metrics.ts'

export interface PreviewSource {
  /** Condition on a row of `event`, and what the row is worth. */
  passes: string
  value: string
  aggregate: 'count' | 'sum'
}

/** One definition as SQL. `sources`: the metric's event, then the denominator or the further steps. */
export interface PreviewQuery {
  type: MetricType
  sources: readonly PreviewSource[]
  params: Record<string, unknown>
}

const inTime = "at >= {from:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')}"
const ELAPSED = 'toUnixTimestamp64Milli(f.at) - toUnixTimestamp64Milli(s.since)'

/**
 * `seen` (unit, since): whom the services met, and when first. `found`: the metric's events with what each source says of them. `counting`: those in the window of
 * a unit that counts. `contributions` (unit, a, b): what a unit adds, for the units that have such an event; every other one adds 0.
 */
export function contributionsSql({ type, sources }: PreviewQuery): string {
  const columns = sources.flatMap((source, i) => [`toUInt8(${source.passes}) AS is${i}`, `${source.value} AS v${i}`])
  return `WITH seen AS (
  SELECT unit, min(at) AS since FROM (
    SELECT units[{unitType:String}] AS unit, at FROM event WHERE ${inEnvironment} AND ${inTime}
    UNION ALL
    SELECT unit, at FROM exposure WHERE ${inEnvironment} AND unitType = {unitType:String} AND ${inTime}
  )
  WHERE unit != '' AND cityHash64(unit) % {oneIn:UInt32} = 0
  GROUP BY unit
),
found AS (
  SELECT units[{unitType:String}] AS unit, at, id, properties, ${columns.join(', ')}
  FROM event FINAL
  WHERE ${inEnvironment} AND name IN {events:Array(String)} AND ${inTime} AND unit != '' AND cityHash64(unit) % {oneIn:UInt32} = 0
),
counting AS (
  SELECT f.*
  FROM found AS f INNER JOIN seen AS s ON f.unit = s.unit
  WHERE (${sources.map((_, i) => `f.is${i}`).join(' OR ')})
    AND ${ELAPSED} >= {fromMs:Int64} AND ${ELAPSED} < {untilMs:Int64} AND toUnixTimestamp64Milli(s.since) + {waitMs:Int64} <= {toMs:Int64}
),
contributions AS (SELECT unit, ${valuesOf(type, sources)} FROM counting GROUP BY unit)`
}

function valuesOf(type: MetricType, sources: readonly PreviewSource[]): string {
  const total = (i: number) => (sources[i]?.aggregate === 'count' ? `toFloat64(countIf(is${i}))` : `sumIf(ifNull(v${i}, 0), is${i})`)
  switch (type) {
    case 'conversion':
    case 'retention':
      return 'toFloat64(max(is0)) AS a, toFloat64(0) AS b'
    case 'count':
    case 'sum':
    case 'mean':
    case 'quantile':
      return `${total(0)} AS a, toFloat64(0) AS b`
    case 'ratio':
      return `${total(0)} AS a, ${total(1)} AS b`
    case 'funnel':
      return `${stepTimes(sources.length)}, toFloat64(m${sources.length - 1} > 0) AS a, toFloat64(0) AS b`
  }
}

/** The first time each step was taken at or after the one before it, in milliseconds; 0 where it was not. */
function stepTimes(steps: number): string {
  const times = (i: number) => `arraySort(groupArrayIf(toUnixTimestamp64Milli(at), is${i}))`
  return Array.from({ length: steps }, (_, i) => (i === 0 ? `${times(0)}[1] AS m0` : `if(m${i - 1} = 0, 0, arrayFirst(x -> x >= m${i - 1}, ${times(i)})) AS m${i}`)).join(', ')
}
