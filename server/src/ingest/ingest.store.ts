import type { ClickHouseClient } from '../platform/clickhouse.ts'
import { eventTables, type StoredRows } from './stored-rows.ts'

/** Inserts the rows of all tables. Rejects when any insert failed; what the others stored is harmless, since every row may come again. */
export async function insertRows(client: ClickHouseClient, rows: StoredRows): Promise<void> {
  const inserts = eventTables.filter((table) => rows[table].length > 0).map((table) => client.insert<unknown>({ table, values: rows[table], format: 'JSONEachRow' }))
  const failed = (await Promise.allSettled(inserts)).find((insert) => insert.status === 'rejected')
  if (failed) throw failed.reason
}
