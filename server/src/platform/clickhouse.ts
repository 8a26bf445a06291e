import { mkdirSync } from 'node:fs'
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { createChdbConnection } from 'chdb/connection'

export type { ClickHouseClient } from '@clickhouse/client'

type Connection = NonNullable<NonNullable<Parameters<typeof createClient>[0]>['connection']>

export interface EventStore {
  client: ClickHouseClient
  close(): Promise<void>
}

interface Options {
  /** Null opens chDB in `directory`: one directory per process. */
  url: string | null
  directory: string
  /** Letters, digits and underscores. */
  database: string
  /** Creates the tables. */
  prepare(client: ClickHouseClient): Promise<void>
  log: { warn(details: object, message: string): void; info(details: object, message: string): void }
}

const RETRY_MS = 5_000
// Who asked logs the failure, with what it was for.
const quiet = { log: { level: ClickHouseLogLevel.OFF } }

/**
 * Opens the event store, and its database and tables. A ClickHouse server that is away does not stop the start: events
 * are spooled meanwhile, and the tables are made once it answers. An embedded store that does not open does.
 */
export async function openEventStore({ url, directory, database, prepare, log }: Options): Promise<EventStore> {
  if (url === null) mkdirSync(directory, { recursive: true })
  const connect = (name: string) => (url === null ? createClient({ ...quiet, connection: chdb(directory) }) : createClient({ ...quiet, url, database: name, application: 'assay', request_timeout: 120_000 }))
  const client = connect(database)
  let retry: NodeJS.Timeout | undefined
  let closed = false

  async function create(): Promise<void> {
    const first = url === null ? client : connect('default')
    try {
      await first.command({ query: `CREATE DATABASE IF NOT EXISTS "${database}"` })
    } finally {
      if (first !== client) await first.close()
    }
    // chDB ignores the client's database and keeps one per connection.
    if (url === null) await client.command({ query: `USE "${database}"` })
    await prepare(client)
  }

  async function createWhenBack(): Promise<void> {
    try {
      await create()
      log.info({}, 'The event store is there')
    } catch {
      if (!closed) retry = setTimeout(() => void createWhenBack(), RETRY_MS)
    }
  }

  try {
    await create()
  } catch (error) {
    if (url === null) throw new Error(`The embedded event store in ${directory} does not open: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    log.warn({ err: error }, 'The event store is away: events are spooled until it answers')
    retry = setTimeout(() => void createWhenBack(), RETRY_MS)
  }
  return {
    client,
    async close() {
      closed = true
      clearTimeout(retry)
      await client.close()
    },
  }
}

// chdb types its connection by another build of the same interface.
function chdb(path: string): Connection {
  return createChdbConnection({ path }) as unknown as Connection
}
