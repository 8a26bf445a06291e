import { storedInstant } from '../ingest/accept-batch.ts'
import type { ClickHouseClient } from '../platform/clickhouse.ts'

interface Place {
  projectId: string
  environmentId: string
}

const TIMEOUT_MS = 10_000

/** What the event store knows of a flag and of an environment's people before an experiment starts. */
export function createEvidenceStore(events: ClickHouseClient) {
  async function rows<T>(query: string, query_params: Record<string, unknown>): Promise<T[]> {
    const result = await events.query({ query, query_params, format: 'JSONEachRow', abort_signal: AbortSignal.timeout(TIMEOUT_MS) })
    return result.json<T>()
  }

  return {
    /** By environment id: when each variant of a flag was evaluated last. */
    async evaluated(projectId: string, flag: string, since: Date): Promise<Map<string, { variant: string; at: Date }[]>> {
      const found = new Map<string, { variant: string; at: Date }[]>()
      const seen = await rows<{ environment: string; variant: string; last: number }>(
        `SELECT environment, toString(variant) AS variant, toUnixTimestamp64Milli(max(at)) AS last FROM evaluation_count
        WHERE project = {project:String} AND flag = {flag:String} AND at >= {since:DateTime64(3, 'UTC')} GROUP BY environment, variant`,
        { project: projectId, flag, since: storedInstant(since) },
      )
      for (const { environment, variant, last } of seen) found.set(environment, [...(found.get(environment) ?? []), { variant, at: new Date(Number(last)) }])
      return found
    },

    /** When any flag was evaluated last in an environment; null where none was since then. */
    async lastEvaluation({ projectId, environmentId }: Place, since: Date): Promise<Date | null> {
      const [seen] = await rows<{ evaluations: number; last: number }>(
        `SELECT count() AS evaluations, toUnixTimestamp64Milli(max(at)) AS last FROM evaluation_count WHERE project = {project:String} AND environment = {environment:String} AND at >= {since:DateTime64(3, 'UTC')}`,
        { project: projectId, environment: environmentId, since: storedInstant(since) },
      )
      return seen && Number(seen.evaluations) > 0 ? new Date(Number(seen.last)) : null
    },

    /**
     * Distinct units by the end of each day (UTC) since then, cumulated: those exposed to anything, and those whose context was sent.
     * Of a context only the newest is kept, so it counts on the day that it was sent last. Sketches, merged day by day: memory does not grow with the units.
     */
    async distinctByDay({ projectId, environmentId }: Place, unitType: string, since: Date): Promise<number[]> {
      const days = await rows<{ units: number }>(
        `SELECT uniqCombined64Merge(sketch) OVER (ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS units FROM (
          SELECT day, uniqCombined64State(unit) AS sketch FROM (
            SELECT toDate(at, 'UTC') AS day, unit FROM exposure WHERE ${WITHIN}
            UNION ALL
            SELECT toDate(at, 'UTC') AS day, unit FROM context WHERE ${WITHIN}
          ) GROUP BY day
        ) ORDER BY day`,
        { project: projectId, environment: environmentId, unitType, since: storedInstant(since) },
      )
      let most = 0
      return days.map(({ units }) => (most = Math.max(most, Number(units))))
    },
  }
}

const WITHIN = `project = {project:String} AND environment = {environment:String} AND unitType = {unitType:String} AND at >= {since:DateTime64(3, 'UTC')}`
