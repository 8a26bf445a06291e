import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { routes } from '../contract/routes.ts'
import { openEventStream } from '../testing/event-stream.ts'
import { type Instance, PASSWORD, startInstance, startTestServer, type TestServer } from '../testing/test-server.ts'

const HOUR = 3_600_000
const soon = { timeout: 20_000, interval: 10 }
const params = { project: 'shop' }

let clock = Date.now()
const now = () => new Date(clock)
let server: TestServer
let other: Instance
beforeAll(async () => {
  server = await startTestServer({ database: 'postgres', now })
  other = await startInstance({ database: 'postgres', env: { DATABASE_URL: server.deps.config.databaseUrl ?? '' }, now })
})
afterAll(async () => {
  await other.close()
  await server.close()
})

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` })
const streamOf = (url: string, secret: string) => openEventStream(new URL('/sdk/v1/stream', url), bearer(secret))

async function pass(ms: number) {
  clock += ms
  expect((await server.admin(routes.signIn, { body: { email: 'admin@example.com', password: PASSWORD } })).status).toBe(200)
}

async function create(kind: 'server' | 'client' = 'server') {
  const created = await server.admin(routes.createKey, { params, body: { environment: 'production', kind, name: 'Checkout service' } })
  expect(created.status).toBe(201)
  return created.body
}
const rotate = (id: string, body: { overlapHours?: 0 | 1 | 24 | 168 } = {}) => server.admin(routes.rotateKey, { params: { ...params, id }, body })
const extend = (id: string, stopsAt: number) => server.admin(routes.extendKey, { params: { ...params, id }, body: { stopsAt: new Date(stopsAt).toISOString() } })
const listed = async (id: string) => (await server.admin(routes.listKeys, { params })).body.keys.find((key) => key.id === id)

/** The status that each way in answers to a key. */
async function waysIn(url: string, secret: string) {
  const post = (path: string, body: unknown) => fetch(new URL(path, url), { method: 'POST', headers: { ...bearer(secret), 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const answers = [
    await fetch(new URL('/sdk/v1/ruleset', url), { headers: bearer(secret) }),
    await post('/sdk/v1/events', { sentAt: now().toISOString(), items: [] }),
    await post('/ofrep/v1/evaluate/flags', { context: { targetingKey: 'u-1' } }),
  ]
  return answers.map(({ status }) => status)
}

test('a rotated key works beside the new one until its overlap is over, then stops on every instance, with its streams', async () => {
  const old = await create()
  const rotated = await rotate(old.key.id)
  expect(rotated.status).toBe(201)
  const { key, secret, replaced } = rotated.body
  const stopsAt = new Date(clock + 24 * HOUR).toISOString()
  expect(key).toMatchObject({ name: 'Checkout service', environment: 'production', kind: 'server', prefix: secret.slice(0, 8), replacedBy: null, stopsAt: null, revokedAt: null })
  expect(replaced).toMatchObject({ id: old.key.id, replacedBy: { id: key.id, prefix: key.prefix }, stopsAt, revokedAt: null })
  expect(secret).not.toBe(old.secret)

  const bulk = await fetch(new URL('/ofrep/v1/evaluate/flags', server.url), { method: 'POST', headers: { ...bearer(old.secret), 'content-type': 'application/json' }, body: '{"context":{"targetingKey":"u-1"}}' })
  const { eventStreams } = (await bulk.json()) as { eventStreams: { endpoint: { requestUri: string } }[] }
  const address = eventStreams[0]?.endpoint.requestUri
  if (address === undefined) throw new Error('The bulk answer names no stream.')

  for (const { url } of [server, other]) {
    expect(await waysIn(url, old.secret)).toEqual([200, 202, 200])
    expect(await waysIn(url, secret)).toEqual([200, 202, 200])
  }
  const streams = [await streamOf(server.url, old.secret), await streamOf(other.url, old.secret), await openEventStream(new URL(address, server.url), {})]
  const kept = await streamOf(server.url, secret)
  await Promise.all([...streams.slice(0, 2), kept].map((stream) => stream.received(1)))

  await pass(24 * HOUR - 1)
  for (const { url } of [server, other]) expect(await waysIn(url, old.secret)).toEqual([200, 202, 200])
  expect(streams.map((stream) => stream.ended())).toEqual([false, false, false])

  clock += 1
  for (const { url } of [server, other]) expect(await waysIn(url, old.secret)).toEqual([401, 401, 401])
  await vi.waitFor(() => { expect(streams.map((stream) => stream.ended())).toEqual([true, true, true]) }, soon)
  expect((await openEventStream(new URL(address, server.url), {})).status).toBe(401)
  expect(kept.ended()).toBe(false)
  kept.close()
  for (const { url } of [server, other]) expect(await waysIn(url, secret)).toEqual([200, 202, 200])
  expect(await listed(old.key.id)).toMatchObject({ stopsAt, revokedAt: stopsAt, replacedBy: { id: key.id } })
  expect((await extend(old.key.id, clock + HOUR)).error?.code).toBe('wrong_state')
  expect((await rotate(old.key.id)).error?.code).toBe('wrong_state')
})

test('without an overlap the old key stops at once, with its stream', async () => {
  const old = await create()
  const stream = await streamOf(server.url, old.secret)
  await stream.received(1)
  const { secret, replaced } = (await rotate(old.key.id, { overlapHours: 0 })).body
  expect(replaced.revokedAt).toBe(now().toISOString())
  expect(await waysIn(server.url, old.secret)).toEqual([401, 401, 401])
  await vi.waitFor(() => { expect(stream.ended()).toBe(true) }, soon)
  await vi.waitFor(async () => { expect(await waysIn(other.url, old.secret)).toEqual([401, 401, 401]) }, soon)
  expect(await waysIn(other.url, secret)).toEqual([200, 202, 200])
})

test('an overlap is made longer, on every instance, and ended before its time', async () => {
  const old = await create()
  await rotate(old.key.id, { overlapHours: 1 })
  const end = clock + HOUR
  expect((await extend(old.key.id, end - 1)).error).toMatchObject({ code: 'invalid_request', details: [{ path: 'stopsAt' }] })
  expect((await extend(old.key.id, clock + 31 * 24 * HOUR)).error?.code).toBe('invalid_request')
  expect((await extend(old.key.id, end)).status).toBe(200)
  expect((await extend(old.key.id, end + HOUR)).body).toMatchObject({ stopsAt: new Date(end + HOUR).toISOString(), revokedAt: null })

  await pass(HOUR + 1)
  await vi.waitFor(async () => { expect(await waysIn(other.url, old.secret)).toEqual([200, 202, 200]) }, soon)
  expect(await waysIn(server.url, old.secret)).toEqual([200, 202, 200])

  expect((await server.admin(routes.revokeKey, { params: { ...params, id: old.key.id } })).status).toBe(204)
  expect(await waysIn(server.url, old.secret)).toEqual([401, 401, 401])
  const { entries } = (await server.admin(routes.listAudit, { params, query: { kind: 'key', key: old.key.prefix } })).body
  expect(entries.map(({ action, after }) => [action, after])).toEqual([
    ['key.revoked', null],
    ['key.extended', { stopsAt: new Date(end + HOUR).toISOString() }],
    ['key.rotated', { replacedBy: expect.any(String), overlapHours: 1, stopsAt: new Date(end).toISOString() }],
    ['key.created', { kind: 'server', name: 'Checkout service' }],
  ])
})

test('a key is rotated once, and only while it works', async () => {
  const old = await create('client')
  const first = await rotate(old.key.id)
  expect(first.body.secret).toMatch(/^cli_/)
  expect((await rotate(old.key.id)).error).toMatchObject({ code: 'wrong_state', message: expect.stringContaining(first.body.key.prefix) })
  expect((await extend(first.body.key.id, clock + HOUR)).error).toMatchObject({ code: 'wrong_state' })
  expect((await rotate(first.body.key.id)).status).toBe(201)
  const gone = await create()
  await server.admin(routes.revokeKey, { params: { ...params, id: gone.key.id } })
  expect((await rotate(gone.key.id)).error?.code).toBe('wrong_state')
  for (const id of ['00000000-0000-7000-8000-000000000000', 'nonsense']) expect((await rotate(id)).error?.code).toBe('not_found')
  const wrong = await server.admin.fetch(`/api/v1/projects/shop/keys/${first.body.key.id}/rotate`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"overlapHours":5}' })
  expect([wrong.status, await wrong.json()]).toMatchObject([400, { error: { code: 'invalid_request', message: 'overlapHours: Choose 0, 1, 24 or 168 hours.' } }])
})

test('what used a key last is kept by the name it gives itself', async () => {
  const { key, secret } = await create()
  const ask = (userAgent: string) => fetch(new URL('/sdk/v1/ruleset', server.url), { headers: { ...bearer(secret), 'user-agent': userAgent } })
  await ask('curl/8.5.0')
  await vi.waitFor(async () => { expect(await listed(key.id)).toMatchObject({ lastUsedBy: 'curl/8.5.0', lastUsedAt: now().toISOString() }) }, soon)
  const seen = { instanceId: 'i-1', sdk: 'assay-node/9.9', epoch: 'e', version: 1, appliedAt: now().toISOString() }
  expect((await fetch(new URL('/sdk/v1/seen', server.url), { method: 'POST', headers: { ...bearer(secret), 'content-type': 'application/json' }, body: JSON.stringify(seen) })).status).toBe(204)
  await vi.waitFor(async () => { expect(await listed(key.id)).toMatchObject({ lastUsedBy: 'assay-node/9.9' }) }, soon)
  // One that says no more than what it is written in leaves the name.
  await pass(60_000)
  await ask('node')
  await vi.waitFor(async () => { expect(await listed(key.id)).toMatchObject({ lastUsedBy: 'assay-node/9.9', lastUsedAt: now().toISOString() }) }, soon)
})
