import type { ClickHouseClient } from '../platform/clickhouse.ts'
import { inEnvironment, inPhase, phaseParams, type PhaseScope } from './phase-sql.store.ts'

/** What came into the event store, by when the server received it. */
export function createArrivalsStore(events: ClickHouseClient) {
  return {
    /** Whether anything came in since that an analysis of the phase reads: an exposure to it, an event of its metrics, or a link. */
    async anySince(phase: Omit<PhaseScope, 'linked'>, since: Date): Promise<boolean> {
      const query_params = { ...phaseParams({ ...phase, linked: false }), since: since.getTime() }
      const result = await events.query({ query: ARRIVED, query_params, format: 'JSONEachRow' })
      return (await result.json()).length > 0
    },
  }
}

const SINCE = "receivedAt > fromUnixTimestamp64Milli({since:Int64}, 'UTC')"
const ARRIVED = `
SELECT 1 AS some FROM exposure WHERE ${inPhase} AND ${SINCE} LIMIT 1
UNION ALL SELECT 1 AS some FROM event WHERE ${inEnvironment} AND name IN {events:Array(String)} AND ${SINCE} LIMIT 1
UNION ALL SELECT 1 AS some FROM link WHERE ${inEnvironment} AND ${SINCE} LIMIT 1`
