import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type Client } from '@assay/sdk'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { routes } from '../contract/routes.ts'
import { createDeps } from '../create-deps.ts'
import type { Deps } from '../deps.ts'
import { serve } from '../http/serve.ts'
import { type Api, createApi } from '../testing/api.ts'
import { connectSdk } from '../testing/connected-sdk.ts'
import { completeDraft, completeSetup } from '../testing/drafts.ts'
import { copyMigratedPostgres } from '../testing/migrated-postgres.ts'

/** The SDK against the real application, which these tests stop and start on one address and one data directory. */
interface Running {
  url: string
  deps: Deps
  stop(): Promise<void>
}

const soon = { timeout: 30_000, interval: 20 }
const params = { project: 'shop' }
const clients: Client[] = []
let dataDir: string
let chdb: string
let running: Running
let admin: Api

async function start(port: number): Promise<Running> {
  const config = readConfig({ PORT: String(port), HOST: '127.0.0.1', ASSAY_DATA_DIR: dataDir, ASSAY_CLICKHOUSE_DATABASE: database, ASSAY_DRAIN_SECONDS: '2' })
  const { deps, close } = await createDeps(config, pino({ level: 'silent' }), { eventsDirectory: chdb })
  const server = await serve(createApp(deps, { strictResponses: true }), deps)
  return {
    url: server.url,
    deps,
    async stop() {
      await server.stop()
      await close()
    },
  }
}

const database = `test_${randomBytes(6).toString('hex')}`

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'assay-sdk-client-'))
  chdb = mkdtempSync(join(tmpdir(), 'assay-sdk-client-chdb-'))
  await copyMigratedPostgres(join(dataDir, 'postgres'))
  running = await start(0)
  admin = createApi(running.url)
  const token = (await running.deps.setup.issueToken()) ?? ''
  expect((await admin(routes.completeSetup, { body: { token, name: 'Ada Admin', email: 'admin@example.com', password: 'correct horse battery', project: 'Shop' } })).status).toBe(201)
  for (const key of ['orders', 'refunds', 'revenue']) {
    await admin(routes.createMetric, { params, body: { key, name: key, description: '', type: key === 'revenue' ? 'mean' : 'conversion', event: key === 'orders' ? 'order' : key, direction: key === 'refunds' ? 'decrease' : 'increase', unitLabel: '', windowHours: null } })
  }
})
afterEach(async () => { await Promise.all(clients.splice(0).map((client) => client.close())) })
afterAll(async () => {
  await running.stop()
  rmSync(dataDir, { recursive: true, force: true })
  process.once('exit', () => { rmSync(chdb, { recursive: true, force: true }) })
})

async function secret(): Promise<string> {
  return (await admin(routes.createKey, { params, body: { environment: 'production', kind: 'server', name: 'Test' } })).body.secret
}

async function connect(options: object = {}): Promise<Client> {
  const client = createClient({ url: running.url, key: await secret(), flushIntervalMs: 50, logger: { warn: () => undefined }, ...options })
  clients.push(client)
  expect(await client.ready()).toBe('ready')
  return client
}

async function flag(key: string): Promise<void> {
  const created = await admin(routes.createFlag, { params, body: { key, name: key, kind: 'experiment', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })
  expect(created.error).toBeNull()
}

/** Turns a flag on in production, and makes it serve a variant. */
async function show(key: string, variant: string): Promise<void> {
  const { body } = await admin(routes.getFlag, { params: { ...params, flag: key } })
  const production = body.environments.find(({ environment }) => environment === 'production')
  if (!production) throw new Error(`${key} has no production`)
  const saved = await admin(routes.saveTargeting, { params: { ...params, flag: key, environment: 'production' }, body: { basedOn: production.revision, targeting: { ...production.targeting, enabled: true, fallthrough: { variant } } } })
  expect(saved.error).toBeNull()
}

async function startedExperiment(flagKey: string, change: object = {}): Promise<string> {
  await flag(flagKey)
  const hypothesis = await admin(routes.createHypothesis, { params, body: completeDraft() })
  const created = await admin(routes.createExperiment, { params, body: { hypothesis: hypothesis.body.key, setup: { ...completeSetup(), flag: flagKey, ...change } } })
  await connectSdk(running)
  const started = await admin(routes.startExperiment, { params: { ...params, experiment: created.body.key }, body: { basedOn: created.body.revision, sealing: created.body.sealing, reason: 'A test needs it.' } })
  expect(started.error).toBeNull()
  const { body } = await admin(routes.getFlag, { params: { ...params, flag: flagKey } })
  const revision = body.environments.find(({ environment }) => environment === 'production')?.revision ?? 0
  expect((await admin(routes.turnOn, { params: { ...params, flag: flagKey, environment: 'production' }, body: { basedOn: revision } })).error).toBeNull()
  return created.body.key
}

async function stored<T>(query: string, query_params: Record<string, unknown>): Promise<T[]> {
  return (await running.deps.events.query({ query, query_params, format: 'JSONEachRow' })).json<T>()
}
const exposuresOf = (experiment: string) => stored<{ unit: string; variant: string; attributes: string }>('SELECT unit, variant, attributes FROM exposure WHERE experiment = {experiment:String} ORDER BY unit', { experiment })
const eventsNamed = (name: string) => stored<{ units: Record<string, string>; value: number | null; properties: string }>('SELECT units, value, properties FROM event FINAL WHERE name = {name:String} ORDER BY at, id', { name })
const connections = async () => (await admin(routes.getConnections, { params: { ...params, environment: 'production' } })).body

test('a change in the admin API reaches the client through the stream, and the server learns who uses what', async () => {
  await flag('banner')
  const client = await connect()
  const version = client.getBooleanDetails('banner', false).version ?? 0
  expect(client.getBooleanDetails('banner', true)).toMatchObject({ value: false, reason: 'STATIC', variant: 'off' })
  await show('banner', 'on')
  await vi.waitFor(() => { expect(client.getBoolean('banner', false)).toBe(true) }, soon)
  await show('banner', 'off')
  await vi.waitFor(() => { expect(client.getBoolean('banner', true)).toBe(false) }, soon)
  await vi.waitFor(async () => {
    const { instances, connected, upToDate } = await connections()
    expect([connected, upToDate, instances[0]?.sdk]).toEqual([1, 1, expect.stringMatching(/^assay-node\//)])
    expect(instances[0]?.version).toBeGreaterThan(version)
  }, soon)
})

test('exposures arrive once, with the arm that was served, and events with their units', async () => {
  const experiment = await startedExperiment('express-pay')
  const client = await connect()
  await vi.waitFor(() => { expect(client.getBooleanDetails('express-pay', false, { targetingKey: 'probe' }).reason).toBe('SPLIT') }, soon)
  const served = new Map<string, string>()
  for (let round = 0; round < 3; round++) {
    for (let unit = 0; unit < 200; unit++) {
      const details = client.getBooleanDetails('express-pay', false, { targetingKey: `user-${unit}`, country: 'DE', company: { plan: 'pro' } })
      expect([details.experiment, details.value]).toEqual([experiment, details.variant === 'on'])
      served.set(`user-${unit}`, details.variant ?? '')
    }
  }
  client.track('sdk-order', { targetingKey: 'user-1', company: { id: 'acme' } }, { value: 12.5, properties: { sku: 'a' } })
  client.identify('anonymous-1', 'user-1')
  const counts = await client.flush()
  expect([counts.rejected, counts.queued, counts.dropped]).toEqual([0, 0, {}])
  const exposures = (await exposuresOf(experiment)).filter(({ unit }) => unit !== 'probe')
  expect(new Map(exposures.map(({ unit, variant }) => [unit, variant]))).toEqual(served)
  expect(exposures).toHaveLength(200)
  expect(new Set(served.values())).toEqual(new Set(['on', 'off']))
  expect(JSON.parse(exposures[0]?.attributes ?? '')).toEqual({ country: 'DE', 'company.plan': 'pro' })
  expect(await eventsNamed('sdk-order')).toEqual([{ units: { user: 'user-1', company: 'acme' }, value: 12.5, properties: '{"sku":"a"}' }])
  expect(await stored('SELECT anonymousId, userId FROM link', {})).toEqual([{ anonymousId: 'anonymous-1', userId: 'user-1' }])
})

test('outside assignments are taken for experiments that ask for them, others are refused with a reason', async () => {
  const experiment = await startedExperiment('gate', { assignment: 'external' })
  const warnings: string[] = []
  const client = await connect({ backfill: true, logger: { warn: (message: string) => { warnings.push(message) } } })
  for (let unit = 0; unit < 50; unit++) client.expose({ experiment, unit, variant: unit % 2 === 0 ? 'on' : 'off', at: Date.UTC(2019, 0, 1, 0, unit), attributes: { unit } })
  client.expose({ experiment: 'no-such', unit: 'a', variant: 'on' })
  client.expose({ experiment, unit: 'a', variant: 'no-such' })
  expect(await client.flush()).toMatchObject({ queued: 0, sent: 50, rejected: 2 })
  expect(await exposuresOf(experiment)).toHaveLength(50)
  expect(warnings).toEqual([expect.stringContaining('no experiment no-such has started'), expect.stringContaining('has the arms')])
})

test('close sends what waits', async () => {
  const client = await connect({ flushIntervalMs: 60_000 })
  for (let count = 0; count < 250; count++) client.track('sdk-close', { targetingKey: `user-${count}` }, { value: count })
  expect(await client.close()).toMatchObject({ queued: 0, sent: 250, dropped: {} })
  expect(await eventsNamed('sdk-close')).toHaveLength(250)
})

test('a revoked key leaves the client with what it has', async () => {
  const warnings: string[] = []
  const client = await connect({ logger: { warn: (message: string) => { warnings.push(message) } } })
  const details = client.getBooleanDetails('banner', true)
  const { body } = await admin(routes.listKeys, { params })
  for (const key of body.keys) if (key.revokedAt === null) await admin(routes.revokeKey, { params: { ...params, id: key.id } })
  client.track('sdk-revoked', { targetingKey: 'u' })
  await vi.waitFor(() => { expect(warnings.join()).toContain('Events could not be sent (401') }, soon)
  expect(client.getBooleanDetails('banner', true)).toEqual(details)
  // The event, and the count of the evaluations.
  expect(await client.close()).toMatchObject({ sent: 0, dropped: { closed: 2 } })
  expect(await eventsNamed('sdk-revoked')).toEqual([])
})

test('a restart of the server is survived: flags stay, events wait, and changes arrive afterwards', async () => {
  const client = await connect({ maxQueueSize: 10_000 })
  await show('banner', 'on')
  await vi.waitFor(() => { expect(client.getBoolean('banner', false)).toBe(true) }, soon)
  const port = Number(new URL(running.url).port)
  await running.stop()
  for (let count = 0; count < 20; count++) {
    expect(client.getBoolean('banner', false)).toBe(true)
    client.track('sdk-restart', { targetingKey: `user-${count}` })
  }
  running = await start(port)
  await show('banner', 'off')
  await vi.waitFor(() => { expect(client.getBoolean('banner', true)).toBe(false) }, soon)
  await vi.waitFor(async () => { expect(await eventsNamed('sdk-restart')).toHaveLength(20) }, soon)
  await vi.waitFor(async () => {
    const { connected, upToDate, instances, version } = await connections()
    expect(instances.filter((instance) => instance.version === version).length).toBe(upToDate)
    expect([connected > 0, upToDate > 0]).toEqual([true, true])
  }, soon)
})

test('the ten lines of the guide do what it says', async () => {
  const experiment = await startedExperiment('guide-flag')
  const guide = readFileSync(new URL('../../../docs/sdk.md', import.meta.url), 'utf8')
  const lines = /```js\n(import [^]*?)```/.exec(guide)?.[1] ?? ''
  expect(lines.trim().split('\n').length).toBeLessThanOrEqual(10)
  const said: unknown[] = []
  const body = lines.replace(/^import .*\n/, '').replace("'express-pay'", "'guide-flag'")
  const run = new Function('createClient', 'console', 'process', `return (async () => { ${body} })()`) as (...args: unknown[]) => Promise<void>
  await run(createClient, { log: (value: unknown) => said.push(value) }, { env: { ASSAY_URL: running.url, ASSAY_KEY: await secret() } })
  expect(said).toEqual(['ready', { queued: 0, sent: expect.any(Number), rejected: 0, dropped: {} }])
  expect(await exposuresOf(experiment)).toHaveLength(1000)
})
