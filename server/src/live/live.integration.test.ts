import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { liveAcknowledged, liveChanges, liveReconnect, type LiveChange } from '../contract/live.ts'
import { routes } from '../contract/routes.ts'
import type { Api } from '../testing/api.ts'
import { readEventStream, type EventStream } from '../testing/event-stream.ts'
import { startInstance, startTestServer, type TestServer } from '../testing/test-server.ts'
import { MOST_NAMED } from './live-frame.ts'
import { STREAMS_PER_PERSON } from './live.service.ts'

const soon = { timeout: 20_000, interval: 10 }

describe.each(['pglite', 'postgres'] as const)('the stream of a project on %s', (database) => {
  let server: TestServer
  let viewer: Api
  const open: EventStream[] = []

  beforeAll(async () => {
    server = await startTestServer({ database })
    viewer = await server.as('viewer')
  })
  afterAll(async () => {
    for (const stream of open) stream.close()
    await server.close()
  })

  async function follow(api: Api, query = '', headers: Record<string, string> = {}, project = 'shop'): Promise<EventStream> {
    const stream = await readEventStream((signal) => api.fetch(`/api/v1/projects/${project}/live${query}`, { headers, signal }))
    open.push(stream)
    return stream
  }

  async function flag(key: string, api = server.admin, project = 'shop'): Promise<void> {
    const created = await api(routes.createFlag, { params: { project }, body: { key, name: key, kind: 'release', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })
    expect(created.error).toBeNull()
  }

  const changesOf = ({ events }: EventStream) => events.filter(({ event }) => event === 'changed').map(({ data }) => liveChanges.parse(JSON.parse(data)))
  const namedIn = (stream: EventStream) => changesOf(stream).flatMap(({ changes }) => changes).map(({ kind, key, environment }) => [kind, key, environment].filter((part) => part !== null).join(' '))
  const standings = ({ events }: EventStream) => events.filter(({ event }) => event === 'acknowledged').map(({ data }) => liveAcknowledged.parse(JSON.parse(data))).filter(({ environment }) => environment === 'production')
  const lastId = ({ events }: EventStream) => events.findLast(({ id }) => id !== null)?.id ?? ''
  const head = async () => (await server.db.project.findFirstOrThrow({ where: { key: 'shop' } })).auditSeq

  test('what one person changes is told to another, with its revision and never with what it says', async () => {
    const stream = await follow(viewer)
    expect([stream.status, stream.headers.get('content-type'), stream.headers.get('cache-control'), stream.headers.get('x-accel-buffering')]).toEqual([200, 'text/event-stream; charset=utf-8', 'no-store, no-transform', 'no'])
    await stream.received(1)
    await flag('told')
    await vi.waitFor(() => { expect(namedIn(stream)).toContain('flag told') }, soon)
    expect((await server.admin(routes.turnOff, { params: { project: 'shop', flag: 'told', environment: 'production' }, body: {} })).error).toBeNull()
    const off = { kind: 'flag', key: 'told', environment: 'production' }
    await vi.waitFor(() => { expect(changesOf(stream).flatMap(({ changes }) => changes)).toContainEqual<LiveChange>({ ...off, revision: expect.any(Number) }) }, soon)
    expect(lastId(stream)).toBe(String(await head()))
  })

  test('a page that was away is sent what it missed, by its last event or by the address', async () => {
    const from = await head()
    await flag('missed')
    for (const stream of [await follow(viewer, `?after=${from}`), await follow(viewer, '?after=0', { 'last-event-id': String(from) })]) {
      await stream.received(1)
      expect(namedIn(stream)).toEqual(['flag missed'])
      expect(lastId(stream)).toBe(String(from + 1))
    }
  })

  test('a page that begins is sent what changed while it loaded', async () => {
    await flag('just-now')
    const stream = await follow(viewer)
    await stream.received(1)
    expect(namedIn(stream)).toContain('flag just-now')
  })

  test('after a gap that is too long, or in another history, everything may have changed', async () => {
    const seq = await head()
    const { id: projectId } = await server.db.project.findFirstOrThrow({ where: { key: 'shop' } })
    const at = new Date()
    await server.db.auditEntry.createMany({ data: Array.from({ length: MOST_NAMED + 1 }, (_, index) => ({ projectId, seq: seq + 1 + index, at, actorName: 'Ada Admin', action: 'created', entityKind: 'flag', entityKey: `many-${index}`, previousHash: '', hash: '' })) })
    await server.db.project.update({ where: { id: projectId }, data: { auditSeq: seq + 1 + MOST_NAMED } })
    for (const after of [seq, seq + 10_000]) {
      const stream = await follow(viewer, `?after=${after}`)
      await stream.received(1)
      expect(changesOf(stream)[0]).toEqual({ changes: [], all: true })
      expect(Number(lastId(stream))).toBeLessThanOrEqual(seq + 1 + MOST_NAMED)
    }
    expect((await viewer.fetch('/api/v1/projects/shop/live?after=yesterday')).status).toBe(400)
    expect((await viewer.fetch('/api/v1/projects/shop/live?before=1')).status).toBe(400)
  })

  test('nothing of one project is told to those who read another', async () => {
    const other = await server.as('admin')
    expect((await other(routes.createProject, { body: { key: 'other', name: 'Other' } })).error).toBeNull()
    const stream = await follow(other, '', {}, 'other')
    await stream.received(1)
    await flag('of-the-shop')
    await flag('of-the-other', other, 'other')
    await vi.waitFor(() => { expect(namedIn(stream)).toContain('flag of-the-other') }, soon)
    expect(namedIn(stream)).not.toContain('flag of-the-shop')
    expect((await follow(viewer, '', {}, 'other')).status).toBe(404)
  })

  test('signing out ends the stream, and so does losing the membership', async () => {
    const leaving = await server.as('engineer')
    const removed = await server.as('engineer')
    const { id: userId } = (await removed(routes.getMe)).body
    const streams = [await follow(leaving), await follow(removed), await follow(viewer)]
    for (const stream of streams) await stream.received(1)
    await leaving(routes.signOut)
    await vi.waitFor(() => { expect(streams.map((stream) => stream.ended())).toEqual([true, false, false]) }, soon)
    await server.admin(routes.removeMember, { params: { project: 'shop', userId } })
    await vi.waitFor(() => { expect(streams.map((stream) => stream.ended())).toEqual([true, true, false]) }, soon)
    expect((await follow(leaving)).status).toBe(401)
    // It was their only project: they are signed out.
    expect((await follow(removed)).status).toBe(401)
  })

  test('a stream that an API token opened ends with the token', async () => {
    const created = await server.admin(routes.createApiToken, { params: { project: 'shop' }, body: { name: 'Dashboard', role: 'viewer', expiresAt: new Date(Date.now() + 3_600_000).toISOString() } })
    expect(created.error).toBeNull()
    const stream = await follow(server.anonymous(), '', { authorization: `Bearer ${created.body.value}` })
    await stream.received(1)
    await server.admin(routes.revokeApiToken, { params: { project: 'shop', token: created.body.token.id } })
    await vi.waitFor(() => { expect(stream.ended()).toBe(true) }, soon)
  })

  test('a publish is live once the last connected SDK has acknowledged it, and the time is the server’s', async () => {
    const key = await server.key('server', 'production')
    const acknowledge = async (instanceId: string, version: number, more: { leaving?: true } = {}) => {
      const body = { instanceId, sdk: 'assay-node/1.0.0', epoch: server.deps.installation.epoch(), version, appliedAt: '2001-01-01T00:00:00.000Z', ...more }
      expect((await fetch(new URL('/sdk/v1/seen', server.url), { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify(body) })).status).toBe(204)
    }
    const at = { params: { project: 'shop', environment: 'production' } }
    const { version } = (await server.admin(routes.getConnections, at)).body
    const stream = await follow(viewer)
    const stands = (wanted: object) => vi.waitFor(() => { expect(standings(stream).at(-1)).toMatchObject(wanted) }, soon)
    await acknowledge('a', version)
    await acknowledge('b', version)
    await stands({ connected: 2, upToDate: 2, liveAfterMs: null })
    await flag('published')
    await stands({ version: version + 1, connected: 2, upToDate: 0 })
    await acknowledge('a', version + 1)
    await stands({ connected: 2, upToDate: 1, liveAfterMs: null })
    await acknowledge('b', version + 1)
    await stands({ connected: 2, upToDate: 2, liveAfterMs: expect.any(Number) })
    const { liveAfterMs, publishedAt } = (await server.admin(routes.getConnections, at)).body
    expect(standings(stream).at(-1)).toMatchObject({ liveAfterMs, publishedAt })
    const row = await server.db.sdkInstance.findFirstOrThrow({ where: { instanceId: 'b' } })
    expect(row.acknowledgedAt?.getTime()).toBe(Date.parse(publishedAt ?? '') + (liveAfterMs ?? 0))

    // Saying it again, and one that starts with it, make it no later.
    const told = standings(stream).length
    await acknowledge('b', version + 1)
    await acknowledge('c', version + 1)
    await stands({ connected: 3, upToDate: 3, liveAfterMs })
    expect(standings(stream)).toHaveLength(told + 1)

    // Nobody waits for one that says that it ends.
    await flag('published-next')
    await acknowledge('a', version + 2)
    await acknowledge('b', version + 2)
    await stands({ version: version + 2, connected: 3, upToDate: 2, liveAfterMs: null })
    await acknowledge('c', version + 1, { leaving: true })
    await stands({ connected: 2, upToDate: 2, liveAfterMs: expect.any(Number) })
  })

  test('one person may have so many pages open, and others are not kept from theirs', async () => {
    const busy = await server.as('product_owner')
    const streams = await Promise.all(Array.from({ length: STREAMS_PER_PERSON }, () => follow(busy)))
    expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200))
    expect((await follow(busy)).status).toBe(429)
    expect((await follow(viewer)).status).toBe(200)
    streams[0]?.close()
    await vi.waitFor(async () => { expect((await follow(busy)).status).toBe(200) }, soon)
  })
})

test('a page on one instance is told what was done on another and is sent elsewhere when it stops; signing out anywhere ends it', async () => {
  const first = await startTestServer({ database: 'postgres' })
  const second = await startInstance({ database: 'postgres', env: { DATABASE_URL: first.deps.config.databaseUrl ?? '' } })
  const stream = await readEventStream((signal) => first.admin.fetch(`${second.url}/api/v1/projects/shop/live`, { signal }))
  await stream.received(1)
  await first.admin(routes.createFlag, { params: { project: 'shop' }, body: { key: 'far', name: 'Far', kind: 'release', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })
  await vi.waitFor(() => { expect(stream.events.some(({ data }) => data.includes('"key":"far"'))).toBe(true) }, soon)

  second.deps.live.stop()
  await vi.waitFor(() => { expect(stream.ended()).toBe(true) }, soon)
  const last = stream.events.at(-1)
  expect(last?.event).toBe('reconnect')
  expect(liveReconnect.parse(JSON.parse(last?.data ?? '')).retryMs).toBeLessThanOrEqual(1_000)
  expect((await first.admin.fetch(`${second.url}/api/v1/projects/shop/live`)).status).toBe(503)

  const moved = await readEventStream((signal) => first.admin.fetch('/api/v1/projects/shop/live', { signal }))
  expect((await first.admin.fetch(`${second.url}/api/v1/session`, { method: 'DELETE' })).status).toBe(204)
  await vi.waitFor(() => { expect(moved.ended()).toBe(true) }, soon)
  await second.close()
  await first.close()
})
