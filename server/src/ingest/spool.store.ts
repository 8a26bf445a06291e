import type { Database } from '../platform/postgres.ts'
import { noRows, type StoredRows } from './stored-rows.ts'

export interface SpooledBatch {
  id: bigint
  rows: StoredRows
}

/** Batches acknowledged while ClickHouse was away. */
export function createSpoolStore(db: Database) {
  return {
    async append(rows: StoredRows): Promise<number> {
      const body = JSON.stringify(rows)
      const bytes = Buffer.byteLength(body)
      await db.eventSpool.create({ data: { body, bytes } })
      return bytes
    },

    /** Oldest first. An earlier version may have spooled a batch without a table that is new. */
    async oldest(take: number): Promise<SpooledBatch[]> {
      const rows = await db.eventSpool.findMany({ orderBy: { id: 'asc' }, take, select: { id: true, body: true } })
      return rows.map(({ id, body }) => ({ id, rows: { ...noRows(), ...(JSON.parse(body) as Partial<StoredRows>) } }))
    },

    async remove(ids: bigint[]): Promise<void> {
      await db.eventSpool.deleteMany({ where: { id: { in: ids } } })
    },

    async size(): Promise<{ batches: number; bytes: number }> {
      const { _count, _sum } = await db.eventSpool.aggregate({ _count: true, _sum: { bytes: true } })
      return { batches: _count, bytes: _sum.bytes ?? 0 }
    },
  }
}
