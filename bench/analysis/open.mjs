import { load } from '../load.mjs'

export async function open(directory) {
  const { openEventStore } = await load('server/src/platform/clickhouse.ts')
  const { migrateEvents } = await load('server/src/ingest/schema.store.ts')
  return openEventStore({ url: null, directory, database: 'bench', prepare: migrateEvents, log: { warn() {}, info() {} } })
}
