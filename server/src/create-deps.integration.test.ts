import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { routes } from './contract/routes.ts'
import { openDatabaseGate, type DatabaseGate } from './testing/database-gate.ts'
import { createTestDatabase, type TestDatabase } from './testing/postgres-cluster.ts'
import { startInstance, startTestServer } from './testing/test-server.ts'

let database: TestDatabase
let gate: DatabaseGate
let dataDir: string

beforeEach(async () => {
  database = await createTestDatabase()
  gate = await openDatabaseGate(database.url)
  dataDir = mkdtempSync(join(tmpdir(), 'assay-away-'))
})
afterEach(async () => {
  await gate.close()
  await database.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

test('with its database away an instance starts, serves the last good ruleset to known keys, saves nothing, and recovers', async () => {
  const env = { DATABASE_URL: gate.url, ASSAY_DATA_DIR: dataDir }
  const first = await startTestServer({ database: 'postgres', env })
  const key = await first.key()
  const served = await (await ruleset(first.url, key)).text()
  await first.close()

  gate.shut()
  const second = await startInstance({ database: 'postgres', env })
  try {
    const away = await ruleset(second.url, key)
    expect([away.status, away.headers.get('x-ruleset-source'), await away.text()]).toEqual([200, 'snapshot', served])
    expect((await fetch(`${second.url}/readyz`)).status).toBe(200)
    const refused = await fetch(`${second.url}${routes.signIn.path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: 'admin@example.com', password: 'correct horse battery' }) })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])

    gate.open()
    await vi.waitFor(async () => { expect((await fetch(`${second.url}${routes.getSetup.path}`)).status).toBe(200) }, { timeout: 20_000, interval: 200 })
    await vi.waitFor(async () => { expect((await ruleset(second.url, key)).headers.get('x-ruleset-source')).toBe('database') }, { timeout: 20_000, interval: 200 })
  } finally {
    await second.close()
  }
})

test('an instance that never reached its database is alive, not ready, and migrates once it answers', async () => {
  gate.shut()
  const instance = await startInstance({ database: 'postgres', env: { DATABASE_URL: gate.url, ASSAY_DATA_DIR: dataDir } })
  try {
    expect([(await fetch(`${instance.url}/healthz`)).status, (await fetch(`${instance.url}/readyz`)).status]).toEqual([200, 503])
    gate.open()
    await vi.waitFor(async () => { expect((await fetch(`${instance.url}/readyz`)).status).toBe(200) }, { timeout: 20_000, interval: 200 })
    expect(await instance.deps.setup.issueToken()).not.toBeNull()
  } finally {
    await instance.close()
  }
})

function ruleset(url: string, key: string): Promise<Response> {
  return fetch(`${url}/sdk/v1/ruleset`, { headers: { authorization: `Bearer ${key}` } })
}
