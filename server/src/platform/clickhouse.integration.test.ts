import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ClickHouseClient, openEventStore } from './clickhouse.ts'

let directory: string
beforeAll(() => { directory = mkdtempSync(join(tmpdir(), 'assay-chdb-')) })
afterAll(() => { rmSync(directory, { recursive: true, force: true }) })

const log = { warn: () => undefined, info: () => undefined }
const prepare = async (client: ClickHouseClient) => {
  await client.command({ query: 'CREATE TABLE IF NOT EXISTS note (text String) ENGINE = MergeTree ORDER BY text' })
}
const notes = async (client: ClickHouseClient) => (await client.query({ query: 'SELECT text FROM note ORDER BY text', format: 'JSONEachRow' })).json<{ text: string }>()

test('two databases of one process keep their rows apart, and rows outlive the store', async () => {
  const one = await openEventStore({ url: null, directory, database: 'one', prepare, log })
  const two = await openEventStore({ url: null, directory, database: 'two', prepare, log })
  await one.client.insert({ table: 'note', values: [{ text: 'first' }], format: 'JSONEachRow' })
  await two.client.insert({ table: 'note', values: [{ text: 'second' }], format: 'JSONEachRow' })
  expect(await notes(one.client)).toEqual([{ text: 'first' }])
  expect(await notes(two.client)).toEqual([{ text: 'second' }])
  await one.close()
  await two.close()

  const again = await openEventStore({ url: null, directory, database: 'one', prepare, log })
  expect(await notes(again.client)).toEqual([{ text: 'first' }])
  await again.close()
})

test('a ClickHouse server that is away does not stop the start', async () => {
  const warnings: string[] = []
  const store = await openEventStore({ url: 'http://127.0.0.1:9', directory, database: 'away', prepare, log: { ...log, warn: (_details, message) => { warnings.push(message) } } })
  expect(warnings).toEqual(['The event store is away: events are spooled until it answers'])
  await expect(notes(store.client)).rejects.toThrow()
  await store.close()
})
