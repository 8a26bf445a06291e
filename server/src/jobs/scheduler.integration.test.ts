import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { migrateControlStore } from '../platform/migrate.ts'
import { type ControlStore, openEmbeddedPostgres } from '../platform/postgres.ts'
import type { Job } from './job.ts'
import { createLeaseStore } from './lease.store.ts'
import { startScheduler } from './scheduler.ts'

const log = pino({ level: 'silent' })
let directory: string
let store: ControlStore

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'assay-jobs-'))
  store = await openEmbeddedPostgres(directory)
  await migrateControlStore(store, log)
})
afterAll(async () => {
  await store.close()
  rmSync(directory, { recursive: true, force: true })
})

test('a lease has one holder until it expires or is released, and the fence grows with each take-over', async () => {
  const leases = createLeaseStore(store.db)
  expect(await leases.take('a', 'one', 60_000)).toBe(true)
  expect(await leases.take('a', 'two', 60_000)).toBe(false)
  expect(await leases.take('a', 'one', 60_000)).toBe(true)
  expect((await store.db.jobLease.findUniqueOrThrow({ where: { name: 'a' } })).fence).toBe(1)
  await leases.release('one')
  expect(await leases.take('a', 'two', 60_000)).toBe(true)
  expect((await store.db.jobLease.findUniqueOrThrow({ where: { name: 'a' } })).fence).toBe(2)
})

test('of two schedulers one runs a job, and the other takes over once the first has stopped', async () => {
  const runs: string[] = []
  const job = (who: string): Job => ({ name: 'count', everyMs: 20, run: async () => { runs.push(who) } })
  const first = startScheduler([job('first')], { db: store.db, log })
  await vi.waitFor(() => { expect(runs.length).toBeGreaterThan(1) })
  const second = startScheduler([job('second')], { db: store.db, log })
  const before = runs.length
  await vi.waitFor(() => { expect(runs.length).toBeGreaterThan(before + 3) })
  expect(new Set(runs)).toEqual(new Set(['first']))
  await first.stop()
  await vi.waitFor(() => { expect(runs).toContain('second') })
  await second.stop()
})

test('a run in progress skips the next, a failed one does not end the job, and stopping waits', async () => {
  let started = 0
  let finished = 0
  let open: () => void = () => undefined
  const gate = new Promise<void>((resolve) => { open = resolve })
  const failing = vi.fn(async () => { throw new Error('once more') })
  const scheduler = startScheduler(
    [
      {
        name: 'slow',
        everyMs: 10,
        run: async () => {
          started += 1
          await gate
          finished += 1
        },
      },
      { name: 'failing', everyMs: 10, run: failing },
    ],
    { db: store.db, log },
  )
  await vi.waitFor(() => { expect(failing.mock.calls.length).toBeGreaterThan(3) })
  expect(started).toBe(1)
  const stopped = scheduler.stop()
  open()
  await stopped
  expect(finished).toBe(started)
})
