import { finalWithinPartitions } from '../analysis/phase-sql.store.ts'
import { AppError } from '../http/app-error.ts'
import { storedInstant } from '../ingest/accept-batch.ts'
import { isStoreAway } from '../ingest/storage-errors.ts'
import type { ClickHouseClient } from '../platform/clickhouse.ts'
import type { ServedVariant } from './lifecycle.ts'

/** Evaluations of one flag in one environment. */
export interface FlagEvaluations {
  served: ServedVariant[]
  /** The last 24 hours, oldest first. */
  hourly: number[]
}

export interface CountedStep {
  at: Date
  variant: string | null
  count: number
}

export const HOURS = 24
const HOUR_MS = 3_600_000

/** Evaluation counts. Every batch may be delivered again: times are taken as minimum and maximum, and sums are of rows read once (FINAL). */
export function createUsageStore(events: ClickHouseClient) {
  async function rows<T>(query: string, query_params: Record<string, unknown>): Promise<T[]> {
    try {
      const result = await events.query({ query, query_params, format: 'JSONCompactEachRow', clickhouse_settings: finalWithinPartitions })
      return await result.json<T>()
    } catch (error) {
      throw isStoreAway(error) ? new AppError('storage_unavailable', 'The event store does not answer: evaluations are shown again when it does.', { cause: error }) : error
    }
  }

  return {
    /** By environment id, then by flag key; of every flag, or of those named. */
    async evaluations(projectId: string, now: Date, only?: readonly string[]): Promise<Map<string, Map<string, FlagEvaluations>>> {
      const from = now.getTime() - HOURS * HOUR_MS
      const asked = { project: projectId, all: only === undefined, flags: [...(only ?? [])] }
      const [served, hourly] = await Promise.all([
        rows<[environment: string, flag: string, variants: string[], first: unknown[], last: unknown[]]>(SERVED, asked),
        rows<[environment: string, flag: string, hours: unknown[], counts: unknown[]]>(HOURLY, { ...asked, fromMs: from, from: storedInstant(new Date(from)), to: storedInstant(now) }),
      ])
      const found = new Map<string, Map<string, FlagEvaluations>>()
      for (const [environment, flag, variants, first, last] of served) {
        const byFlag = found.get(environment) ?? new Map<string, FlagEvaluations>()
        found.set(environment, byFlag)
        byFlag.set(flag, { served: variants.map((variant, index) => ({ variant: variantOf(variant), firstAt: dateOf(first[index]), lastAt: dateOf(last[index]) })), hourly: Array.from({ length: HOURS }, () => 0) })
      }
      for (const [environment, flag, hours, counts] of hourly) {
        const evaluations = found.get(environment)?.get(flag)
        if (evaluations) hours.forEach((hour, index) => { evaluations.hourly[Number(hour)] = Number(counts[index]) })
      }
      return found
    },

    /** Evaluations of one flag in one environment since a time, in steps from 1970 on; and when it was asked for last, ever. */
    async series({ projectId, environmentId, flag }: { projectId: string; environmentId: string; flag: string }, since: Date, stepMs: number): Promise<{ lastAt: Date | null; steps: CountedStep[] }> {
      const params = { project: projectId, environment: environmentId, flag }
      const [[last], steps] = await Promise.all([
        rows<[count: unknown, last: unknown]>(`SELECT count(), toUnixTimestamp64Milli(max(at)) FROM evaluation_count WHERE ${ONE_FLAG}`, params),
        rows<[at: unknown, variant: string, count: unknown]>(SERIES, { ...params, from: storedInstant(since), stepMs }),
      ])
      return {
        lastAt: last && Number(last[0]) > 0 ? dateOf(last[1]) : null,
        steps: steps.map(([at, variant, count]) => ({ at: dateOf(at), variant: variantOf(variant), count: Number(count) })),
      }
    },
  }
}

const ONE_FLAG = 'project = {project:String} AND environment = {environment:String} AND flag = {flag:String}'
/** Whoever holds a client key can report any text as a variant. */
const A_VARIANT = `match(variant, '^[A-Za-z0-9._-]{0,100}$')`

const ASKED = 'project = {project:String} AND ({all:Bool} OR flag IN {flags:Array(String)})'

const SERVED = `
SELECT environment, flag, groupArray(toString(variant)), groupArray(first), groupArray(last) FROM (
  SELECT environment, flag, variant, toUnixTimestamp64Milli(min(at)) AS first, toUnixTimestamp64Milli(max(at)) AS last
  FROM evaluation_count WHERE ${ASKED} AND ${A_VARIANT} GROUP BY environment, flag, variant
) GROUP BY environment, flag`

const HOURLY = `
SELECT environment, flag, groupArray(hour), groupArray(counted) FROM (
  SELECT environment, flag, intDiv(toUnixTimestamp64Milli(at) - {fromMs:Int64}, ${HOUR_MS}) AS hour, sum(count) AS counted
  FROM evaluation_count FINAL WHERE ${ASKED} AND at >= {from:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')} AND ${A_VARIANT} GROUP BY environment, flag, hour
) GROUP BY environment, flag`

const SERIES = `
SELECT intDiv(toUnixTimestamp64Milli(at), {stepMs:Int64}) * {stepMs:Int64} AS step, toString(variant) AS variant, sum(count)
FROM evaluation_count FINAL WHERE ${ONE_FLAG} AND at >= {from:DateTime64(3, 'UTC')} AND ${A_VARIANT}
GROUP BY step, variant ORDER BY step, variant`

function variantOf(stored: string): string | null {
  return stored === '' ? null : stored
}

/** A server may write 64-bit integers as strings. */
function dateOf(milliseconds: unknown): Date {
  return new Date(Number(milliseconds))
}
