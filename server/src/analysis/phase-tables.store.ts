import { randomUUID } from 'node:crypto'
import type { ClickHouseClient } from '../platform/clickhouse.ts'

/** Tables of one analysis. They live in the memory of the event store, as long as the session that made them: nothing is left behind by a process that ends. */
export interface PhaseTables {
  /** Makes a table of what a query finds, and gives its name. */
  keep(name: string, query: string, params: Record<string, unknown>): Promise<string>
  drop(table: string): Promise<void>
  rows<T>(query: string, params: Record<string, unknown>): Promise<T[]>
}

/** Large groupings go through the disk rather than beyond this much memory. */
const BYTES_IN_MEMORY = 1_500_000_000
const settings = { max_bytes_before_external_group_by: String(BYTES_IN_MEMORY), max_bytes_ratio_before_external_group_by: 0 }

/** Runs `use` with tables that no other analysis sees, and drops them. A server that is told of a session keeps it for a minute after the last question. */
export async function withPhaseTables<T>(events: ClickHouseClient, use: (tables: PhaseTables) => Promise<T>): Promise<T> {
  const session_id = randomUUID()
  // The embedded store has one session for all: the names keep analyses apart.
  const unique = (name: string) => `assay_${name}_${session_id.replaceAll('-', '')}`
  const kept = new Set<string>()
  async function drop(table: string): Promise<void> {
    await events.command({ query: `DROP TABLE IF EXISTS ${table}`, session_id })
    kept.delete(table)
  }
  try {
    return await use({
      async keep(name, query, query_params) {
        const table = unique(name)
        kept.add(table)
        await events.command({ query: `CREATE TEMPORARY TABLE ${table} ENGINE = Memory AS ${query}`, query_params, session_id, clickhouse_settings: settings })
        return table
      },
      drop,
      async rows<R>(query: string, query_params: Record<string, unknown>) {
        const result = await events.query({ query, query_params, session_id, format: 'JSONEachRow', clickhouse_settings: settings })
        return result.json<R>()
      },
    })
  } finally {
    // Where the store is away it forgets the session by itself.
    for (const table of kept) await drop(table).catch(() => undefined)
  }
}
