import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestDatabase, stopTestCluster, type TestDatabase } from '../testing/postgres-cluster.ts'
import { readInstallation } from './installation.ts'
import { migrateControlStore, schemaDrift } from './migrate.ts'
import { type ControlStore, openEmbeddedPostgres, openPostgres } from './postgres.ts'

const log = { info: () => undefined }
let directory: string
let database: TestDatabase | undefined
const stores: Record<string, () => Promise<ControlStore>> = {
  PGlite: () => openEmbeddedPostgres(join(directory, 'postgres')),
  PostgreSQL: async () => {
    database ??= await createTestDatabase()
    return openPostgres(database.url)
  },
}

beforeAll(() => { directory = mkdtempSync(join(tmpdir(), 'assay-control-')) })
afterAll(async () => {
  await stopTestCluster()
  rmSync(directory, { recursive: true, force: true })
})

describe.each(Object.entries(stores))('%s', (_name, open) => {
  let store: ControlStore
  beforeAll(async () => { store = await open() })
  afterAll(async () => { await store.close() })

  test('migrations apply once', async () => {
    const applied = await migrateControlStore(store, log)
    expect(applied.length).toBeGreaterThan(0)
    expect(await migrateControlStore(store, log)).toEqual([])
  })

  test('the epoch is written once and stays, also for starts at the same time', async () => {
    const epochs = await Promise.all([readInstallation(store.db), readInstallation(store.db), readInstallation(store.db)])
    expect(new Set(epochs).size).toBe(1)
    expect(epochs[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  test('a notification of a transaction arrives when it commits, and not when it rolls back', async () => {
    const heard: string[] = []
    const stop = await store.listen('assay_test', (payload) => { heard.push(payload) })
    await store.db.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_notify('assay_test', 'rolled back')`
      throw new Error('no')
    }).catch(() => undefined)
    await store.db.$transaction(async (tx) => { await tx.$executeRaw`SELECT pg_notify('assay_test', 'environment:1')` })
    await vi.waitFor(() => { expect(heard).toEqual(['environment:1']) })
    await stop()
  })

  test('what is written outlives the store', async () => {
    const epoch = await readInstallation(store.db)
    await store.close()
    store = await open()
    expect(await migrateControlStore(store, log)).toEqual([])
    expect(await readInstallation(store.db)).toBe(epoch)
  })
})

// On PGlite only: the engine cannot describe a server's catalogue through its adapter, and the migrations are the same.
test('migrations leave exactly what prisma/schema.prisma says', async () => {
  const store = await openEmbeddedPostgres(join(directory, 'drift'))
  await migrateControlStore(store, log)
  expect(await schemaDrift(store)).toMatch(/^-- This is an empty migration\.\s*$/)
  await store.close()
})

test('two processes that start on one new PostgreSQL apply each migration once', async () => {
  const { url } = await createTestDatabase()
  const both = await Promise.all([openPostgres(url), openPostgres(url)])
  const applied = await Promise.all(both.map((store) => migrateControlStore(store, log)))
  expect(applied.flat().length).toBe(new Set(applied.flat()).size)
  await Promise.all(both.map((store) => store.close()))
})

test('a listener whose connection is cut listens again and is told that it may have missed something', async () => {
  const { url } = await createTestDatabase()
  const store = await openPostgres(url)
  const heard: string[] = []
  let reconnected = 0
  await store.listen('assay_test', (payload) => { heard.push(payload) }, () => { reconnected += 1 })
  const other = new pg.Client({ connectionString: url })
  await other.connect()
  await other.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'assay listen' AND datname = current_database()")
  await vi.waitFor(() => { expect(reconnected).toBe(1) }, { timeout: 15_000 })
  await other.query("SELECT pg_notify('assay_test', 'after')")
  await vi.waitFor(() => { expect(heard).toEqual(['after']) }, { timeout: 5_000 })
  await other.end()
  await store.close()
})
