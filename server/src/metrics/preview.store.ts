import { passes, valueOf } from '../analysis/event-filter-sql.store.ts'
import { finalWithinPartitions, inEnvironment } from '../analysis/phase-sql.store.ts'
import type { MetricDefinition } from '../contract/metrics.ts'
import { storedInstant } from '../ingest/accept-batch.ts'
import type { ClickHouseClient } from '../platform/clickhouse.ts'
import { countedWindow, sourcesOf } from './unit-values.ts'
import { contributionsSql, type PreviewQuery } from './preview-sql.store.ts'

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

/** Stored rows that one preview looks at: above it, one unit in so many is. */
const MOST_ROWS = 5_000_000
const TIMEOUT_MS = 20_000
const SAMPLE = 10
/** Of one event: a table on a page, not an export. */
const LONGEST_PROPERTIES = 2_000

/** What one definition makes of the events that are there. Every read is bounded by time and by the units it takes. */
export async function openPreview(events: ClickHouseClient, place: PreviewPlace, definition: MetricDefinition) {
  const query = queryOf(definition)
  const scope = { project: place.projectId, environment: place.environmentId, unitType: place.unitType, from: storedInstant(place.from), to: storedInstant(place.to), toMs: place.to.getTime() }
  async function ask<T>(sql: string, query_params: Record<string, unknown>): Promise<T[]> {
    const result = await events.query({
      query: sql, query_params, format: 'JSONEachRow', abort_signal: AbortSignal.timeout(TIMEOUT_MS),
      clickhouse_settings: { ...finalWithinPartitions, max_execution_time: TIMEOUT_MS / 1000, output_format_json_quote_64bit_integers: 0 },
    })
    return result.json<T>()
  }

  const [stored] = await ask<{ rows: number }>(STORED, scope)
  const oneIn = Math.max(1, Math.ceil((stored?.rows ?? 0) / MOST_ROWS))
  const params = { ...scope, ...query.params, ...countedWindow(definition), oneIn }
  const rows = <T>(sql: string, more: Record<string, unknown> = {}): Promise<T[]> => ask(sql, { ...params, ...more })
  const people = (caps: { a: number | null; b: number | null }) => `${contributionsSql(query)},
people AS (SELECT ${capped('c.a', 'capA', caps.a)} AS a, ${capped('c.b', 'capB', caps.b)} AS b FROM seen AS s LEFT JOIN contributions AS c ON s.unit = c.unit WHERE ${COUNTS})`
  const capParams = (caps: { a: number | null; b: number | null }) => ({ ...(caps.a === null ? {} : { capA: caps.a }), ...(caps.b === null ? {} : { capB: caps.b }) })
  const none = { a: null, b: null }

  return {
    oneIn,

    /** Units seen, those that count, and the events that pass. */
    async totals(): Promise<{ units: number; counted: number; events: number; unitsWithEvent: number }> {
      const [units] = await rows<{ units: number; counted: number }>(`${contributionsSql(query)} SELECT count() AS units, countIf(${COUNTS}) AS counted FROM seen AS s`)
      const [found] = await rows<{ events: number; unitsWithEvent: number }>(`${contributionsSql(query)} SELECT count() AS events, uniqExact(unit) AS unitsWithEvent FROM found WHERE is0`)
      return { units: units?.units ?? 0, counted: units?.counted ?? 0, events: found?.events ?? 0, unitsWithEvent: found?.unitsWithEvent ?? 0 }
    },

    perDay(): Promise<{ day: string; events: number; units: number }[]> {
      return rows(`${contributionsSql(query)} SELECT toString(toDate(at, 'UTC')) AS day, count() AS events, uniqExact(unit) AS units FROM found WHERE is0 GROUP BY day ORDER BY day`)
    },

    async newest(): Promise<{ at: Date; unit: string; value: number | null; properties: string }[]> {
      const found = await rows<{ ms: number; unit: string; value: number | null; properties: string }>(
        `${contributionsSql(query)} SELECT toUnixTimestamp64Milli(at) AS ms, unit, v0 AS value, substringUTF8(properties, 1, ${LONGEST_PROPERTIES}) AS properties FROM found WHERE is0 ORDER BY at DESC, id LIMIT ${SAMPLE}`,
      )
      return found.map(({ ms, ...row }) => ({ at: new Date(ms), ...row }))
    },

    async moments(caps: { a: number | null; b: number | null }): Promise<ContributionMoments> {
      const [found] = await rows<ContributionMoments>(
        `${people(caps)} SELECT count() AS n, avg(a) AS meanA, avg(b) AS meanB, varSampStable(a) AS varianceA, varSampStable(b) AS varianceB, covarSampStable(a, b) AS covariance, countIf(a != 0) AS nonZeroA, countIf(b != 0) AS nonZeroB FROM people`,
        capParams(caps),
      )
      if (!found) throw new Error('An aggregate without groups gives one row.')
      return found
    },

    /** The value at a rank, counted from 1, among the non-zero ones of a side. */
    async nonZeroAt(side: 'a' | 'b', rank: number): Promise<number | null> {
      const [found] = await rows<{ value: number }>(`${people(none)} SELECT ${side} AS value FROM people WHERE ${side} != 0 ORDER BY value LIMIT 1 OFFSET {offset:UInt64}`, { offset: rank - 1 })
      return found?.value ?? null
    },

    /** The units' values at ranks counted from 1; null where there is none. */
    async unitValuesAt(ranks: readonly number[]): Promise<(number | null)[]> {
      return atRanks(await rows(`${people(none)} SELECT value, rank FROM (SELECT a AS value, row_number() OVER (ORDER BY a) AS rank FROM people) WHERE rank IN {ranks:Array(Int64)}`, { ranks }), ranks)
    },

    async eventValuesAt(ranks: readonly number[]): Promise<(number | null)[]> {
      return atRanks(await rows(`${contributionsSql(query)} SELECT value, rank FROM (SELECT v0 AS value, row_number() OVER (ORDER BY v0) AS rank FROM counting WHERE v0 IS NOT NULL) WHERE rank IN {ranks:Array(Int64)}`, { ranks }), ranks)
    },

    /** Per unit, how many of its events' values are at or below a value, over how many it has; and how many there are in all. */
    async eventsBelow(point: number): Promise<ContributionMoments & { values: number }> {
      const [found] = await rows<ContributionMoments & { values: number }>(
        `${contributionsSql(query)},
perUnit AS (SELECT unit, countIf(v0 <= {point:Float64}) AS a, count() AS b FROM counting WHERE v0 IS NOT NULL GROUP BY unit),
people AS (SELECT p.a AS a, p.b AS b FROM seen AS s LEFT JOIN perUnit AS p ON s.unit = p.unit WHERE ${COUNTS})
SELECT count() AS n, sum(b) AS values, avg(a) AS meanA, avg(b) AS meanB, varSampStable(a) AS varianceA, varSampStable(b) AS varianceB, covarSampStable(a, b) AS covariance, countIf(a != 0) AS nonZeroA, countIf(b != 0) AS nonZeroB FROM people`,
        { point },
      )
      if (!found) throw new Error('An aggregate without groups gives one row.')
      return found
    },
  }
}

export type Preview = Awaited<ReturnType<typeof openPreview>>

const inTime = "at >= {from:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')}"
const STORED = `SELECT (SELECT count() FROM event WHERE ${inEnvironment} AND ${inTime}) + (SELECT count() FROM exposure WHERE ${inEnvironment} AND ${inTime}) AS rows`
/** A unit whose window is over. */
const COUNTS = 'toUnixTimestamp64Milli(s.since) + {waitMs:Int64} <= {toMs:Int64}'

function capped(column: string, param: string, cap: number | null): string {
  return cap === null ? column : `least(${column}, {${param}:Float64})`
}

function atRanks(found: readonly { value: number; rank: number }[], ranks: readonly number[]): (number | null)[] {
  return ranks.map((rank) => found.find((row) => row.rank === rank)?.value ?? null)
}

function queryOf(definition: MetricDefinition): PreviewQuery {
  const sources = sourcesOf(definition).map(({ event, filter, property, aggregate }, i) => {
    const condition = passes(filter, { prefix: `s${i}` })
    const value = valueOf(property, { prefix: `v${i}` })
    return { passes: `name = {s${i}_event:String} AND ${condition.sql}`, value: value.sql, aggregate, params: { [`s${i}_event`]: event, ...condition.params, ...value.params } }
  })
  return {
    type: definition.type,
    sources,
    params: Object.assign({ events: [...new Set(sourcesOf(definition).map(({ event }) => event))] }, ...sources.map(({ params }) => params)) as Record<string, unknown>,
  }
}
