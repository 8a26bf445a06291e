import { inEnvironment } from '../analysis/phase-sql.store.ts'
import { withPhaseTables } from '../analysis/phase-tables.store.ts'
import type { MetricDefinition } from '../contract/metrics.ts'
import { storedInstant } from '../ingest/accept-batch.ts'
import type { ClickHouseClient } from '../platform/clickhouse.ts'
import { daysThatFit, oneUnitIn } from './preview-days.ts'
import { COUNTS, countingSql, foundSql, inTime, peopleSql, SEEN } from './preview-sql.store.ts'
import { countedWindow } from './unit-values.ts'

/** Where and when a preview looks. */
export interface PreviewPlace {
  projectId: string
  environmentId: string
  unitType: string
  from: Date
  to: Date
}

/** Over the units that count: value `a`, of a ratio over `b`. */
export interface ContributionMoments {
  n: number
  meanA: number
  meanB: number
  varianceA: number
  varianceB: number
  covariance: number
  nonZeroA: number
  nonZeroB: number
}

/** Of each side the value beyond which values count as it. */
export interface SideCaps {
  a: number | null
  b: number | null
}

const SAMPLE = 10
/** Of one event: a table on a page, not an export. */
const LONGEST_PROPERTIES = 2_000
const MOMENTS = 'count() AS n, avg(a) AS meanA, avg(b) AS meanB, varSampStable(a) AS varianceA, varSampStable(b) AS varianceB, covarSampStable(a, b) AS covariance, countIf(a != 0) AS nonZeroA, countIf(b != 0) AS nonZeroB'

/** What one definition makes of the events that are there. The events are read twice: for who was seen, and for the metric's own; every question after that reads what was kept. */
export async function withPreview<T>(events: ClickHouseClient, place: PreviewPlace, definition: MetricDefinition, use: (preview: Preview) => Promise<T>): Promise<T> {
  return withPhaseTables(events, async (tables) => {
    const scope = { project: place.projectId, environment: place.environmentId, unitType: place.unitType, from: storedInstant(place.from), to: storedInstant(place.to), toMs: place.to.getTime() }
    const stored = (await tables.rows<{ day: string; rows: number | string }>(STORED, scope)).map(({ day, rows }) => ({ day, rows: Number(rows) }))
    const from = daysThatFit(place.from, stored)
    const oneIn = oneUnitIn(stored.filter(({ day }) => day >= from.toISOString().slice(0, 10)))
    const { found: foundQuery, newest, params: asked } = foundSql(definition)
    const params = { ...scope, ...asked, ...countedWindow(definition), from: storedInstant(from), oneIn }
    const seen = await tables.keep('seen', SEEN, params)
    const found = await tables.keep('found', foundQuery, params)
    const people = await tables.keep('contributions', peopleSql(definition, seen, found), params)
    const rows = async <R extends object>(query: string, more: Record<string, unknown> = {}) => (await tables.rows<R>(query, { ...params, ...more })).map(numbers)
    const one = async <R extends object>(query: string, more: Record<string, unknown> = {}): Promise<R> => {
      const [row] = await rows<R>(query, more)
      if (!row) throw new Error('An aggregate without groups gives one row.')
      return row
    }
    const capped = (side: 'a' | 'b', cap: number | null) => (cap === null ? side : `least(${side}, {cap_${side}:Float64})`)
    const atRanks = async (values: string, ranks: readonly number[]) => {
      const at = await rows<{ value: number; rank: number }>(`SELECT value, rank FROM (SELECT value, row_number() OVER (ORDER BY value) AS rank FROM (${values})) WHERE rank IN {ranks:Array(Int64)}`, { ranks })
      return ranks.map((rank) => at.find((row) => row.rank === rank)?.value ?? null)
    }

    return use({
      from,
      oneIn,
      async totals() {
        const units = await one<{ units: number; counted: number }>(`SELECT count() AS units, countIf(${COUNTS}) AS counted FROM ${seen} AS s`)
        return { ...units, ...(await one<{ events: number; unitsWithEvent: number }>(`SELECT count() AS events, uniqExact(who) AS unitsWithEvent FROM ${found} WHERE is0`)) }
      },
      perDay: () => rows(`SELECT toString(toDate(fromUnixTimestamp64Milli(atMs, 'UTC'), 'UTC')) AS day, count() AS events, uniqExact(who) AS units FROM ${found} WHERE is0 GROUP BY day ORDER BY day`),
      async newest() {
        const { newestMs } = await one<{ newestMs: number }>(`SELECT min(atMs) AS newestMs FROM (SELECT atMs FROM ${found} WHERE is0 ORDER BY atMs DESC LIMIT ${SAMPLE})`)
        const shown = await rows<{ atMs: number; unit: string; value: number | null; properties: string }>(`SELECT atMs, unit, v0 AS value, substringUTF8(properties, 1, ${LONGEST_PROPERTIES}) AS properties FROM (${newest}) ORDER BY atMs DESC, id LIMIT ${SAMPLE}`, { newestMs })
        return shown.map(({ atMs, ...row }) => ({ at: new Date(atMs), ...row }))
      },
      moments: ({ a, b }) => one(`SELECT ${MOMENTS} FROM (SELECT ${capped('a', a)} AS a, ${capped('b', b)} AS b FROM ${people})`, { cap_a: a ?? 0, cap_b: b ?? 0 }),
      async nonZeroAt(side, rank) {
        const [found] = await atRanks(`SELECT ${side} AS value FROM ${people} WHERE ${side} != 0`, [rank])
        return found ?? null
      },
      unitValuesAt: (ranks) => atRanks(`SELECT a AS value FROM ${people}`, ranks),
      eventValuesAt: (ranks) => atRanks(`SELECT assumeNotNull(v0) AS value FROM (${countingSql(seen, found)}) WHERE v0 IS NOT NULL`, ranks),
      eventsBelow: (point) => one(
        `SELECT sum(b) AS values, ${MOMENTS} FROM (
  SELECT p.a AS a, p.b AS b
  FROM ${seen} AS s LEFT JOIN (SELECT who, countIf(v0 <= {point:Float64}) AS a, count() AS b FROM (${countingSql(seen, found)}) WHERE v0 IS NOT NULL GROUP BY who) AS p ON s.who = p.who
  WHERE ${COUNTS}
)`,
        { point },
      ),
    })
  })
}

export interface Preview {
  /** Later than asked where very much is stored. */
  from: Date
  oneIn: number
  /** Units seen, those that count, and the events that pass. */
  totals(): Promise<{ units: number; counted: number; events: number; unitsWithEvent: number }>
  perDay(): Promise<{ day: string; events: number; units: number }[]>
  newest(): Promise<{ at: Date; unit: string; value: number | null; properties: string }[]>
  moments(caps: SideCaps): Promise<ContributionMoments>
  /** The value at a rank, counted from 1, among the non-zero ones of a side. */
  nonZeroAt(side: 'a' | 'b', rank: number): Promise<number | null>
  /** The units' values at ranks counted from 1; null where there is none. */
  unitValuesAt(ranks: readonly number[]): Promise<(number | null)[]>
  eventValuesAt(ranks: readonly number[]): Promise<(number | null)[]>
  /** Per unit, how many of its events' values are at or below a value, over how many it has; and how many there are in all. */
  eventsBelow(point: number): Promise<ContributionMoments & { values: number }>
}

const STORED = `
SELECT day, sum(n) AS rows FROM (
  SELECT toString(toDate(at, 'UTC')) AS day, count() AS n FROM event WHERE ${inEnvironment} AND ${inTime} GROUP BY day
  UNION ALL
  SELECT toString(toDate(at, 'UTC')) AS day, count() AS n FROM exposure WHERE ${inEnvironment} AND ${inTime} GROUP BY day
)
GROUP BY day`

/** Texts that a person or a service wrote, among the columns above. */
const texts: ReadonlySet<string> = new Set(['day', 'unit', 'properties'])

/** A server may write 64-bit integers as strings. */
function numbers<R extends object>(row: R): R {
  return Object.fromEntries(Object.entries(row).map(([name, value]: [string, unknown]) => [name, typeof value === 'string' && !texts.has(name) ? Number(value) : value])) as R
}
