import { randomUUID } from 'node:crypto'
import { createClient } from '@assay/sdk'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { routes } from '../contract/routes.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { listUsage } from './usage.service.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = new Date('2026-06-30T12:20:00Z')
const params = { project: 'shop' }

async function create(server: TestServer, key: string, kind: 'release' | 'operational' = 'release'): Promise<void> {
  const created = await server.admin(routes.createFlag, { params, body: { key, name: key, kind, type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })
  expect(created.error).toBeNull()
}

describe.each(['pglite', 'postgres'] as const)('usage on %s', (database) => {
  let server: TestServer
  let keys: Record<'production' | 'staging', string>
  let time = NOW

  beforeAll(async () => {
    server = await startTestServer({ database, now: () => time })
    keys = { production: await server.key('server', 'production'), staging: await server.key('server', 'staging') }
    time = new Date(NOW.getTime() - 20 * DAY)
    for (const key of ['asked', 'quiet', 'staged', 'shipped']) await create(server, key)
    for (const key of ['asked', 'shipped']) await server.admin(routes.turnOn, { params: { ...params, flag: key, environment: 'production' }, body: { basedOn: 1 } })
    time = NOW
  })
  afterAll(() => server.close())

  interface Count { flag: string; variant: string; count: number; hoursAgo: number; id?: string }
  async function send(environment: 'production' | 'staging', counts: Count[]): Promise<void> {
    const items = counts.map(({ flag, variant, count, hoursAgo, id = randomUUID() }) => ({ kind: 'evaluations', id, at: new Date(NOW.getTime() - hoursAgo * HOUR).toISOString(), flag, variant, count }))
    const response = await fetch(new URL('/sdk/v1/events', server.url), { method: 'POST', headers: { authorization: `Bearer ${keys[environment]}`, 'content-type': 'application/json' }, body: JSON.stringify({ sentAt: NOW.toISOString(), items }) })
    expect(await response.json()).toEqual({ accepted: items.length, rejected: [] })
  }
  async function usageOf(flag: string) {
    const answer = await server.admin(routes.listUsage, { params, query: {} })
    expect(answer.error).toBeNull()
    const found = answer.body.flags.find((usage) => usage.flag === flag)
    if (!found) throw new Error(`no usage of ${flag}`)
    return { ...found, in: (environment: string) => found.environments.find((item) => item.environment === environment) }
  }
  const series = async (flag: string, hours?: number, environment = 'production') => server.admin(routes.getUsage, { params: { ...params, flag, environment }, query: hours === undefined ? {} : { hours } })

  test('a flag that nobody asked for has zeros', async () => {
    const usage = await usageOf('quiet')
    expect(usage.lifecycle).toEqual({ state: 'new', reason: 'No service in production has asked for it yet.' })
    expect(usage.environments.map(({ environment }) => environment)).toEqual(['development', 'staging', 'production'])
    expect(usage.in('production')).toEqual({ environment: 'production', lastEvaluatedAt: null, hourly: Array.from({ length: 24 }, () => 0) })
    expect((await series('quiet')).body).toEqual({ lastEvaluatedAt: null, stepMinutes: 15, points: [], totals: [] })
  })

  test('evaluations count by hour and by variant, once however often a batch is delivered', async () => {
    const counts = [
      { flag: 'asked', variant: 'on', count: 5, hoursAgo: 0.5, id: randomUUID() },
      { flag: 'asked', variant: 'off', count: 7, hoursAgo: 0.5, id: randomUUID() },
      { flag: 'asked', variant: '', count: 2, hoursAgo: 23.5, id: randomUUID() },
      { flag: 'asked', variant: 'on', count: 100, hoursAgo: 30, id: randomUUID() },
      { flag: 'asked', variant: 'not a variant', count: 9, hoursAgo: 1, id: randomUUID() },
    ]
    for (let delivery = 0; delivery < 3; delivery++) await send('production', counts)
    const usage = await usageOf('asked')
    expect(usage.lifecycle.state).toBe('live')
    expect(usage.in('production')).toMatchObject({ lastEvaluatedAt: '2026-06-30T11:50:00.000Z', hourly: [2, ...Array.from({ length: 22 }, () => 0), 12] })
    expect(usage.in('staging')?.lastEvaluatedAt).toBeNull()
    expect((await series('asked')).body).toEqual({
      lastEvaluatedAt: '2026-06-30T11:50:00.000Z',
      stepMinutes: 15,
      points: [{ at: '2026-06-29T12:45:00.000Z', variant: null, count: 2 }, { at: '2026-06-30T11:45:00.000Z', variant: 'off', count: 7 }, { at: '2026-06-30T11:45:00.000Z', variant: 'on', count: 5 }],
      totals: [{ variant: 'off', count: 7 }, { variant: 'on', count: 5 }, { variant: null, count: 2 }],
    })
    expect((await series('asked', 72)).body).toMatchObject({ stepMinutes: 60, totals: [{ variant: 'on', count: 105 }, { variant: 'off', count: 7 }, { variant: null, count: 2 }] })
    expect((await series('asked', 2160)).body.stepMinutes).toBe(1440)
    expect((await series('asked', 24, 'staging')).body.points).toEqual([])
  })

  test('what is asked for decides the lifecycle', async () => {
    await send('staging', [{ flag: 'staged', variant: 'on', count: 1, hoursAgo: 2 }])
    expect((await usageOf('staged')).lifecycle).toEqual({ state: 'new', reason: 'Asked for elsewhere, and by no service in production yet.' })
    await send('production', [{ flag: 'shipped', variant: 'on', count: 1, hoursAgo: 8 * 24 }, { flag: 'shipped', variant: 'on', count: 1, hoursAgo: 1 }])
    expect((await usageOf('shipped')).lifecycle.state).toBe('rolled_out')
    const { id } = await server.db.project.findUniqueOrThrow({ where: { key: 'shop' } })
    const later = await listUsage({ ...server.deps, now: () => new Date(NOW.getTime() + 11 * DAY) }, id)
    expect(later.find(({ flag }) => flag === 'shipped')?.lifecycle).toEqual({ state: 'stale', reason: 'No service has asked for it in production for 11 days.' })
    await server.admin(routes.archiveFlag, { params: { ...params, flag: 'staged' }, body: { basedOn: 1 } })
    expect((await usageOf('staged')).lifecycle.state).toBe('archived')
  })

  test('what does not exist is named', async () => {
    expect((await series('nothing')).error).toMatchObject({ code: 'not_found', message: 'There is no flag with the key nothing.' })
    expect((await series('asked', 24, 'moon')).error?.message).toBe('This project has no environment moon.')
    expect((await series('asked', 0)).error?.code).toBe('invalid_request')
  })
})

test('what the SDK evaluates is counted', async () => {
  const server = await startTestServer()
  try {
    await create(server, 'checkout')
    const client = createClient({ url: server.url, key: await server.key('server', 'production') })
    expect(await client.ready()).toBe('ready')
    for (let i = 0; i < 40; i++) client.getBoolean('checkout', true, { targetingKey: String(i) })
    await client.close()
    await vi.waitFor(async () => {
      const { body } = await server.admin(routes.getUsage, { params: { ...params, flag: 'checkout', environment: 'production' }, query: {} })
      expect(body.totals).toEqual([{ variant: 'off', count: 40 }])
    }, { timeout: 20_000 })
  } finally {
    await server.close()
  }
})

test('without the event store nothing breaks: evaluations are said to be away', async () => {
  const server = await startTestServer({ events: false })
  try {
    await create(server, 'checkout')
    for (const answer of [await server.admin(routes.listUsage, { params, query: {} }), await server.admin(routes.getUsage, { params: { ...params, flag: 'checkout', environment: 'production' }, query: {} })]) {
      expect([answer.status, answer.error?.code]).toEqual([503, 'storage_unavailable'])
      expect(answer.error?.message).toBe('The event store does not answer: evaluations are shown again when it does.')
    }
    expect((await server.admin(routes.listFlags, { params, query: {} })).body.flags).toHaveLength(1)
  } finally {
    await server.close()
  }
})
