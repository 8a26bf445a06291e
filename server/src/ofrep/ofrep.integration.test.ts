import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { routes } from '../contract/routes.ts'
import { expectEmittable } from '../testing/emit-schema.ts'
import { openEventStream } from '../testing/event-stream.ts'
import { changeFlag, serveExperiment, serveFlag } from '../testing/served-flag.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const FLAGS = '/ofrep/v1/evaluate/flags'
const user = (targetingKey: string, attributes: object = {}) => ({ context: { targetingKey, ...attributes } })

interface Answer {
  status: number
  text: string
  json: Record<string, unknown>
  headers: Headers
}

let server: TestServer
let serverKey: string
let clientKey: string
let experiment: string

beforeAll(async () => {
  server = await startTestServer()
  serverKey = await server.key('server')
  clientKey = await server.key('client')
  await serveFlag(server, 'banner', { targeting: { rules: [{ id: 'pro', name: 'Pro', when: { attribute: 'plan', op: 'in', values: ['pro'] }, serve: { variant: 'on' } }], fallthrough: { variant: 'off' } } })
  await serveFlag(server, 'ratio', { type: 'float', variants: { whole: 1, half: 0.5 }, targeting: { fallthrough: { variant: 'whole' } } })
  await serveFlag(server, 'limit', { type: 'integer', variants: { low: 1 }, targeting: { fallthrough: { variant: 'low' } } })
  await serveFlag(server, 'theme', { type: 'object', variants: { plain: { tint: null, sizes: [1, 2] } }, targeting: { fallthrough: { variant: 'plain' } } })
  await serveFlag(server, 'secret', { clientVisible: false })
  await serveFlag(server, 'closed', { targeting: { enabled: false, offVariant: null } })
  await serveFlag(server, 'closed-off', { targeting: { enabled: false, offVariant: 'off' } })
  await serveFlag(server, 'half', { targeting: { fallthrough: { unit: 'user', salt: 'half', hash: 'murmur3', arms: [{ variant: 'off', weight: 50_000 }, { variant: 'on', weight: 50_000 }], coverage: 100_000 } } })
  experiment = await serveExperiment(server, 'express-pay')
})
afterAll(() => server.close())

async function send(path: string, { method = 'POST', body, key = serverKey, headers = {} }: { method?: string; body?: unknown; key?: string | null; headers?: Record<string, string> } = {}): Promise<Answer> {
  const response = await fetch(server.url + path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }), ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  if (method === 'POST' && path.includes(FLAGS.slice(1))) expectEmittable(path, response.status, text)
  return { status: response.status, text, json: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>), headers: response.headers }
}
const one = (flag: string, body: unknown = user('u1'), options: Parameters<typeof send>[1] = {}) => send(`${FLAGS}/${flag}`, { body, ...options })
const bulk = (body: unknown = user('u1'), options: Parameters<typeof send>[1] = {}) => send(FLAGS, { body, ...options })
const keysOf = ({ json }: Answer) => (json['flags'] as { key: string }[]).map((flag) => flag.key)
const entry = ({ json }: Answer, key: string) => (json['flags'] as { key: string; metadata: Record<string, string> }[]).find((flag) => flag.key === key)

describe('a single evaluation', () => {
  test('answers value, variant, reason and where they are from', async () => {
    const { status, json, headers } = await one('banner', user('u1', { plan: 'pro' }))
    expect([status, json]).toEqual([200, { key: 'banner', value: true, variant: 'on', reason: 'TARGETING_MATCH', metadata: { flagSetId: 'shop/production', version: '2' } }])
    expect(headers.get('x-assay-version')).toMatch(/^[0-9a-f-]{36}:\d+$/)
    expect((await one('banner')).json).toMatchObject({ value: false, variant: 'off', reason: 'DEFAULT' })
    expect((await one('limit')).json).toMatchObject({ value: 1, reason: 'STATIC' })
  })

  test('writes whole floats as floats and whole integers as integers', async () => {
    expect((await one('ratio')).text).toContain('"value":1.0,')
    expect((await one('limit')).text).toContain('"value":1,')
    expect((await one('theme')).json['value']).toEqual({ tint: null, sizes: [1, 2] })
  })

  test('of a flag that is off has neither value nor variant, unless it has an off variant', async () => {
    expect((await one('closed')).json).toEqual({ key: 'closed', reason: 'DISABLED', metadata: { flagSetId: 'shop/production', version: '2' } })
    expect((await one('closed-off')).json).toMatchObject({ value: false, variant: 'off', reason: 'STATIC' })
  })

  test('that cannot be decided says why, with its key', async () => {
    expect(await one('nowhere')).toMatchObject({ status: 404, json: { key: 'nowhere', errorCode: 'FLAG_NOT_FOUND', errorDetails: 'There is no flag nowhere.', metadata: {} } })
    expect(await one('half', { context: {} })).toMatchObject({ status: 400, json: { key: 'half', errorCode: 'TARGETING_KEY_MISSING', errorDetails: 'The flag half splits by user, and the context has no targetingKey.' } })
  })

  test.each([['no body', undefined], ['an empty object', {}], ['a null context', { context: null }], ['an empty context', { context: {} }], ['an empty body', '']])('takes %s for no context', async (_, body) => {
    expect(await one('limit', body)).toMatchObject({ status: 200, json: { value: 1 } })
  })

  test.each([
    ['broken JSON', '{"context":', 400, 'INVALID_CONTEXT'],
    ['a context that is no object', { context: 'u1' }, 400, 'INVALID_CONTEXT'],
    ['a list', '[1]', 400, 'INVALID_CONTEXT'],
    ['a nest', `{"context":${'['.repeat(100)}${']'.repeat(100)}}`, 400, 'INVALID_CONTEXT'],
    ['more than a megabyte', { context: { note: 'x'.repeat(1_100_000) } }, 413, 'GENERAL'],
  ])('with %s is refused as JSON with a key', async (_, body, status, errorCode) => {
    expect(await one('limit', body)).toMatchObject({ status, json: { key: 'limit', errorCode, errorDetails: expect.stringMatching(/./), metadata: {} } })
  })

  test('reads JSON whatever its type says', async () => {
    expect((await one('banner', user('u1', { plan: 'pro' }), { headers: { 'content-type': 'text/plain' } })).json['value']).toBe(true)
  })

  test.each([
    ['a/b%20c', 'a/b c'], ['a%2Fb%20c%25%3F%C3%A9', 'a/b c%?é'], ['%', '%'], ['a%20%', 'a%20%'], ['%E0%A4%A', '%E0%A4%A'],
  ])('of the key %s that cannot exist is not found, however it arrives', async (path, key) => {
    const { status, text } = await rawPost(`${FLAGS}/${path}`)
    expect([status, JSON.parse(text)]).toMatchObject([404, { key, errorCode: 'FLAG_NOT_FOUND' }])
  })

  test('finds its flag behind a double slash, before a slash at the end, and with the key in either header', async () => {
    expect((await send(`/${FLAGS}/limit`, { body: user('u1') })).json['value']).toBe(1)
    expect((await one('limit/')).json['value']).toBe(1)
    expect((await one('limit', user('u1'), { key: null, headers: { 'x-api-key': serverKey } })).json['value']).toBe(1)
  })

  test('needs a key', async () => {
    for (const headers of [{}, { authorization: 'Bearer nonsense' }, { authorization: `Basic ${serverKey}` }, { 'x-api-key': 'nonsense' }]) {
      expect(await one('limit', user('u1'), { key: null, headers })).toMatchObject({ status: 401, json: { key: 'limit', errorCode: 'GENERAL', metadata: {} } })
    }
  })

  test('with a client key knows the flags a page may see', async () => {
    expect((await one('limit', user('u1'), { key: clientKey })).json['value']).toBe(1)
    expect(await one('secret', user('u1'), { key: clientKey })).toMatchObject({ status: 404, json: { errorCode: 'FLAG_NOT_FOUND', errorDetails: 'There is no flag secret.' } })
    expect((await one('secret')).status).toBe(200)
  })
})

/** `fetch` would repair the path. */
function rawPost(path: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url)
    const sent = request({ hostname, port, path, method: 'POST', headers: { authorization: `Bearer ${serverKey}` } }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => { text += chunk }).on('end', () => { resolve({ status: response.statusCode ?? 0, text }) })
    })
    sent.on('error', reject)
    sent.end()
  })
}

describe('a bulk evaluation', () => {
  test('answers every flag by key, failures among them', async () => {
    const answer = await bulk({ context: {} })
    expect(keysOf(answer)).toEqual(['banner', 'closed', 'closed-off', 'express-pay', 'half', 'limit', 'ratio', 'secret', 'theme'])
    expect(entry(answer, 'half')).toMatchObject({ errorCode: 'TARGETING_KEY_MISSING' })
    expect(answer.json['metadata']).toEqual({ flagSetId: 'shop/production' })
    expect(answer.text).toContain('"value":1.0,')
    expect(keysOf(await bulk({ context: {} }, { key: clientKey }))).not.toContain('secret')
  })

  test('is a 304 for whoever has it already, by an ETag that depends on the context', async () => {
    const free = await bulk(user('u1', { plan: 'free' }))
    const etag = free.headers.get('etag') ?? ''
    for (const named of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const again = await bulk(user('u1', { plan: 'free' }), { headers: { 'if-none-match': named } })
      expect([again.status, again.text, again.headers.get('etag'), again.headers.get('access-control-allow-origin')]).toEqual([304, '', etag, '*'])
    }
    // The web client keeps its ETag as long as the targeting key is the same.
    const pro = await bulk(user('u1', { plan: 'pro' }), { headers: { 'if-none-match': etag } })
    expect([pro.status, entry(pro, 'banner')]).toMatchObject([200, { value: true }])
  })

  test('keeps its ETag when something changes that this context does not see', async () => {
    const before = await bulk(user('u1'), { key: clientKey })
    await changeFlag(server, 'secret', { enabled: false })
    const after = await bulk(user('u1'), { key: clientKey, headers: { 'if-none-match': before.headers.get('etag') ?? '' } })
    expect(after.status).toBe(304)
    expect(after.headers.get('x-assay-version')).not.toBe(before.headers.get('x-assay-version'))
  })

  test('after a notice of another version is sent whole, whatever ETag the client has', async () => {
    const first = await bulk()
    const [etag, version] = [first.headers.get('etag') ?? '', first.headers.get('x-assay-version') ?? '']
    const refetch = (query: Record<string, string>) => send(`${FLAGS}?${new URLSearchParams(query).toString()}`, { body: user('u1'), headers: { 'if-none-match': etag } })
    expect((await refetch({ flagConfigEtag: version })).status).toBe(304)
    expect((await refetch({ flagConfigEtag: version.replace(/:\d+$/, ':999') })).status).toBe(200)
    expect((await refetch({ flagConfigEtag: 'whatever' })).status).toBe(200)
    expect((await refetch({ flagConfigLastModified: '1771622898' })).status).toBe(304)
  })

  test('leaves out what clients on Ktor refuse', async () => {
    expect(Object.keys((await bulk(user('u1'), { headers: { 'user-agent': 'Ktor client' } })).json)).toEqual(['flags'])
  })

  test('has flags only where the environment says so, from the next answer on', async () => {
    const to = { project: server.project, environment: 'production' }
    const { revision } = (await server.admin(routes.getProject, { params: to })).body.environments.find(({ key }) => key === 'production') ?? { revision: 0 }
    const without = await server.admin(routes.updateEnvironment, { params: to, body: { basedOn: revision, ofrepExtras: false } })
    expect(without.body.ofrepExtras).toBe(false)
    expect(Object.keys((await bulk()).json)).toEqual(['flags'])
    expect((await server.admin(routes.updateEnvironment, { params: to, body: { basedOn: without.body.revision, ofrepExtras: true } })).status).toBe(200)
    expect(Object.keys((await bulk()).json)).toEqual(['flags', 'metadata', 'eventStreams'])
  })

  test('that is refused says why', async () => {
    expect(await bulk('{')).toMatchObject({ status: 400, json: { errorCode: 'INVALID_CONTEXT', metadata: {} } })
    expect(await bulk(user('u1'), { key: 'nonsense' })).toMatchObject({ status: 401, json: { errorCode: 'GENERAL' } })
  })
})

test('pages of any origin may ask, and read what they need of the answer', async () => {
  const preflight = await send(FLAGS, { method: 'OPTIONS', key: null, headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type,if-none-match,x-api-key' } })
  expect(preflight.status).toBe(204)
  const allowed = preflight.headers.get('access-control-allow-headers')?.toLowerCase().split(', ')
  for (const header of ['authorization', 'content-type', 'x-api-key', 'if-none-match', 'x-assay-exposure']) expect(allowed).toContain(header)
  for (const answer of [await bulk(), await bulk('{'), await one('nowhere'), await bulk(user('u1'), { key: null }), await send('/ofrep/v1/sse?token=x', { method: 'GET', key: null })]) {
    expect([answer.headers.get('access-control-allow-origin'), answer.headers.get('access-control-expose-headers')]).toEqual(['*', expect.stringMatching(/Date.*ETag.*Retry-After/)])
  }
})

test('what is not OFREP is said so, as JSON', async () => {
  expect(await send('/ofrep/v1/configuration', { method: 'GET' })).toMatchObject({ status: 404, json: { errorCode: 'GENERAL', metadata: {} } })
  const wrong = await send(FLAGS, { method: 'GET' })
  expect([wrong.status, wrong.headers.get('allow'), wrong.json['errorCode']]).toEqual([405, 'POST', 'GENERAL'])
  expect((await send(`${FLAGS}/limit`, { method: 'PUT', body: {} })).json).toMatchObject({ key: 'limit', errorCode: 'GENERAL' })
})

describe('exposures', () => {
  const exposed = async () => (await server.deps.events.query({ query: 'SELECT unit, variant, attributes FROM exposure FINAL WHERE experiment = {experiment:String} ORDER BY unit', query_params: { experiment }, format: 'JSONEachRow' })).json<{ unit: string; variant: string; attributes: string }>()

  test('of single evaluations with a server key are recorded here, once an hour', async () => {
    const { json } = await one('express-pay', user('single-1', { country: 'DE' }))
    await one('express-pay', user('single-1', { country: 'DE' }))
    expect(json['metadata']).toMatchObject({ experiment, phase: '1', unitType: 'user' })
    await vi.waitFor(async () => { expect(await exposed()).toEqual([{ unit: 'single-1', variant: json['variant'], attributes: '{"country":"DE"}' }]) }, 20_000)
  })

  test('are the caller’s own where it says so, evaluates in bulk, or has a client key', async () => {
    await one('express-pay', user('silent-1'), { headers: { 'x-assay-exposure': 'none' } })
    await one('express-pay', user('silent-2'), { key: clientKey })
    const answer = await bulk(user('silent-3'))
    expect(entry(answer, 'express-pay')?.metadata).toMatchObject({ experiment, phase: '1', unitType: 'user' })
    await one('express-pay', user('single-2'))
    await vi.waitFor(async () => { expect((await exposed()).map((row) => row.unit)).toEqual(['single-1', 'single-2']) }, 20_000)
  })
})

describe('the stream', () => {
  const streamPath = async (key = clientKey) => ((await bulk(user('u1'), { key })).json['eventStreams'] as { endpoint: { requestUri: string } }[])[0]?.endpoint.requestUri ?? ''
  const open = async (path: string, headers: Record<string, string> = {}) => openEventStream(new URL(path, server.url), headers)
  const version = async () => (await bulk()).headers.get('x-assay-version') ?? ''

  test('is opened by a token, which is no key and the same for a while', async () => {
    const path = await streamPath()
    expect(path).toMatch(/^\/ofrep\/v1\/sse\?token=[\w.-]+$/)
    expect(path).not.toContain(clientKey)
    expect(await streamPath()).toBe(path)
    const stream = await open(path)
    expect([stream.status, stream.headers.get('content-type'), stream.headers.get('cache-control'), stream.headers.get('x-accel-buffering'), stream.headers.get('access-control-allow-origin')])
      .toEqual([200, 'text/event-stream; charset=utf-8', 'no-store, no-transform', 'no', '*'])
    stream.close()
  })

  test('says at once to fetch again, and again after every change', async () => {
    const stream = await open(await streamPath())
    const now = await version()
    expect(await stream.received(1)).toEqual([{ event: 'message', id: now, data: JSON.stringify({ type: 'refetchEvaluation', etag: now }) }])
    await changeFlag(server, 'limit', { enabled: true, offVariant: null })
    const [, second] = await stream.received(2)
    expect(second?.id).toBe(await version())
    expect(second?.id).not.toBe(now)
    stream.close()
  })

  test('repeats nothing to a client that comes back with the present version, and one notice to any other', async () => {
    const path = await streamPath()
    const now = await version()
    const current = await open(path, { 'last-event-id': now })
    const [stale, unknown] = [await open(path, { 'last-event-id': now.replace(/:\d+$/, ':1') }), await open(path, { 'last-event-id': 'whatever' })]
    for (const stream of [stale, unknown]) expect((await stream.received(1))[0]?.id).toBe(now)
    await changeFlag(server, 'limit', { enabled: true })
    const after = await version()
    for (const [stream, count] of [[current, 1], [stale, 2], [unknown, 2]] as const) expect((await stream.received(count)).at(-1)?.id).toBe(after)
    expect(current.events).toHaveLength(1)
    for (const stream of [current, stale, unknown]) stream.close()
  })

  test('opens for no other token', async () => {
    const path = await streamPath()
    const refused = [path.slice(0, -1), `${path}x`, path.replace(/\.\d+\./, '.9999999999.'), path.replace(/token=[^.]+/, `token=${randomUUID()}`), '/ofrep/v1/sse?token=', '/ofrep/v1/sse']
    for (const wrong of refused) expect(await send(wrong, { method: 'GET', key: null })).toMatchObject({ status: 401, json: { errorCode: 'GENERAL' } })
  })

  test('ends with its key', async () => {
    const secret = await server.key('client')
    const path = await streamPath(secret)
    const stream = await open(path)
    await stream.received(1)
    const { keys } = (await server.admin(routes.listKeys, { params: { project: 'shop' } })).body
    const key = keys.find((each) => secret.startsWith(each.prefix))
    await server.admin(routes.revokeKey, { params: { project: 'shop', id: key?.id ?? '' } })
    await vi.waitFor(() => { expect(stream.ended()).toBe(true) }, 10_000)
    expect((await send(path, { method: 'GET', key: null })).status).toBe(401)
  })
})

describe('an instance with a public address', () => {
  let instance: TestServer
  let key: string
  let clock = Date.now()
  beforeAll(async () => {
    instance = await startTestServer({ env: { ASSAY_PUBLIC_URL: 'https://flags.example/assay/' }, now: () => new Date(clock) })
    key = await instance.key('client')
  })
  afterAll(() => instance.close())

  async function streamUrl(): Promise<string> {
    const response = await fetch(new URL(FLAGS, instance.url), { method: 'POST', headers: { 'x-api-key': key } })
    const { eventStreams } = (await response.json()) as { eventStreams: { url: string; inactivityDelaySec: number }[] }
    expect(eventStreams).toEqual([{ type: 'sse', url: expect.stringMatching(/^https:\/\/flags\.example\/assay\/ofrep\/v1\/sse\?token=/), inactivityDelaySec: 120 }])
    return eventStreams[0]?.url ?? ''
  }
  const open = (url: string) => openEventStream(new URL(`/ofrep/v1/sse${new URL(url).search}`, instance.url), {})

  test('names its stream by it, with a token that ends within two hours and is replaced before', async () => {
    const url = await streamUrl()
    const stream = await open(url)
    expect(stream.status).toBe(200)
    stream.close()
    clock += 3_600_000
    expect((await open(url)).status).toBe(200)
    expect(await streamUrl()).not.toBe(url)
    clock += 3_600_000
    expect((await open(url)).status).toBe(401)
  })

  test('ends its streams when it stops, tells each when to come back, and opens no new one', async () => {
    const url = await streamUrl()
    const stream = await open(url)
    await stream.received(1)
    await instance.deps.rulesets.stop()
    instance.deps.ofrep.stop()
    expect((await stream.received(2))[1]).toEqual({ event: 'reconnect', id: null, data: expect.stringMatching(/^\{"retryMs":\d+\}$/) })
    await vi.waitFor(() => { expect(stream.ended()).toBe(true) }, 10_000)
    const refused = await fetch(new URL(`/ofrep/v1/sse${new URL(url).search}`, instance.url))
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([503, expect.stringMatching(/^\d+$/), { errorCode: 'GENERAL', errorDetails: expect.stringContaining('stopping'), metadata: {} }])
  })
})
