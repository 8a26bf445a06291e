import { inEnvironment } from '../analysis/phase-sql.store.ts'
import { storedInstant } from '../ingest/accept-batch.ts'
import type { ClickHouseClient } from '../platform/clickhouse.ts'

/** An event name with its newest properties, as JSON objects. */
export interface EventName {
  name: string
  events: number
  lastAt: Date
  withValue: number
  properties: string[]
}

interface Row {
  name: string
  events: number
  lastMs: number
  withValue: number
  newestMs: number
}

/** Names told at most, those recorded most often first. */
const MOST_NAMES = 200
/** Newest rows of each whose properties are read: bounds the query however much is stored. */
const NEWEST = 200
const TIMEOUT_MS = 10_000

/** Names of events that services recorded lately. A batch that was delivered twice counts twice here: these are for choosing, not for measuring. */
export async function seenEvents(events: ClickHouseClient, { projectId, environmentId }: { projectId: string; environmentId: string }, since: Date): Promise<EventName[]> {
  const params = { project: projectId, environment: environmentId, since: storedInstant(since) }
  async function rows<T>(query: string, query_params: Record<string, unknown>): Promise<T[]> {
    const result = await events.query({ query, query_params, format: 'JSONEachRow', abort_signal: AbortSignal.timeout(TIMEOUT_MS), clickhouse_settings: { output_format_json_quote_64bit_integers: 0 } })
    return result.json<T>()
  }

  const names = await rows<Row>(NAMES, params)
  if (names.length === 0) return []
  // The times are a prefix of the sorting key: only the newest rows of each name are read.
  const each = names.map((_, i) => `(name = {n${i}:String} AND at >= fromUnixTimestamp64Milli({t${i}:Int64}, 'UTC'))`)
  const found = await rows<{ name: string; properties: string[] }>(
    `SELECT name, groupArray(${NEWEST})(properties) AS properties FROM event WHERE ${inEnvironment} AND (${each.join(' OR ')}) GROUP BY name`,
    { ...params, ...Object.fromEntries(names.flatMap(({ name, newestMs }, i) => [[`n${i}`, name], [`t${i}`, newestMs]])) },
  )
  const byName = new Map(found.map(({ name, properties }) => [name, properties]))
  return names.map(({ name, events: count, lastMs, withValue }) => ({ name, events: count, lastAt: new Date(lastMs), withValue, properties: byName.get(name) ?? [] }))
}

const NAMES = `
SELECT name, count() AS events, toUnixTimestamp64Milli(max(at)) AS lastMs, countIf(value IS NOT NULL) AS withValue,
  -arrayMax(groupArraySorted(${NEWEST})(-toUnixTimestamp64Milli(at))) AS newestMs
FROM event
WHERE ${inEnvironment} AND at >= {since:DateTime64(3, 'UTC')}
GROUP BY name
ORDER BY events DESC, name
LIMIT ${MOST_NAMES}`
