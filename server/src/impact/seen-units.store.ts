import type { Json } from '@assay/sdk/core'
import { storedInstant } from '../ingest/accept-batch.ts'
import type { ClickHouseClient } from '../platform/clickhouse.ts'
import type { SeenUnit } from './unit-context.ts'

/** Units that a preview is computed over at most. */
const MOST_UNITS = 10_000
/** Newest rows that are looked through for them: bounds the query however much is stored. */
const MOST_ROWS = 100_000
const LOOK_BACK_MS = 30 * 24 * 3_600_000
const TIMEOUT_MS = 10_000

interface Row {
  unit: string
  units: Record<string, string>
  attributes: string
  at: string
}

interface Place {
  projectId: string
  environmentId: string
  unitType: string
}

/** Units seen lately, each with what was known of it when it was seen last. */
export function createSeenUnitsStore(events: ClickHouseClient) {
  async function units(query: string, query_params: Record<string, unknown>): Promise<SeenUnit[]> {
    const result = await events.query({ query, query_params: { ...query_params, units: MOST_UNITS, rows: MOST_ROWS }, format: 'JSONEachRow', abort_signal: AbortSignal.timeout(TIMEOUT_MS) })
    return (await result.json<Row>()).map((row) => ({ ...row, attributes: JSON.parse(row.attributes) as Record<string, Json>, at: Number(row.at) }))
  }

  return {
    /** Of evaluations and of exposures, newest first. */
    async lately({ projectId, environmentId, unitType }: Place, now: Date): Promise<SeenUnit[]> {
      return units(LATELY, { project: projectId, environment: environmentId, unitType, since: storedInstant(new Date(now.getTime() - LOOK_BACK_MS)) })
    },

    /** Exposed to an experiment, those exposed last first. */
    async exposed({ projectId, environmentId, unitType }: Place, experiment: string, phase: number): Promise<SeenUnit[]> {
      return units(EXPOSED, { project: projectId, environment: environmentId, unitType, experiment, phase })
    },
  }
}

const PLACE = 'project = {project:String} AND environment = {environment:String} AND unitType = {unitType:String}'
const NEWEST_ROWS = 'ORDER BY at DESC LIMIT {rows:UInt32}'

/** Of one unit the newest row holds; of an exposure and an evaluation of one time the evaluation, which knows the other units. */
const newestOf = (rows: string) => `
  SELECT unit, argMax(units, (seen, rank)) AS units, argMax(attributes, (seen, rank)) AS attributes, toString(toUnixTimestamp64Milli(max(seen))) AS at
  FROM (${rows})
  GROUP BY unit
  ORDER BY max(seen) DESC, unit
  LIMIT {units:UInt32}`

const contexts = `SELECT unit, CAST(units, 'Map(String, String)') AS units, attributes, at AS seen, 1 AS rank FROM context WHERE ${PLACE} AND at >= {since:DateTime64(3)} ${NEWEST_ROWS}`
const exposures = (where: string) => `SELECT unit, CAST(map(), 'Map(String, String)') AS units, attributes, at AS seen, 0 AS rank FROM exposure WHERE ${PLACE} AND ${where} ${NEWEST_ROWS}`

const LATELY = newestOf(`SELECT * FROM (${contexts}) UNION ALL SELECT * FROM (${exposures('at >= {since:DateTime64(3)}')})`)
const EXPOSED = newestOf(exposures('experiment = {experiment:String} AND phase = {phase:UInt32}'))
