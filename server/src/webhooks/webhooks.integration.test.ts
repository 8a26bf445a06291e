import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { routes } from '../contract/routes.ts'
import type { Webhook, WebhookSetup } from '../contract/webhooks.ts'
import { type Api, createApi } from '../testing/api.ts'
import { createTestDatabase, type TestDatabase } from '../testing/postgres-cluster.ts'
import { type Instance, startInstance, startTestServer, type TestServer } from '../testing/test-server.ts'
import { createDeliveriesStore } from './deliveries.store.ts'
import { deliverDue, pruneDeliveries } from './deliver.service.ts'

interface Received {
  headers: IncomingHttpHeaders
  body: string
}

const params = { project: 'shop' }
const start = new Date('2026-06-01T09:00:00Z')
const SECOND = 1000
const DAY = 24 * 60 * 60_000
let now = start
const clock = () => now
const later = (ms: number) => { now = new Date(now.getTime() + ms) }

let receiver: Server
const received: Received[] = []
/** How the receiver answers; a promise keeps it waiting. */
let answer: () => Promise<{ status: number; headers?: Record<string, string>; body?: string }> | { status: number; headers?: Record<string, string>; body?: string } = () => ({ status: 204 })
let open = 0
let mostOpen = 0

beforeAll(async () => {
  receiver = createServer((req, res) => {
    let body = ''
    open += 1
    mostOpen = Math.max(mostOpen, open)
    res.once('close', () => { open -= 1 })
    req.setEncoding('utf8').on('data', (piece: string) => { body += piece }).on('end', () => {
      received.push({ headers: req.headers, body })
      void Promise.resolve(answer()).then(({ status, headers, body: text }) => res.writeHead(status, headers).end(text))
    })
  })
  await new Promise<void>((resolve) => { receiver.listen(0, '127.0.0.1', resolve) })
})
afterAll(async () => {
  receiver.closeAllConnections()
  await new Promise((resolve) => receiver.close(resolve))
})
beforeEach(() => {
  received.length = 0
  mostOpen = 0
  answer = () => ({ status: 204 })
})

const url = (path = '/hook') => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}${path}`
const setup = (more: Partial<WebhookSetup> = {}): WebhookSetup => ({ name: 'Chat', url: url(), kinds: ['cohort'], enabled: true, ...more })
const cohort = (key: string) => ({ params, body: { key, name: key, description: '', unit: 'user', when: null, included: ['1'], excluded: [] } })
const deliver = ({ deps }: Instance, signal = new AbortController().signal) => deliverDue(deps, signal)

/** The admin as a program: sessions end while these tests let days pass. */
async function programOf(server: TestServer): Promise<Api> {
  const { body } = await server.admin(routes.createApiToken, { params, body: { name: 'Test', role: 'admin', expiresAt: new Date(start.getTime() + 300 * DAY).toISOString() } })
  return createApi(server.url, { authorization: `Bearer ${body.value}` })
}

async function create(admin: Api, more: Partial<WebhookSetup> = {}) {
  const { status, body, error } = await admin(routes.createWebhook, { params, body: setup(more) })
  if (status !== 201 || body.secret === null) throw new Error(JSON.stringify(error))
  return { ...body.webhook, secret: body.secret }
}
const deliveriesOf = async (admin: Api, { id }: { id: string }) => (await admin(routes.listWebhookDeliveries, { params: { ...params, webhook: id }, query: {} })).body.deliveries
const typesOf = () => received.map(({ body }) => (JSON.parse(body) as { type: string }).type)

/** The code that docs/webhooks.md gives to receivers, as it stands there. */
async function documentedCheck(): Promise<(headers: IncomingHttpHeaders, body: string, secret: string, now?: number) => boolean> {
  const docs = readFileSync(new URL('../../../docs/webhooks.md', import.meta.url), 'utf8')
  const code = /```js\n(.*?)```/s.exec(docs)?.[1] ?? ''
  const module: unknown = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)
  return (module as { isFromAssay: Awaited<ReturnType<typeof documentedCheck>> }).isFromAssay
}

describe('webhooks', () => {
  let server: TestServer
  let admin: Api
  beforeAll(async () => {
    server = await startTestServer({ now: clock, env: { ASSAY_WEBHOOK_ADDRESSES: 'any' } })
    admin = await programOf(server)
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    now = start
    for (const { id } of (await admin(routes.listWebhooks, { params })).body.webhooks) await admin(routes.deleteWebhook, { params: { ...params, webhook: id } })
  })
  const change = async (key: string) => { expect((await admin(routes.createCohort, cohort(key))).status).toBe(201) }
  const one = async (id: string): Promise<Webhook> => {
    const found = (await admin(routes.listWebhooks, { params })).body.webhooks.find((webhook) => webhook.id === id)
    if (!found) throw new Error('It is gone.')
    return found
  }

  test('a change arrives with the entry of the audit log, signed as the documentation checks it', async () => {
    const { secret, id } = await create(admin)
    await change('signed')
    await deliver(server)
    const [message] = received
    if (!message) throw new Error('Nothing arrived.')
    const entry = (await admin(routes.listAudit, { params, query: { kind: 'cohort', key: 'signed' } })).body.entries[0]
    const { at, ...rest } = entry ?? {}
    expect(JSON.parse(message.body)).toEqual({ type: 'cohort.created', timestamp: at, data: { project: 'shop', ...rest, shortened: false } })
    const [delivery] = await deliveriesOf(admin, { id })
    expect(message.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': delivery?.id, 'webhook-timestamp': String(start.getTime() / 1000) })
    const isFromAssay = await documentedCheck()
    const seconds = start.getTime() / 1000
    expect(isFromAssay(message.headers, message.body, secret, seconds)).toBe(true)
    expect(isFromAssay(message.headers, `${message.body} `, secret, seconds)).toBe(false)
    expect(isFromAssay(message.headers, message.body, `${secret.slice(0, -4)}AAA=`, seconds)).toBe(false)
    expect(isFromAssay(message.headers, message.body, secret, seconds + 301)).toBe(false)
    expect(delivery).toMatchObject({ type: 'cohort.created', entry: entry?.seq, state: 'delivered', attempts: 1, error: null, nextAttemptAt: null, lastAttempt: { status: 204, at: start.toISOString() } })
  })

  test('only the kinds that were chosen are sent, and with none chosen all of them', async () => {
    await create(admin)
    const all = await create(admin, { name: 'All', kinds: null, url: url('/all') })
    await admin(routes.createLayer, { params, body: { key: 'a-layer', name: 'A layer', unit: 'user' } })
    await change('kinds')
    await deliver(server)
    expect(typesOf().sort()).toEqual(['cohort.created', 'cohort.created', 'layer.created', 'webhook.created'])
    expect((await deliveriesOf(admin, all)).map(({ type }) => type).sort()).toEqual(['cohort.created', 'layer.created', 'webhook.created'])
  })

  test('what fails is tried again later under the same id, until it comes through', async () => {
    const { id } = await create(admin)
    answer = () => ({ status: 503, body: 'Down for\0 a moment' })
    await change('again')
    await deliver(server)
    await deliver(server)
    expect(received).toHaveLength(1)
    const [waiting] = await deliveriesOf(admin, { id })
    expect(waiting).toMatchObject({ state: 'waiting', error: 'The service answered 503.', lastAttempt: { status: 503, response: 'Down for\uFFFD a moment' } })
    expect(new Date(waiting?.nextAttemptAt ?? 0).getTime() - now.getTime()).toBeGreaterThanOrEqual(4 * SECOND)
    expect(await one(id)).toMatchObject({ failingSince: start.toISOString(), waiting: 1 })
    later(6 * SECOND)
    answer = () => ({ status: 200, body: 'ok' })
    await deliver(server)
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    const { body } = await admin(routes.getWebhookDelivery, { params: { ...params, webhook: id, delivery: waiting?.id ?? '' } })
    expect(body).toMatchObject({ state: 'delivered', error: null, history: [{ status: 503, error: 'The service answered 503.' }, { status: 200, response: 'ok', error: null, at: now.toISOString() }], body: received[0]?.body })
    expect(await one(id)).toMatchObject({ failingSince: null, waiting: 0 })
  })

  test('after eight more attempts over a day it has failed, and can be sent again by hand', async () => {
    const webhook = await create(admin)
    answer = () => ({ status: 500 })
    await change('gives-up')
    for (let attempt = 0; attempt < 16; attempt++) {
      await deliver(server)
      later(DAY / 4)
    }
    expect(received).toHaveLength(9)
    const [failed] = await deliveriesOf(admin, webhook)
    expect(failed).toMatchObject({ state: 'failed', attempts: 9, nextAttemptAt: null })
    answer = () => ({ status: 204 })
    expect(await admin(routes.redeliverWebhook, { params: { ...params, webhook: webhook.id, delivery: failed?.id ?? '' } })).toMatchObject({ status: 202, body: { id: failed?.id, state: 'waiting' } })
    await deliver(server)
    expect(received[9]?.headers['webhook-id']).toBe(failed?.id)
    expect(received[9]?.body).toBe(received[0]?.body)
    expect((await deliveriesOf(admin, webhook))[0]).toMatchObject({ state: 'delivered', attempts: 10 })
  })

  test('an address to which nothing comes through for five days is switched off, and the page and the audit log say why', async () => {
    const webhook = await create(admin)
    answer = () => ({ status: 500 })
    for (let day = 0; day <= 5; day++) {
      await change(`day-${day}`)
      await deliver(server)
      later(DAY)
    }
    expect(await one(webhook.id)).toMatchObject({ enabled: false, waiting: 0, offBecause: 'Nothing came through for 5 days. The last attempt: The service answered 500.' })
    const [entry] = (await admin(routes.listAudit, { params, query: { kind: 'webhook', key: 'Chat' } })).body.entries
    expect(entry).toMatchObject({ action: 'webhook.switched_off', actor: { id: null, name: 'Assay' }, reason: expect.stringContaining('5 days') as string })
    const before = received.length
    await change('unheard')
    await deliver(server)
    expect(received).toHaveLength(before)
    // Turning it on again begins anew: nothing old comes.
    answer = () => ({ status: 204 })
    expect((await admin(routes.saveWebhook, { params: { ...params, webhook: webhook.id }, body: { basedOn: (await one(webhook.id)).revision, setup: setup() } })).body.webhook).toMatchObject({ enabled: true, offBecause: null, failingSince: null })
    await change('heard')
    await deliver(server)
    expect(received.slice(before).map(({ body }) => (JSON.parse(body) as { data: { entity: { key: string } } }).data.entity.key)).toEqual(['heard'])
  })

  test('an address that answers 410 is switched off at once', async () => {
    const webhook = await create(admin)
    answer = () => ({ status: 410 })
    await change('gone')
    await deliver(server)
    expect(await one(webhook.id)).toMatchObject({ enabled: false, offBecause: 'The service answered 410: it takes no messages any more.' })
    expect((await deliveriesOf(admin, webhook))[0]).toMatchObject({ state: 'failed' })
  })

  test('a redirect is not followed', async () => {
    const webhook = await create(admin)
    answer = () => ({ status: 302, headers: { location: url('/elsewhere') } })
    await change('redirected')
    await deliver(server)
    expect(received).toHaveLength(1)
    expect((await deliveriesOf(admin, webhook))[0]?.error).toContain('Redirects are not followed')
  })

  test('an address that takes the connection and never answers is left', async () => {
    const webhook = await create(admin)
    answer = () => new Promise(() => undefined)
    await change('silent')
    await deliver(server)
    expect((await deliveriesOf(admin, webhook))[0]).toMatchObject({ state: 'waiting', error: 'The service did not answer in time.', lastAttempt: { status: null } })
  })

  test('a long answer is kept in part', async () => {
    const webhook = await create(admin)
    answer = () => ({ status: 200, body: 'é'.repeat(100_000) })
    await change('long')
    await deliver(server)
    expect((await deliveriesOf(admin, webhook))[0]?.lastAttempt?.response).toBe('é'.repeat(4000))
  })

  test('a test goes the same way, also while the webhook is off, and a change does not', async () => {
    const webhook = await create(admin, { enabled: false })
    await change('while-off')
    expect(await admin(routes.testWebhook, { params: { ...params, webhook: webhook.id } })).toMatchObject({ status: 202, body: { type: 'webhook.test', entry: null, state: 'waiting' } })
    await deliver(server)
    expect(received.map(({ body }) => JSON.parse(body) as unknown)).toEqual([{ type: 'webhook.test', timestamp: start.toISOString(), data: { project: 'shop', by: 'Ada Admin' } }])
    expect((await deliveriesOf(admin, webhook)).map(({ type, state }) => [type, state])).toEqual([['webhook.test', 'delivered']])
  })

  test('turning it off ends what waits', async () => {
    const webhook = await create(admin)
    answer = () => ({ status: 500 })
    await change('waits')
    await deliver(server)
    expect((await admin(routes.saveWebhook, { params: { ...params, webhook: webhook.id }, body: { basedOn: webhook.revision, setup: setup({ enabled: false }) } })).status).toBe(200)
    const [ended] = await deliveriesOf(admin, webhook)
    expect(ended).toMatchObject({ state: 'failed', error: 'The webhook was turned off before this came through.' })
    expect(await admin(routes.redeliverWebhook, { params: { ...params, webhook: webhook.id, delivery: ended?.id ?? '' } })).toMatchObject({ status: 409, error: { code: 'wrong_state' } })
    expect((await admin(routes.listAudit, { params, query: { kind: 'webhook', key: 'Chat', limit: 1 } })).body.entries[0]).toMatchObject({ action: 'webhook.turned_off' })
  })

  test('a renewed secret signs beside the old one for a day; another address gets another secret', async () => {
    const { id, secret, revision } = await create(admin)
    const renewed = (await admin(routes.renewWebhookSecret, { params: { ...params, webhook: id } })).body
    if (renewed.secret === null) throw new Error('No secret.')
    const isFromAssay = await documentedCheck()
    const holds = async (key: string) => {
      received.length = 0
      await change(key)
      await deliver(server)
      const [message] = received
      return [secret, renewed.secret ?? ''].map((known) => message !== undefined && isFromAssay(message.headers, message.body, known, now.getTime() / 1000))
    }
    expect(await holds('both')).toEqual([true, true])
    later(DAY)
    expect(await holds('new-one')).toEqual([false, true])
    const moved = await admin(routes.saveWebhook, { params: { ...params, webhook: id }, body: { basedOn: revision + 1, setup: setup({ url: url('/moved') }) } })
    expect(moved.body.secret).toMatch(/^whsec_/)
    expect(moved.body.secret).not.toBe(renewed.secret)
    const told = JSON.stringify([await admin(routes.listWebhooks, { params }), await admin(routes.listAudit, { params, query: {} })])
    expect(told).not.toContain('whsec_')
  })

  test('what another person saved meanwhile is not overwritten, and a name is there once', async () => {
    const webhook = await create(admin)
    await admin(routes.saveWebhook, { params: { ...params, webhook: webhook.id }, body: { basedOn: webhook.revision, setup: setup({ kinds: null }) } })
    expect(await admin(routes.saveWebhook, { params: { ...params, webhook: webhook.id }, body: { basedOn: webhook.revision, setup: setup() } })).toMatchObject({ status: 409, error: { code: 'revision_conflict' } })
    expect(await admin(routes.createWebhook, { params, body: setup() })).toMatchObject({ status: 409, error: { code: 'already_exists' } })
  })

  test.each<[string, Partial<WebhookSetup>]>([['ftp', { url: 'ftp://example.com/' }], ['credentials', { url: 'https://user:pass@example.com/' }], ['no kind', { kinds: [] }], ['no name', { name: '' }]])('a setup with %s is refused', async (_name, wrong) => {
    expect(await admin(routes.createWebhook, { params, body: setup(wrong) })).toMatchObject({ status: 400, error: { code: 'invalid_request' } })
  })

  test('deliveries come in pages, by state', async () => {
    const webhook = await create(admin)
    for (const key of ['p-1', 'p-2', 'p-3']) {
      await change(key)
      later(SECOND)
    }
    const page = async (query: { before?: string; state?: 'waiting' | 'failed' }) => (await admin(routes.listWebhookDeliveries, { params: { ...params, webhook: webhook.id }, query: { limit: 2, ...query } })).body
    const first = await page({})
    expect([first.deliveries.length, first.nextBefore]).toEqual([2, first.deliveries[1]?.id])
    const second = await page({ before: first.nextBefore ?? '' })
    expect([second.deliveries.length, second.nextBefore]).toEqual([1, null])
    expect((await page({ state: 'failed' })).deliveries).toEqual([])
    expect(await admin(routes.listWebhookDeliveries, { params: { ...params, webhook: webhook.id }, query: { before: 'x' } })).toMatchObject({ status: 400 })
    expect(await admin(routes.getWebhookDelivery, { params: { ...params, webhook: webhook.id, delivery: webhook.id } })).toMatchObject({ status: 404 })
  })

  test('deliveries are kept for two weeks', async () => {
    const webhook = await create(admin)
    await change('old')
    await deliver(server)
    later(14 * DAY + SECOND)
    await change('young')
    await pruneDeliveries(server.deps)
    expect((await deliveriesOf(admin, webhook)).map(({ state }) => state)).toEqual(['waiting'])
  })

  test('a change that is not kept is not sent', async () => {
    await create(admin)
    await change('twice')
    expect((await admin(routes.createCohort, cohort('twice'))).status).toBe(409)
    await deliver(server)
    expect(received).toHaveLength(1)
  })

  test('one that the process stops in is let go, and sent again', async () => {
    const webhook = await create(admin)
    const stopping = new AbortController()
    answer = () => {
      stopping.abort()
      return new Promise(() => undefined)
    }
    await change('stopped')
    await deliver(server, stopping.signal)
    expect((await deliveriesOf(admin, webhook))[0]).toMatchObject({ state: 'waiting', attempts: 0 })
    answer = () => ({ status: 204 })
    await deliver(server)
    expect((await deliveriesOf(admin, webhook))[0]).toMatchObject({ state: 'delivered', attempts: 1 })
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  })

  test('one that a dead process had taken waits until its mark has run out', async () => {
    await create(admin)
    await change('abandoned')
    const [taken] = await createDeliveriesStore(server.db).claim('dead', now, [], 10)
    await deliver(server)
    expect(received).toHaveLength(0)
    await server.db.webhookDelivery.update({ where: { id: taken?.id ?? '' }, data: { claimedUntil: new Date(0) } })
    await deliver(server)
    expect(received).toHaveLength(1)
    // Whoever comes back late finds that it is no longer theirs.
    if (!taken) throw new Error('Nothing was taken.')
    expect(await createDeliveriesStore(server.db).attempted('dead', taken, { at: now.toISOString(), durationMs: 1, status: 500, response: '', error: 'x' }, { state: 'failed', error: 'x', dueAt: now })).toBe(false)
  })
})

describe('addresses', () => {
  let server: TestServer
  let admin: Api
  beforeAll(async () => {
    now = start
    server = await startTestServer({ now: clock })
    admin = server.admin
  })
  afterAll(() => server.close())

  test.each([
    'https://127.0.0.1/', 'https://169.254.169.254/latest/meta-data', 'https://[::1]/', 'https://localhost/', 'https://10.1.2.3/', 'https://192.168.0.9:8443/', 'https://2130706433/', 'https://0x7f.1/', 'https://[::ffff:10.0.0.1]/', 'https://[fd00::1]/',
    'http://example.com/',
  ])('%s is refused when a webhook is made and when it is changed', async (address) => {
    expect(await admin(routes.createWebhook, { params, body: setup({ url: address }) })).toMatchObject({ status: 400, error: { code: 'invalid_request', details: [{ path: 'url', message: expect.stringContaining('ASSAY_WEBHOOK_ADDRESSES') as string }] } })
    const { body } = await admin(routes.createWebhook, { params, body: setup({ name: address, url: 'https://hooks.example.invalid/' }) })
    expect(await admin(routes.saveWebhook, { params: { ...params, webhook: body.webhook.id }, body: { basedOn: body.webhook.revision, setup: setup({ name: address, url: address }) } })).toMatchObject({ status: 400, error: { details: [{ path: 'setup.url' }] } })
    await admin(routes.deleteWebhook, { params: { ...params, webhook: body.webhook.id } })
  })

  test.each(['127.0.0.1', 'localhost', '169.254.169.254', '[::1]', 'plain'])('what leads to %s after it was made is not connected to', async (host) => {
    const { body } = await admin(routes.createWebhook, { params, body: setup({ name: host, url: 'https://hooks.example.invalid/', kinds: ['cohort'] }) })
    const { port } = receiver.address() as AddressInfo
    await server.db.webhook.update({ where: { id: body.webhook.id }, data: { url: host === 'plain' ? url() : `https://${host}:${port}/` } })
    await admin(routes.testWebhook, { params: { ...params, webhook: body.webhook.id } })
    await deliver(server)
    const [delivery] = await deliveriesOf(admin, body.webhook)
    expect(delivery?.error).toMatch(/ASSAY_WEBHOOK_ADDRESSES/)
    expect(delivery?.state).toBe('failed')
    expect([received.length, open]).toEqual([0, 0])
  })
})

describe('servers that share a database', () => {
  let database: TestDatabase
  let first: TestServer
  let second: Instance
  beforeAll(async () => {
    now = start
    database = await createTestDatabase()
    const env = { DATABASE_URL: database.url, ASSAY_WEBHOOK_ADDRESSES: 'any' }
    first = await startTestServer({ database: 'postgres', now: clock, env })
    second = await startInstance({ database: 'postgres', now: clock, env })
  })
  afterAll(async () => {
    await second.close()
    await database.drop()
  })

  test('send each delivery once, few to one address at a time, and go on where another stopped', async () => {
    const webhook = await create(first.admin)
    for (let index = 0; index < 20; index++) expect((await first.admin(routes.createCohort, cohort(`shared-${index}`))).status).toBe(201)
    await Promise.all([deliver(first), deliver(second)])
    const ids = received.map(({ headers }) => headers['webhook-id'])
    expect([ids.length, new Set(ids).size]).toEqual([20, 20])
    expect(mostOpen).toBeLessThanOrEqual(4)
    received.length = 0
    answer = () => ({ status: 503 })
    expect((await first.admin(routes.createCohort, cohort('handed-over'))).status).toBe(201)
    await deliver(first)
    await first.close()
    later(10 * SECOND)
    answer = () => ({ status: 204 })
    await deliver(second)
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([received[0]?.headers['webhook-id'], received[0]?.headers['webhook-id']])
    expect(await second.db.webhookDelivery.count({ where: { webhookId: webhook.id, state: 'delivered' } })).toBe(21)
  })
})
