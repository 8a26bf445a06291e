import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import express from 'express'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Ruleset } from '@assay/sdk/core'
import { routes } from '../contract/routes.ts'
import { provideKeys } from '../http/authenticate-key.ts'
import { createErrorHandler } from '../http/error-handler.ts'
import { jsonBody } from '../http/json-body.ts'
import { createOfrep } from '../ofrep/ofrep.service.ts'
import { openPostgres, type Listen } from '../platform/postgres.ts'
import { openDatabaseGate } from '../testing/database-gate.ts'
import { openEventStream } from '../testing/event-stream.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import type { RulesetServer } from './ruleset-server.ts'
import { createRulesetServer, type RulesetServerTimes } from './ruleset-server.service.ts'
import { registerRulesetSdkRoutes } from './rulesets.routes.ts'

const soon = { timeout: 20_000, interval: 10 }
const noNotifications: Listen = async () => async () => undefined

async function flag(server: TestServer, key: string) {
  const created = await server.admin(routes.createFlag, { params: { project: 'shop' }, body: { key, name: key, kind: 'release', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })
  // A writer that waited too long for its turn is told that nothing was saved, and to come again.
  if (created.status === 503) await flag(server, key)
  else if (created.status !== 201) throw new Error(`creating ${key} answered ${created.status}`)
}

async function environmentId(server: TestServer, key = 'production') {
  return (await server.db.environment.findFirstOrThrow({ where: { key, project: { key: 'shop' } } })).id
}

/** The SDK routes of one more instance, on a port of its own. */
async function serveInstance(server: TestServer, rulesets: RulesetServer) {
  const app = express()
  provideKeys(app, server.deps.keys)
  app.use('/sdk', jsonBody('1mb'))
  registerRulesetSdkRoutes(app, { rulesets })
  app.use(createErrorHandler(server.deps.log))
  const http = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => http.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    async close() {
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

describe.each(['pglite', 'postgres'] as const)('the ruleset server on %s', (database) => {
  let server: TestServer
  let key: string
  let environment: string

  beforeAll(async () => {
    server = await startTestServer({ database })
    key = await server.key('server', 'production')
    environment = await environmentId(server)
    await flag(server, 'checkout')
  })
  afterAll(() => server.close())

  const get = (path: string, headers: Record<string, string> = {}, secret = key) => fetch(new URL(path, server.url), { headers: { authorization: `Bearer ${secret}`, ...headers } })

  test('the served text is the committed one, and 304 in every encoding', async () => {
    const row = await server.db.ruleset.findFirstOrThrow({ where: { environmentId: environment }, orderBy: { version: 'desc' } })
    const tags = new Set<string>()
    for (const encoding of ['identity', 'gzip', 'br']) {
      const response = await get('/sdk/v1/ruleset', { 'accept-encoding': encoding })
      expect(response.status).toBe(200)
      expect(response.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding)
      expect(await response.text()).toBe(row.body)
      expect(response.headers.get('cache-control')).toBe('no-cache')
      expect(response.headers.get('vary')).toContain('Accept-Encoding')
      expect(response.headers.get('x-assay-version')).toBe(`${row.epoch}:${row.version}`)
      expect(response.headers.get('x-ruleset-source')).toBe('database')
      const etag = response.headers.get('etag') ?? ''
      expect(etag).toMatch(/^"[^"]+"$/)
      tags.add(etag)
      const unchanged = await get('/sdk/v1/ruleset', { 'accept-encoding': encoding, 'if-none-match': etag })
      expect([unchanged.status, unchanged.headers.get('etag'), await unchanged.text()]).toEqual([304, etag, ''])
    }
    expect(tags.size).toBe(3)
    expect((await get('/sdk/v1/ruleset', { 'accept-encoding': 'gzip, deflate, br' })).headers.get('content-encoding')).toBe('br')
    const [old = ''] = tags
    await flag(server, 'after-304')
    const changed = await get('/sdk/v1/ruleset', { 'if-none-match': old })
    expect(changed.status).toBe(200)
    expect(((await changed.json()) as Ruleset).version).toBe(row.version + 1)
  })

  test('only server keys read rulesets', async () => {
    const client = await server.key('client', 'production')
    for (const path of ['/sdk/v1/ruleset', '/sdk/v1/stream']) {
      expect((await fetch(new URL(path, server.url))).status).toBe(401)
      expect((await get(path, {}, 'sdk-nonsense')).status).toBe(401)
      const refused = await get(path, {}, client)
      expect(refused.status).toBe(403)
      expect(((await refused.json()) as { error: { code: string } }).error.code).toBe('wrong_key_kind')
    }
    const staging = await server.key('server', 'staging')
    expect(((await (await get('/sdk/v1/ruleset', {}, staging)).json()) as Ruleset).environment).toBe('staging')
  })

  test('50 concurrent writers give 50 gapless versions, each with its audit entry', async () => {
    const before = (await server.db.environment.findUniqueOrThrow({ where: { id: environment } })).rulesetVersion
    const auditBefore = await server.db.auditEntry.count()
    await Promise.all(Array.from({ length: 50 }, (_, index) => flag(server, `writer-${index}`)))
    const rows = await server.db.ruleset.findMany({ where: { environmentId: environment }, orderBy: { version: 'asc' }, select: { version: true, body: true } })
    expect(rows.map((row) => row.version)).toEqual(Array.from({ length: before + 50 }, (_, index) => index + 1))
    const sizes = rows.map((row) => (JSON.parse(row.body) as Ruleset).flags.length)
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b))
    expect(await server.db.auditEntry.count()).toBe(auditBefore + 50)
    const served = (await (await get('/sdk/v1/ruleset')).json()) as Ruleset
    expect([served.version, served.flags.filter((item) => item.key.startsWith('writer-')).length]).toEqual([before + 50, 50])
  })

  test('a stream begins with the newest ruleset, then gets each version, and resumes without a repeat', async () => {
    const headers = { authorization: `Bearer ${key}`, accept: 'text/event-stream' }
    const stream = await openEventStream(new URL('/sdk/v1/stream', server.url), headers)
    expect(stream.headers.get('content-type')).toContain('text/event-stream')
    const [first] = await stream.received(1)
    const current = await (await get('/sdk/v1/ruleset')).text()
    expect(first).toMatchObject({ event: 'ruleset', data: current })
    const { epoch, version } = JSON.parse(current) as Ruleset
    expect(first?.id).toBe(`${epoch}:${version}`)
    await flag(server, 'while-streaming')
    const [, second] = await stream.received(2)
    expect(second?.id).toBe(`${epoch}:${version + 1}`)
    stream.close()

    const resumed = await openEventStream(new URL('/sdk/v1/stream', server.url), { ...headers, 'last-event-id': `${epoch}:${version + 1}` })
    await flag(server, 'after-resuming')
    expect((await resumed.received(1)).map((event) => event.id)).toEqual([`${epoch}:${version + 2}`])
    resumed.close()
    const behind = await openEventStream(new URL('/sdk/v1/stream', server.url), { ...headers, 'last-event-id': `${epoch}:${version}` })
    expect((await behind.received(1))[0]?.id).toBe(`${epoch}:${version + 2}`)
    behind.close()
  })

  test('a quiet stream gets heartbeats; a stopping instance asks to reconnect and takes no new stream', async () => {
    const rulesets = createRulesetServer({ ...server.deps, config: { ...server.deps.config, dataDir: mkdtempSync(join(tmpdir(), 'assay-instance-')) } }, { heartbeatMs: 20 })
    await rulesets.start()
    const instance = await serveInstance(server, rulesets)
    const stream = await openEventStream(new URL('/sdk/v1/stream', instance.url), { authorization: `Bearer ${key}` })
    await vi.waitFor(() => { expect(stream.comments.filter((comment) => comment === 'heartbeat').length).toBeGreaterThan(2) }, soon)
    expect(stream.events).toHaveLength(1)
    await rulesets.stop()
    await vi.waitFor(() => { expect(stream.ended()).toBe(true) }, soon)
    expect(stream.events[1]).toMatchObject({ event: 'reconnect', data: expect.stringMatching(/^\{"retryMs":\d+\}$/) as string })
    const refused = await fetch(new URL('/sdk/v1/stream', instance.url), { headers: { authorization: `Bearer ${key}` } })
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await fetch(new URL('/sdk/v1/ruleset', instance.url), { headers: { authorization: `Bearer ${key}` } })).status).toBe(200)
    await instance.close()
    await rulesets.close()
  })

  test('acknowledgements become connections', async () => {
    const seen = (body: object, secret = key) => fetch(new URL('/sdk/v1/seen', server.url), { method: 'POST', headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }, body: JSON.stringify(body) })
    const { epoch, version } = (await (await get('/sdk/v1/ruleset')).json()) as Ruleset
    const now = new Date().toISOString()
    const acknowledgement = { instanceId: 'a', sdk: '@assay/sdk 0.1.0', epoch, version, appliedAt: now }
    expect((await seen({ ...acknowledgement, version: version - 1 })).status).toBe(204)
    expect((await seen(acknowledgement)).status).toBe(204)
    expect((await seen({ ...acknowledgement, instanceId: 'b', version: version - 1 })).status).toBe(204)
    // A clock gone wrong must not spoil the others' acknowledgements.
    expect((await seen({ ...acknowledgement, instanceId: 'c', appliedAt: '0001-01-01T00:00:00Z' })).status).toBe(204)
    const path = { params: { project: 'shop', environment: 'production' } }
    await vi.waitFor(async () => { expect((await server.admin(routes.getConnections, path)).body.connected).toBe(3) }, soon)
    const { body } = await server.admin(routes.getConnections, path)
    expect(body).toMatchObject({ epoch, version, connected: 3, upToDate: 2 })
    expect(body.instances.find((instance) => instance.instanceId === 'a')).toMatchObject({ sdk: '@assay/sdk 0.1.0', version, appliedAt: now })
    expect((await server.admin(routes.getConnections, { params: { project: 'shop', environment: 'staging' } })).body).toMatchObject({ connected: 0, upToDate: 0, instances: [] })

    await server.db.sdkInstance.updateMany({ where: { instanceId: 'b' }, data: { seenAt: new Date(Date.now() - 200_000) } })
    expect((await server.admin(routes.getConnections, path)).body.connected).toBe(2)

    expect((await seen({ ...acknowledgement, version: -1 })).status).toBe(400)
    expect((await seen({ ...acknowledgement, version: 2 ** 40 })).status).toBe(400)
    expect((await seen({ instanceId: 'a' })).status).toBe(400)
    expect((await seen(acknowledgement, await server.key('client', 'production'))).status).toBe(403)
    expect((await server.admin(routes.getConnections, { params: { project: 'shop', environment: 'moon' } })).status).toBe(404)
  })

  test('a problem that was there before does not stand in the way of turning off', async () => {
    const params = { project: 'shop', flag: 'checkout', environment: 'production' }
    const state = (await server.admin(routes.getFlag, { params })).body.environments.find((item) => item.environment === 'production')
    if (!state) throw new Error('no production')
    // Written past the check, as an older version with a laxer check could have left it.
    await server.db.rule.create({ data: { flagId: (await server.db.flag.findFirstOrThrow({ where: { key: 'checkout' } })).id, environmentId: environment, id: 'old', position: 0, serve: { variant: 'gone' } } })
    const newest = await server.db.ruleset.findFirstOrThrow({ where: { environmentId: environment }, orderBy: { version: 'desc' } })
    const body = JSON.parse(newest.body) as Ruleset
    const left = { ...body, flags: body.flags.map((item) => (item.key === 'checkout' ? { ...item, rules: [{ id: 'old', serve: { variant: 'gone' } }] } : item)) }
    await server.db.ruleset.update({ where: { environmentId_version: { environmentId: environment, version: newest.version } }, data: { body: JSON.stringify(left) } })
    expect((await server.admin(routes.turnOff, { params, body: {} })).status).toBe(200)
    const worse = await server.admin(routes.saveTargeting, { params, body: { basedOn: state.revision + 1, targeting: { ...state.targeting, fallthrough: { variant: 'gone too' }, rules: [{ id: 'old', name: '', serve: { variant: 'gone' } }] } } })
    expect(worse.status).toBe(400)
    const better = await server.admin(routes.saveTargeting, { params, body: { basedOn: state.revision + 1, targeting: state.targeting } })
    expect(better.status).toBe(200)
  })

  test('a new epoch publishes every environment again, so that every client sees a greater identity', async () => {
    const before = server.deps.rulesets.current(environment)
    const epoch = 'ffffffff-ffff-7fff-bfff-ffffffffffff'
    const rulesets = createRulesetServer({ ...server.deps, config: { ...server.deps.config, dataDir: mkdtempSync(join(tmpdir(), 'assay-instance-')) }, installation: { epoch: () => epoch } })
    await rulesets.start()
    expect(rulesets.current(environment)).toMatchObject({ epoch, version: (before?.version ?? 0) + 1 })
    expect(rulesets.current(environment)?.ruleset()).toMatchObject({ epoch, flags: before?.ruleset().flags })
    // The running instance learns of it, too.
    await vi.waitFor(() => { expect(server.deps.rulesets.current(environment)?.epoch).toBe(epoch) }, soon)
    await rulesets.close()
  })
})

describe('further instances on one PostgreSQL', () => {
  let server: TestServer
  let environment: string
  const undo: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    server = await startTestServer({ database: 'postgres' })
    environment = await environmentId(server)
    await flag(server, 'checkout')
  })
  afterAll(async () => {
    for (const step of undo.reverse()) await step()
    await server.close()
  })

  async function instance(options: { databaseUrl?: string; listen?: Listen; times?: Partial<RulesetServerTimes>; dataDir?: string } = {}) {
    const control = await openPostgres(options.databaseUrl ?? server.deps.config.databaseUrl ?? '')
    const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'assay-instance-'))
    const rulesets = createRulesetServer({ ...server.deps, db: control.db, listen: options.listen ?? control.listen, config: { ...server.deps.config, dataDir } }, options.times)
    const close = async () => {
      await rulesets.close()
      await control.close()
    }
    return { rulesets, dataDir, close }
  }
  const version = () => server.deps.rulesets.current(environment)?.version ?? 0

  test('a notification brings a committed ruleset to every other instance', async () => {
    const second = await instance({ times: { reconcileMs: 600_000 } })
    undo.push(second.close)
    await second.rulesets.start()
    const seen: number[] = []
    second.rulesets.subscribe(environment, (ruleset) => seen.push(ruleset.version))
    await flag(server, 'notified')
    await vi.waitFor(() => { expect(second.rulesets.current(environment)?.version).toBe(version()) }, soon)
    expect(seen).toEqual([version()])
  })

  test('with notifications cut, reconciliation brings it', async () => {
    const deaf = await instance({ listen: noNotifications, times: { reconcileMs: 50 } })
    undo.push(deaf.close)
    await deaf.rulesets.start()
    await flag(server, 'reconciled')
    await vi.waitFor(() => { expect(deaf.rulesets.current(environment)?.version).toBe(version()) }, soon)
  })

  test('where a client knows of a newer ruleset than the instance it asks, the instance catches up before it answers', async () => {
    const deaf = await instance({ listen: noNotifications, times: { reconcileMs: 600_000 } })
    undo.push(deaf.close)
    await deaf.rulesets.start()
    const ofrep = createOfrep({ ...server.deps, rulesets: deaf.rulesets })
    undo.push(() => ofrep.close())
    const scope = await server.deps.keys.authenticate(await server.key('server'))
    if (!scope) throw new Error('a key that was just made is unknown')
    const ask = (flagConfigEtag?: string) => ofrep.bulk(scope, { context: {}, flagConfigEtag, bare: false })
    const before = (await ask()).version
    await flag(server, 'told')
    expect((await ask()).version).toBe(before)
    const told = server.deps.rulesets.current(environment)?.id ?? ''
    // Instances look at most once a second, however many clients ask.
    await vi.waitFor(async () => { expect((await ask(told)).version).toBe(told) }, soon)
  })

  test('while the database is away rulesets are served, also after a restart, and it catches up', async () => {
    const gate = await openDatabaseGate(server.deps.config.databaseUrl ?? '')
    undo.push(gate.close)
    const first = await instance({ databaseUrl: gate.url, times: { reconcileMs: 50 } })
    await first.rulesets.start()
    const held = version()
    gate.shut()
    await flag(server, 'while-away')
    const web = await serveInstance(server, first.rulesets)
    const key = await server.key('server', 'production')
    await vi.waitFor(() => { expect(server.deps.measures.text()).toContain('assay_ruleset_database_away 1') }, soon)
    const served = await fetch(new URL('/sdk/v1/ruleset', web.url), { headers: { authorization: `Bearer ${key}` } })
    expect([served.status, ((await served.json()) as Ruleset).version]).toEqual([200, held])
    await web.close()
    await first.close()

    const restarted = await instance({ databaseUrl: gate.url, times: { reconcileMs: 50 }, dataDir: first.dataDir })
    undo.push(restarted.close)
    await restarted.rulesets.start()
    expect(restarted.rulesets.ready()).toBe(true)
    expect(restarted.rulesets.current(environment)).toMatchObject({ version: held, source: 'snapshot' })
    gate.open()
    await vi.waitFor(() => { expect(restarted.rulesets.current(environment)).toMatchObject({ version: version(), source: 'database' }) }, soon)
    await flag(server, 'after-the-return')
    await vi.waitFor(() => { expect(restarted.rulesets.current(environment)?.version).toBe(version()) }, soon)
    rmSync(first.dataDir, { recursive: true, force: true })
  })
})
