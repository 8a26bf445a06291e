import { passes, type SqlFragment } from '../analysis/event-filter-sql.store.ts'
import { botsOf, finalWithinPartitions, inEnvironment, inPhase, owners, phaseParams, type PhaseScope, planEventRows, UNTIL, withPeople } from '../analysis/phase-sql.store.ts'
import { windowFromMs, windowMs } from '../analysis/observations.ts'
import type { Plan } from '../contract/experiments.ts'
import { readSealedPlan } from '../experiments/read-sealed-plan.ts'
import { AppError } from '../http/app-error.ts'
import { storedInstant } from '../ingest/accept-batch.ts'
import { isStoreAway } from '../ingest/storage-errors.ts'
import { sourcesOf } from '../metrics/unit-values.ts'
import type { EventExportRow, ExposureExportRow } from './raw-columns.ts'
import type { ClickHouseClient } from '../platform/clickhouse.ts'
import type { Database } from '../platform/postgres.ts'

/** Rows per question to the event store: what an export holds in memory, however long it is. */
const PAGE_ROWS = 5_000

export interface ExportedPhase extends Omit<PhaseScope, 'linked'> {
  plan: Plan
}

/** The phase an experiment is in; null where it has not started. */
export async function findPhase(db: Database, projectId: string, key: string): Promise<ExportedPhase | null> {
  const row = await db.experiment.findUnique({ where: { projectId_key: { projectId, key } }, select: { environmentId: true, plan: true, endedAt: true } })
  return row?.plan ? { projectId, environmentId: row.environmentId, plan: readSealedPlan(row.plan), endedAt: row.endedAt } : null
}

/**
 * Rows for exports, page by page in the order of the tables' keys. A page is asked for when the one before it has been
 * taken, so a slow reader holds back the event store, and one that leaves ends the export. Where a page ends is found
 * first: of what was read up to there, some rows may be left out, or all.
 */
export function createExportsStore(events: ClickHouseClient, pageRows = PAGE_ROWS) {
  async function rows<T>(query: string, query_params: Record<string, unknown>, signal: AbortSignal): Promise<T[]> {
    signal.throwIfAborted()
    try {
      const result = await events.query({ query, query_params: { ...query_params, limit: pageRows }, format: 'JSONEachRow', clickhouse_settings: finalWithinPartitions, abort_signal: signal })
      return await result.json<T>()
    } catch (error) {
      throw isStoreAway(error) ? new AppError('storage_unavailable', 'The event store does not answer: export again later.', { cause: error }) : error
    }
  }

  async function isLinked(params: Record<string, unknown>, signal: AbortSignal): Promise<boolean> {
    return (await rows(`SELECT 1 AS found FROM link WHERE ${inEnvironment} LIMIT 1`, params, signal)).length > 0
  }

  return {
    async* exposures(phase: ExportedPhase, signal: AbortSignal): AsyncGenerator<ExposureExportRow[]> {
      const params = phaseParams({ ...phase, linked: false })
      const linked = await isLinked(params, signal)
      let after = ''
      for (;;) {
        const [cut] = await rows<{ read: number; end: string }>(UNITS_END, { ...params, after }, signal)
        if (!cut || Number(cut.read) === 0) break
        yield await rows<ExposureExportRow>(exposuresPage(linked, botsOf(phase.plan)?.sql), { ...params, after, end: cut.end }, signal)
        if (Number(cut.read) < pageRows) break
        after = cut.end
      }
    },

    async* events(phase: ExportedPhase, signal: AbortSignal): AsyncGenerator<EventExportRow[]> {
      const { plan } = phase
      const scope = phaseParams({ ...phase, linked: false })
      const linked = await isLinked(scope, signal)
      const [span] = await rows<{ units: number; first: number }>(`SELECT toUInt32(count()) AS units, toUnixTimestamp64Milli(min(firstAt)) AS first FROM exposed_unit WHERE ${inPhase}`, scope, signal)
      if (!span || span.units === 0) return
      const since = storedInstant(new Date(Number(span.first)))
      const counts = countsFor(plan)
      const page = eventsPage(linked, counts.sql, botsOf(plan)?.sql)
      for (const name of new Set(plan.metrics.flatMap((metric) => sourcesOf(metric).map(({ event }) => event)))) {
        let after = { at: storedInstant(new Date(Number(span.first) - 1)), id: NIL }
        for (;;) {
          const params = { ...scope, ...counts.params, from: since, events: [name], name, afterAt: after.at, afterId: after.id }
          const [cut] = await rows<{ read: number; at: string; id: string }>(PAGE_END, params, signal)
          if (!cut || Number(cut.read) === 0) break
          yield await rows<EventExportRow>(page, { ...params, endAt: cut.at, endId: cut.id }, signal)
          if (Number(cut.read) < pageRows) break
          after = { at: cut.at, id: cut.id }
        }
      }
    },
  }
}

const NIL = '00000000-0000-0000-0000-000000000000'
const iso = (column: string) => `concat(replaceOne(toString(${column}), ' ', 'T'), 'Z')`

/** In the order of the sorting key, so that reading ends with the page. A unit may have several rows until the store has merged them. */
const UNITS_END = `
SELECT toUInt32(count()) AS read, max(unit) AS end
FROM (SELECT unit FROM exposed_unit WHERE ${inPhase} AND unit > {after:String} ORDER BY unit LIMIT {limit:UInt32})`

function exposuresPage(linked: boolean, bot = '0'): string {
  const page = `
  SELECT unit, min(firstAt) AS exposedAt, argMinMerge(first).1 AS variant, argMinMerge(first).2 AS attributes, ${bot} AS bot, arrayStringConcat(arraySort(groupUniqArrayArray(variants)), ' ') AS metArms
  FROM exposed_unit WHERE ${inPhase} AND unit > {after:String} AND unit <= {end:String}
  GROUP BY unit HAVING exposedAt < ${UNTIL}`
  const columns = `p.unit AS unit, ${linked ? "if(o.owner = '', p.unit, o.owner)" : 'p.unit'} AS person, p.variant AS variant, ${iso('p.exposedAt')} AS firstExposureAt, p.metArms AS metArms, p.bot AS bot, p.attributes AS attributes`
  const from = linked ? `(${page}) AS p LEFT JOIN owners AS o ON p.unit = o.unit` : `(${page}) AS p`
  return `${linked ? `WITH ${owners}` : ''} SELECT ${columns} FROM ${from} ORDER BY unit`
}

const AFTER = "at >= {afterAt:DateTime64(3, 'UTC')} AND (at, id) > ({afterAt:DateTime64(3, 'UTC')}, {afterId:UUID})"
const WITHIN = `${AFTER} AND at <= {endAt:DateTime64(3, 'UTC')} AND (at, id) <= ({endAt:DateTime64(3, 'UTC')}, {endId:UUID})`
const named = `${inEnvironment} AND name = {name:String}`

/** In the order of the sorting key, so that reading ends with the page. */
const PAGE_END = `
SELECT read, toString(last.1) AS at, toString(last.2) AS id
FROM (SELECT toUInt32(count()) AS read, max((at, id)) AS last FROM (SELECT at, id FROM event WHERE ${named} AND ${AFTER} AND at < ${UNTIL} ORDER BY at, id LIMIT {limit:UInt32}))`

/** Keys of the metrics that count an event, one after the other: it has the name of one of their sources, passes its conditions and lies in the window. */
function countsFor(plan: Plan): SqlFragment {
  const params: Record<string, unknown> = {}
  const keys = plan.metrics.flatMap((metric, i) => sourcesOf(metric).map(({ event, filter }, j) => {
    const at = `source_${i}_${j}`
    const conditions = passes(filter, { prefix: at, column: 'e.properties' })
    Object.assign(params, conditions.params, { [`${at}_event`]: event, [`${at}_key`]: metric.key })
    return `if(e.name = {${at}_event:String} AND elapsed >= ${windowFromMs(metric)} AND elapsed < ${windowMs(metric)} AND ${conditions.sql}, {${at}_key:String}, '')`
  }))
  return { sql: `arrayStringConcat(arrayDistinct(arrayFilter(key -> key != '', [${keys.join(', ')}])), ' ')`, params }
}

/** People who met two arms and bots are in none: their events count for nothing. */
function eventsPage(linked: boolean, counts: string, bot: string | undefined): string {
  const inPage = `FROM event WHERE ${named} AND ${WITHIN}`
  return `${withPeople(linked, `AND unit IN (SELECT units[{unitType:String}] ${inPage})`, undefined, bot)}
SELECT toString(e.id) AS id, ${iso('e.at')} AS at, e.name AS event, e.unit AS unit, m.owner AS person, m.arm AS variant, e.value AS value, ${iso('m.exposedAt')} AS firstExposureAt,
  toUnixTimestamp64Milli(e.at) - toUnixTimestamp64Milli(m.exposedAt) AS elapsed, ${counts} AS countsFor, e.source AS source, e.properties AS properties
FROM ${planEventRows(true, `AND ${WITHIN}`, `AND id IN (SELECT id ${inPage})`)} AS e INNER JOIN members AS m ON e.unit = m.unit
WHERE e.at >= m.since
ORDER BY e.at, e.id`
}
