import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../contract/routes.ts'
import type { IngestResult } from '../contract/sdk-wire.ts'
import { connectSdk } from '../testing/connected-sdk.ts'
import { completeDraft, completeSetup } from '../testing/drafts.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { createIngest } from './ingest.service.ts'
import { spoolJob } from './spool.job.ts'

interface Answer {
  status: number
  body: IngestResult
  error: { code: string; message: string } | undefined
  headers: Headers
}

let server: TestServer
let serverKey: string
let clientKey: string
beforeAll(async () => {
  server = await startTestServer()
  serverKey = await server.key('server')
  clientKey = await server.key('client')
})
afterAll(() => server.close())

async function post(body: unknown, { to = server, key = serverKey, headers = {} }: { to?: TestServer; key?: string; headers?: Record<string, string> } = {}): Promise<Answer> {
  const response = await fetch(new URL('/sdk/v1/events', to.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  })
  const parsed = (await response.json()) as IngestResult & { error?: { code: string; message: string } }
  return { status: response.status, body: parsed, error: parsed.error, headers: response.headers }
}
const batch = (...items: unknown[]) => ({ sentAt: new Date().toISOString(), items })
const event = (change: object = {}) => ({ kind: 'event', id: randomUUID(), at: new Date().toISOString(), name: 'order', units: { user: 'u1' }, ...change })

async function startedExperiment(on: TestServer, change: object = {}): Promise<string> {
  const params = { project: 'shop' }
  const flag = `flag-${randomUUID()}`
  await on.admin(routes.createMetric, { params, body: { key: 'orders', name: 'Orders', description: '', type: 'conversion', event: 'order', direction: 'increase', unitLabel: '', windowHours: null } })
  await on.admin(routes.createFlag, { params, body: { key: flag, name: flag, kind: 'experiment', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })
  const hypothesis = await on.admin(routes.createHypothesis, { params, body: { ...completeDraft(), guardrails: [], secondaryMetrics: [] } })
  const created = await on.admin(routes.createExperiment, { params, body: { hypothesis: hypothesis.body.key, setup: { ...completeSetup(), flag, ...change } } })
  await connectSdk(on)
  const started = await on.admin(routes.startExperiment, { params: { ...params, experiment: created.body.key }, body: { basedOn: created.body.revision, sealing: created.body.sealing, reason: 'A test needs it.' } })
  expect(started.error).toBeNull()
  return started.body.key
}
const exposure = (experiment: string, change: object = {}) => ({ kind: 'exposure', id: randomUUID(), at: new Date().toISOString(), experiment, phase: 1, unitType: 'user', unit: 'u1', variant: 'on', ...change })

async function stored<T>(query: string, query_params: Record<string, unknown>, from = server): Promise<T[]> {
  return (await from.deps.events.query({ query, query_params, format: 'JSONEachRow' })).json<T>()
}
const eventsNamed = (name: string, from = server) => stored<{ id: string; value: number | null; units: Record<string, string>; properties: string }>('SELECT toString(id) AS id, value, units, properties FROM event FINAL WHERE name = {name:String} ORDER BY at, id', { name }, from)
const exposedUnits = (experiment: string, from = server) => stored<{ unit: string; first: string; at: string; variants: string[] }>(
  "SELECT unit, argMinMerge(first).1 AS first, toString(min(firstAt)) AS at, arraySort(groupUniqArrayArray(variants)) AS variants FROM exposed_unit WHERE experiment = {experiment:String} GROUP BY unit ORDER BY unit", { experiment }, from)

describe('a batch', () => {
  test('is stored when it is answered', async () => {
    const item = event({ name: 'stored', value: 1.25, units: { user: 'u1', company: 'c1' }, properties: { plan: 'pro', seats: 3 } })
    const answer = await post(batch(item))
    expect([answer.status, answer.body]).toEqual([202, { accepted: 1, rejected: [] }])
    expect(await eventsNamed('stored')).toEqual([{ id: item.id, value: 1.25, units: { user: 'u1', company: 'c1' }, properties: '{"plan":"pro","seats":3}' }])
  })

  test('keeps its good items and says which are bad, by index', async () => {
    const good = event({ name: 'mixed' })
    const { status, body } = await post(batch(good, { kind: 'event' }, 'text', event({ name: 'mixed', at: 'yesterday' }), event({ name: 'mixed', at: '2099-01-01T00:00:00.000Z' }), event({ name: 'mixed', extra: 1 }), null, event({ name: 'mixed' })))
    expect(status).toBe(202)
    expect(body.accepted).toBe(2)
    expect(body.rejected.map(({ index, code }) => [index, code])).toEqual([[1, 'invalid_item'], [2, 'invalid_item'], [3, 'invalid_item'], [4, 'at_in_future'], [5, 'invalid_item'], [6, 'invalid_item']])
    expect(await eventsNamed('mixed')).toHaveLength(2)
  })

  test('keeps values up to a million billion either way; what is larger is rejected by its index', async () => {
    const values = [1e15, -1e15, 1.000001e15, -1e200, 1.7e308]
    const { body } = await post(batch(...values.map((value) => event({ name: 'large', value }))))
    expect(body).toMatchObject({ accepted: 2, rejected: [2, 3, 4].map((index) => ({ index, code: 'invalid_item', message: 'value: Use a number from -10^15 to 10^15.' })) })
    expect((await eventsNamed('large')).map((row) => row.value).sort()).toEqual([-1e15, 1e15])
  })

  test('may be gzipped', async () => {
    const answer = await post(gzipSync(JSON.stringify(batch(event({ name: 'zipped' })))), { headers: { 'content-encoding': 'gzip' } })
    expect([answer.status, answer.body.accepted]).toEqual([202, 1])
    expect(await eventsNamed('zipped')).toHaveLength(1)
  })

  test('keeps every text, and rejects by their index those with a NUL character or half of a surrogate pair', async () => {
    const unit = 'Zoë "quoted" \\ \n\t 日本 🎈 \' ; DROP TABLE event'
    const { status, body } = await post(batch(
      event({ name: 'texts', units: { user: unit } }), event({ name: 'texts', units: { user: 'half \uD83C' } }), event({ name: 'texts', properties: { note: ['nul \u0000'] } }),
      exposure('EXP-\u0000'), exposure('EXP-\uD83C'), event({ name: 'texts', units: { user: 'u2' } }),
    ))
    expect(status).toBe(202)
    expect(body.accepted).toBe(2)
    expect(body.rejected.map(({ index, code, message }) => [index, code, message.includes('NUL')])).toEqual([[1, 'invalid_item', false], [2, 'invalid_item', true], [3, 'invalid_item', true], [4, 'invalid_item', false]])
    expect((await eventsNamed('texts')).map((row) => row.units['user']).sort()).toEqual([unit, 'u2'].sort())
  })

  test('keeps its good items beside one that is nested too deeply, however deeply', async () => {
    const deep = (levels: number) => ({ ...event({ name: 'deep' }), properties: { a: JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown } })
    const items = [event({ name: 'deep' }), deep(62), deep(63), event({ name: 'deep' })]
    const { status, body } = await post(batch(...items))
    expect([status, body.accepted]).toEqual([202, 3])
    expect(body.rejected).toEqual([{ index: 2, code: 'invalid_item', message: 'The item is nested more than 64 levels deep.' }])
    const longest = `{"sentAt":"${new Date().toISOString()}","items":[${'['.repeat(15_000)}${']'.repeat(15_000)},${JSON.stringify(event({ name: 'deep' }))}]}`
    expect((await post(longest)).body).toMatchObject({ accepted: 1, rejected: [{ index: 0, code: 'invalid_item' }] })
    expect((await post('['.repeat(1_000_000))).status).toBe(400)
  })

  test('of contexts keeps the newest of each unit, with the other units it was met with', async () => {
    const context = (unit: string, minutesAgo: number, attributes: object) => ({ kind: 'context', id: randomUUID(), at: new Date(Date.now() - minutesAgo * 60_000).toISOString(), units: { user: unit, company: 'acme' }, attributes })
    const [older, newer] = [context('seen', 5, { plan: 'free' }), context('seen', 1, { plan: 'pro', seats: 3 })]
    expect((await post(batch(newer, older, newer, { ...newer, id: randomUUID(), units: {} }))).body).toMatchObject({ accepted: 3, rejected: [{ index: 3, code: 'invalid_item' }] })
    expect(await stored('SELECT unitType, unit, units, attributes FROM context FINAL WHERE unit IN ({unit:String}, {company:String}) ORDER BY unitType', { unit: 'seen', company: 'acme' })).toEqual([
      { unitType: 'company', unit: 'acme', units: { user: 'seen', company: 'acme' }, attributes: '{"plan":"pro","seats":3}' },
      { unitType: 'user', unit: 'seen', units: { user: 'seen', company: 'acme' }, attributes: '{"plan":"pro","seats":3}' },
    ])
  })

  test.each([
    ['no envelope', [event()], 400, 'invalid_request'],
    ['an unknown field', { ...batch(), more: 1 }, 400, 'invalid_request'],
    ['no items', { sentAt: new Date().toISOString() }, 400, 'invalid_request'],
    ['more than 1,000 items', batch(...Array.from({ length: 1001 }, () => null)), 413, 'too_large'],
    ['broken JSON', '{"sentAt":', 400, 'invalid_json'],
  ])('with %s is refused whole', async (_, body, status, code) => {
    const answer = await post(body)
    expect([answer.status, answer.error?.code]).toEqual([status, code])
  })

  test('needs a key and a JSON body', async () => {
    expect((await post(batch(), { key: 'nonsense' })).error?.code).toBe('invalid_key')
    expect((await post('<x/>', { headers: { 'content-type': 'application/xml' } })).error?.code).toBe('unsupported_media_type')
    const missing = await fetch(new URL('/sdk/v1/events', server.url), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(batch()) })
    expect(missing.status).toBe(401)
  })

  test('of a page that closes has its client key in the body, and is text', async () => {
    // What `navigator.sendBeacon(url, text)` sends: no header of ours, no preflight.
    const beacon = async (body: unknown, headers: Record<string, string> = {}) => {
      const response = await fetch(new URL('/sdk/v1/events', server.url), { method: 'POST', headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers }, body: JSON.stringify(body) })
      return { status: response.status, code: ((await response.json()) as { error?: { code: string } }).error?.code }
    }
    expect(await beacon({ ...batch(event({ name: 'beacon' })), key: clientKey })).toEqual({ status: 202, code: undefined })
    expect(await eventsNamed('beacon')).toHaveLength(1)
    expect(await beacon({ ...batch(event()), key: serverKey })).toEqual({ status: 403, code: 'wrong_key_kind' })
    expect(await beacon({ ...batch(event()), key: 'nonsense' })).toEqual({ status: 401, code: 'invalid_key' })
    expect(await beacon(batch(event()))).toEqual({ status: 401, code: 'invalid_key' })
    expect(await beacon({ ...batch(event()), key: clientKey }, { authorization: 'Bearer nonsense' })).toEqual({ status: 401, code: 'invalid_key' })
  })

  test('may come from a page of any origin', async () => {
    const preflight = await fetch(new URL('/sdk/v1/events', server.url), { method: 'OPTIONS', headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' } })
    expect(preflight.status).toBe(204)
    const answer = await post(batch(event()), { key: clientKey, headers: { origin: 'https://shop.example' } })
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([202, '*'])
  })
})

describe('what is delivered again', () => {
  test('changes nothing, however often and in whatever order', async () => {
    const experiment = await startedExperiment(server)
    const items = [exposure(experiment), exposure(experiment, { unit: 'u2' }), event({ name: 'again' }), event({ name: 'again', value: 3 })]
    await post(batch(...items))
    const before = [await exposedUnits(experiment), await eventsNamed('again')]
    await post(batch(...items))
    await post(batch(...[...items].reverse(), ...items))
    expect([await exposedUnits(experiment), await eventsNamed('again')]).toEqual(before)
    await server.deps.events.command({ query: 'OPTIMIZE TABLE event FINAL' })
    await server.deps.events.command({ query: 'OPTIMIZE TABLE exposed_unit FINAL' })
    expect([await exposedUnits(experiment), await eventsNamed('again')]).toEqual(before)
  })

  test('of one id the first stored wins', async () => {
    const first = event({ name: 'twice', value: 1 })
    await post(batch(first))
    await post(batch({ ...first, value: 2, units: { user: 'other' } }))
    expect(await eventsNamed('twice')).toMatchObject([{ value: 1, units: { user: 'u1' } }])
    await server.deps.events.command({ query: 'OPTIMIZE TABLE event FINAL' })
    expect(await eventsNamed('twice')).toMatchObject([{ value: 1, units: { user: 'u1' } }])
    const same = event({ name: 'within', value: 1 })
    await post(batch(same, { ...same, value: 2 }))
    expect(await eventsNamed('within')).toMatchObject([{ value: 1 }])
  })

  test('a second variant of a unit is seen, and the first exposure by its own time stays the first', async () => {
    const experiment = await startedExperiment(server)
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
    await post(batch(exposure(experiment, { at: at(0), variant: 'on' })))
    await post(batch(exposure(experiment, { at: at(-2), variant: 'off' }), exposure(experiment, { at: at(1), variant: 'on' })))
    expect(await exposedUnits(experiment)).toMatchObject([{ unit: 'u1', first: 'off', variants: ['off', 'on'] }])
  })

  test('evaluation counts add up once', async () => {
    const item = { kind: 'evaluations', id: randomUUID(), at: new Date().toISOString(), flag: 'checkout', variant: 'on', count: 5 }
    await post(batch(item))
    await post(batch(item, { ...item, id: randomUUID(), count: 2 }))
    expect(await stored('SELECT toUInt32(sum(count)) AS count FROM evaluation_count FINAL WHERE flag = {flag:String}', { flag: 'checkout' })).toEqual([{ count: 7 }])
  })
})

describe('exposures', () => {
  test('must fit an experiment that has started', async () => {
    const experiment = await startedExperiment(server)
    const { body } = await post(batch(
      exposure(experiment),
      exposure('EXP-999'),
      exposure(experiment, { variant: 'blue' }),
      exposure(experiment, { unitType: 'company' }),
      exposure(experiment, { phase: 2 }),
      exposure(experiment, { at: new Date(Date.now() - 3_600_000).toISOString() }),
    ))
    expect(body.accepted).toBe(1)
    expect(body.rejected.map(({ code }) => code)).toEqual(['unknown_experiment', 'unknown_variant', 'wrong_unit_type', 'unknown_phase', 'before_start'])
  })

  test('of an outside assignment come from server keys only', async () => {
    const inside = await startedExperiment(server)
    const outside = await startedExperiment(server, { assignment: 'external' })
    const { body } = await post(batch(exposure(inside), exposure(outside)), { key: clientKey })
    expect(body.rejected).toMatchObject([{ index: 1, code: 'wrong_key_kind' }])
  })
})

describe('history', () => {
  const old = '2019-05-01T00:00:00.000Z'

  test('from a server key keeps its own time', async () => {
    const experiment = await startedExperiment(server)
    const answer = await post({ ...batch(event({ name: 'history', at: old }), exposure(experiment, { at: old })), backfill: true })
    expect(answer.body).toEqual({ accepted: 2, rejected: [] })
    expect(await stored('SELECT toString(at) AS at FROM event WHERE name = {name:String}', { name: 'history' })).toEqual([{ at: '2019-05-01 00:00:00.000' }])
    expect((await exposedUnits(experiment))[0]?.at).toBe('2019-05-01 00:00:00.000')
  })

  test('is refused from a client key, and item by item where it is not said to be history', async () => {
    const refused = await post({ ...batch(event({ at: old })), backfill: true }, { key: clientKey })
    expect([refused.status, refused.error?.code]).toEqual([403, 'wrong_key_kind'])
    expect((await post(batch(event({ at: old })))).body.rejected).toMatchObject([{ index: 0, code: 'at_too_old' }])
  })
})

test('requests that arrive together share writes', async () => {
  const ingest = createIngest(server.deps)
  const scope = { projectId: randomUUID(), environmentId: randomUUID(), keyKind: 'server' } as const
  const results = await Promise.all(Array.from({ length: 50 }, (_, i) => ingest.submit(scope, {}, [event({ name: 'together', value: i })])))
  expect(results.every((result) => result.accepted === 1)).toBe(true)
  expect(await eventsNamed('together')).toHaveLength(50)
  expect(ingest.counters.writes).toBeLessThanOrEqual(2)
})

describe('while the event store is away', () => {
  let away: TestServer
  let key: string
  beforeAll(async () => {
    away = await startTestServer({ events: false })
    key = await away.key('server')
  })
  afterAll(() => away.close())

  test('batches are kept in the control store, and drained in order when it is back', async () => {
    const first = event({ name: 'spooled', value: 1 })
    expect((await post(batch(first), { to: away, key })).status).toBe(202)
    expect((await post(batch({ ...first, value: 2 }, event({ name: 'spooled', value: 3 })), { to: away, key })).body).toEqual({ accepted: 2, rejected: [] })
    expect(await away.db.eventSpool.count()).toBe(2)
    await spoolJob(away.deps).run(new AbortController().signal)
    expect(await away.db.eventSpool.count()).toBe(2)

    // The same control store, with an event store that answers.
    const back = createIngest({ ...away.deps, events: server.deps.events })
    await spoolJob({ ...away.deps, ingest: back }).run(new AbortController().signal)
    expect(await away.db.eventSpool.count()).toBe(0)
    expect((await eventsNamed('spooled')).map((row) => row.value).sort()).toEqual([1, 3])
  })

  test('a stopping instance leaves what it has not drained to the next', async () => {
    await post(batch(event({ name: 'left' })), { to: away, key })
    await spoolJob({ ...away.deps, ingest: createIngest({ ...away.deps, events: server.deps.events }) }).run(AbortSignal.abort())
    expect(await away.db.eventSpool.count()).toBe(1)
    await away.db.eventSpool.deleteMany()
  })

  test('a batch that was spooled before contexts were known is drained', async () => {
    await post(batch(event({ name: 'upgraded' })), { to: away, key })
    const [spooled] = await away.db.eventSpool.findMany()
    const { context: _unknown, ...rows } = JSON.parse(spooled?.body ?? '{}') as Record<string, unknown>
    await away.db.eventSpool.updateMany({ data: { body: JSON.stringify(rows) } })
    await spoolJob({ ...away.deps, ingest: createIngest({ ...away.deps, events: server.deps.events }) }).run(new AbortController().signal)
    expect(await away.db.eventSpool.count()).toBe(0)
    expect(await eventsNamed('upgraded')).toHaveLength(1)
  })

  test('a full spool asks senders to come back', async () => {
    const ingest = createIngest(away.deps, { spoolCapBytes: 100 })
    await ingest.start()
    const scope = { projectId: randomUUID(), environmentId: randomUUID(), keyKind: 'server' } as const
    await ingest.submit(scope, {}, [event()])
    await expect(ingest.submit(scope, {}, [event()])).rejects.toMatchObject({ code: 'storage_unavailable' })
    await away.db.eventSpool.deleteMany()
  })

  test('and the control store too, senders keep their events', async () => {
    await away.db.$executeRaw`ALTER TABLE event_spool RENAME TO event_spool_away`
    const answer = await post(batch(event()), { to: away, key })
    expect([answer.status, answer.error?.code]).toEqual([503, 'storage_unavailable'])
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
    await away.db.$executeRaw`ALTER TABLE event_spool_away RENAME TO event_spool`
    expect((await post(batch(event()), { to: away, key })).status).toBe(202)
  })
})
