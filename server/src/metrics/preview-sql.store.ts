import { passes, valueOf } from '../analysis/event-filter-sql.store.ts'
import { inEnvironment } from '../analysis/phase-sql.store.ts'
import type { MetricDefinition } from '../contract/metrics.ts'
import { sourcesOf } from './unit-values.ts'

export const inTime = "at >= {from:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')}"
const UNIT = 'units[{unitType:String}]'
/** Units are told apart by a hash: it also says who is looked at where not everybody is. */
const WHO = `cityHash64(${UNIT})`
const LOOKED_AT = `${UNIT} != '' AND ${WHO} % {oneIn:UInt32} = 0`

/** Whom the services met, and when first: with any event, or exposed to any experiment. */
export const SEEN = `
SELECT who, min(toUnixTimestamp64Milli(at)) AS since FROM (
  SELECT ${WHO} AS who, at FROM event WHERE ${inEnvironment} AND ${inTime} AND ${LOOKED_AT}
  UNION ALL
  SELECT cityHash64(unit) AS who, at FROM exposure WHERE ${inEnvironment} AND unitType = {unitType:String} AND ${inTime} AND who % {oneIn:UInt32} = 0
)
GROUP BY who`

/** One definition as conditions on rows of `event`: what each source says of one, the metric's event first. */
export function foundSql(definition: MetricDefinition): { found: string; newest: string; params: Record<string, unknown> } {
  const sources = sourcesOf(definition).map(({ event, filter, property }, i) => {
    const condition = passes(filter, { prefix: `s${i}` })
    const value = valueOf(property, { prefix: `v${i}` })
    return { is: `name = {s${i}_event:String} AND ${condition.sql}`, value: value.sql, params: { [`s${i}_event`]: event, ...condition.params, ...value.params } }
  })
  const [own] = sources as [(typeof sources)[number], ...typeof sources]
  const any = sources.map(({ is }) => `(${is})`).join(' OR ')
  const rows = (columns: string, where: string) => `SELECT ${columns} FROM event FINAL WHERE ${inEnvironment} AND name IN {events:Array(String)} AND ${inTime} AND ${LOOKED_AT} AND (${where})`
  return {
    found: rows(`${WHO} AS who, toUnixTimestamp64Milli(at) AS atMs, ${sources.map(({ is, value }, i) => `toUInt8(${is}) AS is${i}, ${value} AS v${i}`).join(', ')}`, any),
    newest: `${rows(`toUnixTimestamp64Milli(at) AS atMs, id, ${UNIT} AS unit, ${own.value} AS v0, properties`, own.is)} AND at >= fromUnixTimestamp64Milli({newestMs:Int64}, 'UTC')`,
    params: Object.assign({ events: [...new Set(sourcesOf(definition).map(({ event }) => event))] }, ...sources.map(({ params }) => params)) as Record<string, unknown>,
  }
}

/** Of the events found those in the window of a unit that counts. */
export function countingSql(seen: string, found: string): string {
  return `SELECT f.* FROM ${found} AS f INNER JOIN ${seen} AS s ON f.who = s.who WHERE f.atMs - s.since >= {fromMs:Int64} AND f.atMs - s.since < {untilMs:Int64} AND ${COUNTS}`
}

/** A unit whose window is over. */
export const COUNTS = 's.since + {waitMs:Int64} <= {toMs:Int64}'

/** What each unit that counts adds: `a`, of a ratio over `b`; 0 without an event. */
export function peopleSql(definition: MetricDefinition, seen: string, found: string): string {
  return `SELECT c.a AS a, c.b AS b FROM ${seen} AS s LEFT JOIN (SELECT who, ${contribution(definition)} FROM (${countingSql(seen, found)}) GROUP BY who) AS c ON s.who = c.who WHERE ${COUNTS}`
}

function contribution(definition: MetricDefinition): string {
  const sources = sourcesOf(definition)
  const total = (i: number) => (sources[i]?.aggregate === 'count' ? `toFloat64(countIf(is${i}))` : `sumIf(ifNull(v${i}, 0), is${i})`)
  switch (definition.type) {
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
  const times = (i: number) => `arraySort(groupArrayIf(atMs, is${i}))`
  return Array.from({ length: steps }, (_, i) => (i === 0 ? `${times(0)}[1] AS m0` : `if(m${i - 1} = 0, 0, arrayFirst(x -> x >= m${i - 1}, ${times(i)})) AS m${i}`)).join(', ')
}
