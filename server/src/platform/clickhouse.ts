import { mkdirSync } from 'node:fs'
import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { createChdbConnection } from 'chdb/connection'

export type { ClickHouseClient } from '@clickhouse/client'

export interface EventStore {
  client: ClickHouseClient
  close(): Promise<void>
}

interface Options {
  /** Null opens chDB in `directory`: one directory per process, a second one is refused by chDB. */
  url: string | null
  directory: string
  database: string
}

/** Opens the event store and creates its database. The client speaks to that database unless a table is qualified. */
export async function openEventStore({ url, directory, database }: Options): Promise<EventStore> {
  if (url === null) mkdirSync(directory, { recursive: true })
  const connect = (name?: string) => {
    const options = { application: 'assay', request_timeout: 120_000, ...(name === undefined ? {} : { database: name }) }
    return url === null ? createClient({ ...options, connection: createChdbConnection({ path: directory }) }) : createClient({ ...options, url })
  }
  const bootstrap = connect()
  try {
    await bootstrap.command({ query: `CREATE DATABASE IF NOT EXISTS ${quoted(database)}` })
  } finally {
    await bootstrap.close()
  }
  const client = connect(database)
  return { client, close: () => client.close() }
}

function quoted(identifier: string): string {
  return `\`${identifier.replaceAll('`', '``')}\``
}
