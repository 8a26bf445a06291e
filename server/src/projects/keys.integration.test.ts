import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hashSecret } from '../accounts/secret.ts'
import { routes } from '../contract/routes.ts'
import { type Listen, openPostgres } from '../platform/postgres.ts'
import { openEventStream } from '../testing/event-stream.ts'
import { type Instance, startInstance, startTestServer, type TestServer } from '../testing/test-server.ts'
import { createSdkKeyIndex } from './keys.service.ts'
import { createSdkKey } from './sdk-key.ts'

const soon = { timeout: 20_000, interval: 10 }
const params = { project: 'shop' }
const noNotifications: Listen = async () => async () => undefined

const ruleset = (url: string, secret: string) => fetch(new URL('/sdk/v1/ruleset', url), { headers: { authorization: `Bearer ${secret}` } })
const statusOf = async (url: string, secret: string) => (await ruleset(url, secret)).status
const streamOf = (url: string, secret: string) => openEventStream(new URL('/sdk/v1/stream', url), { authorization: `Bearer ${secret}` })

async function create(server: TestServer, { kind = 'server', environment = 'production', name = 'Checkout service' }: { kind?: 'server' | 'client'; environment?: string; name?: string } = {}) {
  const created = await server.admin(routes.createKey, { params, body: { environment, kind, name } })
  expect(created.status).toBe(201)
  return created.body
}
const revoke = (server: TestServer, id: string) => server.admin(routes.revokeKey, { params: { ...params, id } })

describe.each(['pglite', 'postgres'] as const)('SDK keys on %s', (database) => {
  let server: TestServer
  beforeAll(async () => { server = await startTestServer({ database }) })
  afterAll(() => server.close())

  test('a new key works at once, for its own environment and kind', async () => {
    for (const environment of ['staging', 'production']) {
      const { secret } = await create(server, { environment })
      const response = await ruleset(server.url, secret)
      expect([response.status, ((await response.json()) as { environment: string }).environment]).toEqual([200, environment])
    }
    const client = await create(server, { kind: 'client' })
    expect(client.secret).toMatch(/^cli_/)
    expect(await statusOf(server.url, client.secret)).toBe(403)
  })

  test('the secret is in one answer and nowhere else', async () => {
    const { key, secret } = await create(server, { name: 'Shown once' })
    expect(secret).toMatch(/^srv_[0-9A-Za-z]{49}$/)
    expect(key).toMatchObject({ environment: 'production', kind: 'server', name: 'Shown once', prefix: secret.slice(0, 8), createdBy: 'Ada Admin', lastUsedAt: null, revokedAt: null })
    expect((await server.db.sdkKey.findUniqueOrThrow({ where: { id: key.id } })).hash).toBe(hashSecret(secret))
    const stored = JSON.stringify([await server.db.sdkKey.findMany(), await server.db.auditEntry.findMany(), await server.db.ruleset.findMany()])
    const listed = JSON.stringify((await server.admin(routes.listKeys, { params })).body)
    const audited = JSON.stringify((await server.admin(routes.listAudit, { params, query: { limit: 200 } })).body)
    for (const text of [stored, listed, audited]) expect(text).not.toContain(secret.slice(8))
    for (const text of [listed, audited]) expect(text).not.toContain(hashSecret(secret))
    const { entries } = (await server.admin(routes.listAudit, { params, query: { kind: 'key', key: key.prefix } })).body
    expect(entries).toMatchObject([{ action: 'key.created', environment: 'production', before: null, after: { name: 'Shown once', kind: 'server' } }])
  })

  test('a revoked key stops at once, and its open stream with it', async () => {
    const { key, secret } = await create(server)
    const kept = await create(server)
    const [stream, other] = [await streamOf(server.url, secret), await streamOf(server.url, kept.secret)]
    await Promise.all([stream.received(1), other.received(1)])
    expect((await revoke(server, key.id)).status).toBe(204)
    expect(await statusOf(server.url, secret)).toBe(401)
    expect((await streamOf(server.url, secret)).status).toBe(401)
    await vi.waitFor(() => { expect(stream.ended()).toBe(true) }, soon)
    await server.admin(routes.createCohort, { params, body: { key: `after-${key.prefix.slice(4).toLowerCase()}`, name: 'After', description: '', unit: 'user', when: null, included: [], excluded: [] } })
    expect((await other.received(2)).map((event) => event.event)).toEqual(['ruleset', 'ruleset'])
    expect(stream.events).toHaveLength(1)
    other.close()

    const listed = (await server.admin(routes.listKeys, { params })).body.keys.find((item) => item.id === key.id)
    expect(listed?.revokedAt).not.toBeNull()
    expect((await revoke(server, key.id)).status).toBe(204)
    expect((await server.admin(routes.listKeys, { params })).body.keys.find((item) => item.id === key.id)?.revokedAt).toBe(listed?.revokedAt)
    const { entries } = (await server.admin(routes.listAudit, { params, query: { kind: 'key', key: key.prefix } })).body
    expect(entries.map((entry) => entry.action)).toEqual(['key.revoked', 'key.created'])
  })

  test('a key of another project, or of none, cannot be revoked from here', async () => {
    await server.admin(routes.createProject, { body: { key: 'blog', name: 'Blog' } })
    const theirs = await server.admin(routes.createKey, { params: { project: 'blog' }, body: { environment: 'production', kind: 'server', name: 'Theirs' } })
    for (const id of [theirs.body.key.id, '00000000-0000-7000-8000-000000000000', 'nonsense']) expect((await revoke(server, id)).error?.code).toBe('not_found')
    expect(await statusOf(server.url, theirs.body.secret)).toBe(200)
    expect((await server.admin(routes.listKeys, { params })).body.keys.map((key) => key.id)).not.toContain(theirs.body.key.id)
    expect((await server.admin(routes.createKey, { params, body: { environment: 'moon', kind: 'server', name: 'x' } })).error?.code).toBe('not_found')
  })

  test.each(['', 'Basic x', 'Bearer', 'Bearer  ', 'Bearer nonsense', `Bearer ${createSdkKey('server')}`, 'Bearer srv_'])('the authorization %j is no key', async (authorization) => {
    const response = await fetch(new URL('/sdk/v1/ruleset', server.url), { headers: { authorization } })
    expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([401, 'invalid_key'])
  })

  test('the last use of a key is stamped', async () => {
    const { key, secret } = await create(server, { name: 'Used' })
    expect(await statusOf(server.url, secret)).toBe(200)
    await vi.waitFor(async () => { expect((await server.admin(routes.listKeys, { params })).body.keys.find((item) => item.id === key.id)?.lastUsedAt).not.toBeNull() }, soon)
  })
})

describe('SDK keys of instances that share a PostgreSQL', () => {
  let server: TestServer
  let other: Instance
  const undo: (() => unknown)[] = []

  beforeAll(async () => {
    server = await startTestServer({ database: 'postgres' })
    other = await startInstance({ database: 'postgres', env: { DATABASE_URL: server.deps.config.databaseUrl ?? '' } })
  })
  afterAll(async () => {
    for (const step of undo.reverse()) await step()
    await other.close()
    await server.close()
  })

  /** An index of its own, on the database of the servers or on another. */
  async function index({ databaseUrl = server.deps.config.databaseUrl ?? '', dataDir = mkdtempSync(join(tmpdir(), 'assay-keys-')), listen, reconcileMs = 600_000, looksPerSecond = 0 }: { databaseUrl?: string; dataDir?: string; listen?: Listen; reconcileMs?: number; looksPerSecond?: number } = {}) {
    const control = await openPostgres(databaseUrl)
    const keys = createSdkKeyIndex({ ...server.deps, db: control.db, listen: listen ?? control.listen, config: { ...server.deps.config, dataDir } }, { reconcileMs, looksPerSecond })
    let open = true
    const close = async () => {
      if (!open) return
      open = false
      await keys.close()
      await control.close()
    }
    undo.push(() => { rmSync(dataDir, { recursive: true, force: true }) }, close)
    await keys.start()
    return { keys, dataDir, close }
  }

  test('a key made on one works on the other at once, and revoked on one it stops on the other', async () => {
    const { key, secret } = await create(server)
    expect(await statusOf(other.url, secret)).toBe(200)
    const stream = await streamOf(other.url, secret)
    await stream.received(1)
    expect((await revoke(server, key.id)).status).toBe(204)
    await vi.waitFor(() => { expect(stream.ended()).toBe(true) }, soon)
    expect(await statusOf(other.url, secret)).toBe(401)
  })

  test('a notification alone brings creations and revocations', async () => {
    const { keys } = await index()
    const { key, secret } = await create(server)
    await vi.waitFor(async () => { expect(await keys.authenticate(secret)).toMatchObject({ id: key.id, kind: 'server', environmentKey: 'production' }) }, soon)
    const revoked = vi.fn()
    keys.onRevoked(key.id, revoked)
    const cancelled = vi.fn()
    keys.onRevoked(key.id, cancelled)()
    await revoke(server, key.id)
    await vi.waitFor(() => { expect(revoked).toHaveBeenCalledOnce() }, soon)
    expect(cancelled).not.toHaveBeenCalled()
    expect(await keys.authenticate(secret)).toBeNull()
    const late = vi.fn()
    keys.onRevoked(key.id, late)
    expect(late).toHaveBeenCalledOnce()
  })

  test('with notifications cut, reconciliation brings both', async () => {
    const { keys } = await index({ listen: noNotifications, reconcileMs: 50 })
    const { key, secret } = await create(server)
    await vi.waitFor(async () => { expect(await keys.authenticate(secret)).not.toBeNull() }, soon)
    await revoke(server, key.id)
    await vi.waitFor(async () => { expect(await keys.authenticate(secret)).toBeNull() }, soon)
  })

  test('with notifications cut, a key that is not in memory is looked up', async () => {
    const { keys } = await index({ listen: noNotifications, looksPerSecond: 2 })
    const { key, secret } = await create(server)
    // Somebody's wrong key a moment before takes nothing from it.
    expect(await keys.authenticate(createSdkKey('server'))).toBeNull()
    expect(await keys.authenticate(secret)).toMatchObject({ id: key.id })
    expect(await keys.authenticate(createSdkKey('server'))).toBeNull()
  })

  test('a read that began before a revocation does not bring the key back', async () => {
    const { keys } = await index({ listen: noNotifications })
    const { key, secret } = await create(server)
    await keys.refresh()
    const reading = keys.refresh()
    keys.forget(key.id)
    expect(await keys.authenticate(secret)).toBeNull()
    await reading
    expect(await keys.authenticate(secret)).toBeNull()
    await keys.refresh()
    expect(await keys.authenticate(secret)).toBeNull()
  })

  test('a use that was stamped later never gives way to an earlier one', async () => {
    const { key, secret } = await create(server)
    const first = await index({ listen: noNotifications })
    await first.keys.authenticate(secret)
    const later = new Date(Date.now() + 3_600_000)
    await server.db.sdkKey.update({ where: { id: key.id }, data: { lastUsedAt: later } })
    await first.close()
    expect((await server.db.sdkKey.findUniqueOrThrow({ where: { id: key.id } })).lastUsedAt).toEqual(later)
  })

  test('while the database is away known keys work after a restart, and unknown ones are not called wrong', async () => {
    const { secret } = await create(server)
    const { dataDir, close } = await index()
    await close()
    const file = join(dataDir, 'last-good/keys')
    expect(readFileSync(file, 'utf8')).not.toContain(secret.slice(8))

    const away = await index({ databaseUrl: 'postgresql://postgres:password@127.0.0.1:9/away', dataDir })
    expect(await away.keys.authenticate(secret)).toMatchObject({ kind: 'server', environmentKey: 'production' })
    await expect(away.keys.authenticate(createSdkKey('server'))).rejects.toMatchObject({ code: 'storage_unavailable' })
    expect(await away.keys.authenticate('nonsense')).toBeNull()
    await away.close()

    writeFileSync(file, readFileSync(file, 'utf8').replace('production', 'productiom'))
    const damaged = await index({ databaseUrl: 'postgresql://postgres:password@127.0.0.1:9/away', dataDir })
    await expect(damaged.keys.authenticate(secret)).rejects.toMatchObject({ code: 'storage_unavailable' })
  })
})
