import { mkdirSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import pg from 'pg'
import { type Listen, listenOnPostgres } from './listen.ts'
import { type Prisma, PrismaClient } from './prisma-client/client.ts'

export type { Listen } from './listen.ts'
export { Prisma } from './prisma-client/client.ts'
export type Database = PrismaClient
/** A transaction's client, as `db.$transaction(async (tx) => ...)` gives it. */
export type Tx = Prisma.TransactionClient

export interface ControlStore {
  db: Database
  listen: Listen
  /** A connection of its own for the migration engine, which keeps session locks until `dispose`. */
  engineConnection(): { adapter: SqlMigrationAwareDriverAdapterFactory; dispose(): Promise<void> }
  /** Runs the work while no other process does work of the same name. */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** PGlite answers one transaction at a time, so a transaction may wait for the ones before it. */
const transactionOptions = { maxWait: 10_000, timeout: 30_000 }

/** The control plane in one process: PostgreSQL in WebAssembly in `directory`. The caller holds the directory's lock. */
export async function openEmbeddedPostgres(directory: string): Promise<ControlStore> {
  mkdirSync(directory, { recursive: true })
  const pglite = await PGlite.create(directory)
  const adapter = new PrismaPGlite(pglite)
  const db = new PrismaClient({ adapter, transactionOptions })
  return {
    db,
    engineConnection: () => ({ adapter, dispose: async () => undefined }),
    listen: async (channel, handler) => pglite.listen(channel, handler),
    exclusively: (_name, work) => work(),
    async close() {
      await db.$disconnect()
      if (!pglite.closed) await pglite.close()
    },
  }
}

/** The control plane on a PostgreSQL server, shared by any number of processes. */
export async function openPostgres(connectionString: string): Promise<ControlStore> {
  const pool = new pg.Pool({ connectionString, max: 10, connectionTimeoutMillis: 5_000, keepAlive: true, application_name: 'assay' })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  const db = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions })
  const listener = listenOnPostgres(connectionString)
  return {
    db,
    engineConnection() {
      const own = new pg.Pool({ connectionString, max: 1, connectionTimeoutMillis: 5_000, application_name: 'assay migrate' })
      return { adapter: new PrismaPg(own), dispose: () => own.end() }
    },
    listen: listener.listen,
    async exclusively(name, work) {
      const client = new pg.Client({ connectionString, application_name: 'assay lock' })
      await client.connect()
      try {
        await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [name])
        return await work()
      } finally {
        await client.end()
      }
    },
    async close() {
      await listener.close()
      await db.$disconnect()
      await pool.end()
    },
  }
}
