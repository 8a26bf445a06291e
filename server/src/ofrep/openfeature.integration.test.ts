import { AssayProvider } from '@assay/sdk/openfeature'
import { OFREPProvider } from '@openfeature/ofrep-provider'
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider'
import { OpenFeature as ServerApi, ProviderEvents as ServerEvents, ProviderStatus as ServerStatus, type EvaluationContext, type EvaluationDetails, type JsonValue } from '@openfeature/server-sdk'
import { OpenFeature as WebApi, ProviderEvents, ProviderStatus, type Provider as WebProvider } from '@openfeature/web-sdk'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { expectEmittable, hasVectors } from '../testing/emit-schema.ts'
import { TestEventSource } from '../testing/event-source.ts'
import { serveSpecFlags, specCases } from '../testing/openfeature-cases.ts'
import { changeFlag, serveExperiment, serveFlag } from '../testing/served-flag.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

/** Imported by name only: its types are those of a page, which the server's own files must not see. */
const PAGE_ENTRY: string = '@assay/sdk/openfeature-web'
interface PageEntry {
  AssayWebProvider: new (options: { url: string; key: string; storage: null; flushIntervalMs: number }) => WebProvider
}

/** The clients that people install, from npm, against a running server. */
let server: TestServer
let serverKey: string
let clientKey: string
let experiment: string
/** Path, status and `If-None-Match` of what the clients asked. */
let traffic: { path: string; status: number; ifNoneMatch: string | null }[] = []

beforeAll(async () => {
  server = await startTestServer()
  serverKey = await server.key('server')
  clientKey = await server.key('client')
  if (hasVectors) await serveSpecFlags(server)
  else process.stderr.write('The vectors of OpenFeature are not beside the repository: its evaluation cases are left out.\n')
  await serveFlag(server, 'banner', { targeting: { rules: [{ id: 'pro', name: 'Pro', when: { attribute: 'plan', op: 'in', values: ['pro'] }, serve: { variant: 'on' } }], fallthrough: { variant: 'off' } } })
  await serveFlag(server, 'limit', { type: 'integer', variants: { low: 1, high: 9 }, targeting: { fallthrough: { variant: 'low' } } })
  await serveFlag(server, 'half', { targeting: { fallthrough: { unit: 'user', salt: 'half', hash: 'murmur3', arms: [{ variant: 'off', weight: 50_000 }, { variant: 'on', weight: 50_000 }], coverage: 100_000 } } })
  experiment = await serveExperiment(server, 'express-pay')
})
afterAll(() => server.close())
afterEach(async () => {
  await Promise.all([ServerApi.clearProviders(), WebApi.clearProviders()])
  WebApi.clearHandlers()
  vi.unstubAllGlobals()
  traffic = []
})

/** Every answer that a client of OpenFeature gets is one that all of them can read. */
const observed: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  const { pathname, search } = new URL(input instanceof Request ? input.url : input)
  expectEmittable(pathname, response.status, await response.clone().text())
  traffic.push({ path: pathname + search, status: response.status, ifNoneMatch: new Headers(init?.headers ?? (input instanceof Request ? input.headers : {})).get('if-none-match') })
  return response
}

const ofrep = (key = serverKey) => new OFREPProvider({ baseUrl: server.url, headers: [['Authorization', `Bearer ${key}`]], fetchImplementation: observed })
// Its types say `hooks: undefined` where those of the SDK say that there may be none.
const ofrepWeb = (key = clientKey) => new OFREPWebProvider({ baseUrl: server.url, headers: [['X-API-Key', key]], fetchImplementation: observed, cacheMode: 'disabled' }) as WebProvider

/** As much of a page as the browser client needs. */
function stubPage(): void {
  const window = new EventTarget()
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }))
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window))
  vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window))
  vi.stubGlobal('navigator', {})
}
async function ownWeb(): Promise<WebProvider> {
  stubPage()
  const { AssayWebProvider } = (await import(PAGE_ENTRY)) as PageEntry
  return new AssayWebProvider({ url: server.url, key: clientKey, storage: null, flushIntervalMs: 50 })
}

type Ask = (flag: string, fallback: JsonValue, context: EvaluationContext) => Promise<EvaluationDetails<JsonValue>>

const askServer: Ask = async (flag, fallback, context) => {
  const client = ServerApi.getClient()
  if (typeof fallback === 'boolean') return client.getBooleanDetails(flag, fallback, context)
  if (typeof fallback === 'string') return client.getStringDetails(flag, fallback, context)
  return typeof fallback === 'number' ? client.getNumberDetails(flag, fallback, context) : client.getObjectDetails(flag, fallback, context)
}
const askWeb: Ask = async (flag, fallback, context) => {
  await WebApi.setContext(context)
  const client = WebApi.getClient()
  if (typeof fallback === 'boolean') return client.getBooleanDetails(flag, fallback)
  if (typeof fallback === 'string') return client.getStringDetails(flag, fallback)
  return typeof fallback === 'number' ? client.getNumberDetails(flag, fallback) : client.getObjectDetails(flag, fallback)
}

/** Providers by name, the way to ask them, and whether they tell a flag that is off from an error. */
const providers: [name: string, start: () => Promise<void>, ask: Ask, readsDisabled: boolean][] = [
  // Version 0.1.3 takes an answer without a value for an error; the default is served all the same.
  ['@openfeature/ofrep-provider', () => ServerApi.setProviderAndWait(ofrep()), askServer, false],
  ['@openfeature/ofrep-web-provider', () => WebApi.setProviderAndWait(ofrepWeb()), askWeb, true],
  ['@assay/sdk/openfeature', () => ServerApi.setProviderAndWait(new AssayProvider({ url: server.url, key: serverKey })), askServer, true],
  ['@assay/sdk/openfeature-web', async () => WebApi.setProviderAndWait(await ownWeb()), askWeb, true],
]

describe.runIf(hasVectors).each(providers)('the specification’s cases hold with %s', (_, start, ask, readsDisabled) => {
  test('all 47 of them', async () => {
    await start()
    const cases = specCases()
    expect(cases).toHaveLength(47)
    for (const { name, flagKey, default: fallback, context, expect: expected } of cases) {
      const { value, reason, variant, errorCode } = await ask(flagKey, fallback, context)
      const wanted = expected.reason === 'DISABLED' && !readsDisabled ? { value: expected.value } : expected
      expect({ value, reason, variant, errorCode }, `${name}: ${flagKey}`).toMatchObject(wanted)
    }
  })
})

describe('the server provider of OFREP', () => {
  test('gets types, metadata and errors as they are', async () => {
    await ServerApi.setProviderAndWait(ofrep())
    const client = ServerApi.getClient()
    const context = { targetingKey: 'u1', plan: 'pro', nested: { t: true, l: [1, 'x'] }, when: new Date(0), nul: null }
    expect(await client.getBooleanDetails('banner', false, context)).toMatchObject({ value: true, variant: 'on', reason: 'TARGETING_MATCH', flagMetadata: { flagSetId: 'shop/production', version: '2' } })
    expect(await client.getNumberDetails('limit', 0)).toMatchObject({ value: 1, reason: 'STATIC' })
    expect(await client.getBooleanDetails('half', true, {})).toMatchObject({ value: true, errorCode: 'TARGETING_KEY_MISSING', errorMessage: 'The flag half splits by user, and the context has no targetingKey.' })
    expect(await client.getBooleanDetails('a/b c%?é', true, context)).toMatchObject({ value: true, errorCode: 'FLAG_NOT_FOUND' })
    expect((await client.getBooleanDetails('express-pay', false, { targetingKey: 'u1' })).flagMetadata).toMatchObject({ experiment, phase: '1', unitType: 'user' })
  })

  test('may be given an address with a slash at the end', async () => {
    await ServerApi.setProviderAndWait(new OFREPProvider({ baseUrl: `${server.url}/`, headers: [['Authorization', `Bearer ${serverKey}`]], fetchImplementation: observed }))
    expect(await ServerApi.getClient().getNumberValue('limit', 0)).toBe(1)
    expect(traffic[0]?.path).toBe('//ofrep/v1/evaluate/flags/limit')
  })

  test('serves defaults with a key that is refused', async () => {
    await ServerApi.setProviderAndWait(ofrep('nonsense'))
    expect(await ServerApi.getClient().getNumberDetails('limit', 7)).toMatchObject({ value: 7, reason: 'ERROR', errorCode: 'GENERAL' })
  })
})

describe('the web provider of OFREP', () => {
  test('is fatal with a key that is refused', async () => {
    await expect(WebApi.setProviderAndWait(ofrepWeb('nonsense'))).rejects.toThrow()
    expect(WebApi.getClient().providerStatus).toBe(ProviderStatus.FATAL)
  })

  test('gets other values for another context of the same user, although it sends the ETag of the one before', async () => {
    await WebApi.setProviderAndWait(ofrepWeb(), { targetingKey: 'u1', plan: 'free' })
    const client = WebApi.getClient()
    expect(client.getBooleanValue('banner', true)).toBe(false)
    await WebApi.setContext({ targetingKey: 'u1', plan: 'pro' })
    expect(client.getBooleanValue('banner', false)).toBe(true)
    expect(traffic.map(({ status, ifNoneMatch }) => [status, ifNoneMatch !== null])).toEqual([[200, false], [200, true]])
    await WebApi.setContext({ targetingKey: 'u1', plan: 'pro', note: 'nothing depends on this' })
    expect(traffic.at(-1)?.status).toBe(304)
    expect(client.getBooleanDetails('banner', false)).toMatchObject({ value: true, reason: 'TARGETING_MATCH' })
  })

  test('follows changes by the stream, and hears of the flags that changed', async () => {
    vi.stubGlobal('EventSource', TestEventSource)
    const changes: unknown[] = []
    WebApi.addHandler(ProviderEvents.ConfigurationChanged, (details) => { changes.push(details?.flagsChanged) })
    await WebApi.setProviderAndWait(ofrepWeb(), { targetingKey: 'u1' })
    const client = WebApi.getClient()
    // The notice of the first connection: nothing has changed since.
    await vi.waitFor(() => { expect(traffic.map(({ status }) => status)).toEqual([200, 304]) }, 10_000)
    expect(traffic[1]?.path).toMatch(/^\/ofrep\/v1\/evaluate\/flags\?flagConfigEtag=[0-9a-f-]{36}%3A\d+$/)
    await changeFlag(server, 'limit', { fallthrough: { variant: 'high' } })
    await vi.waitFor(() => { expect(client.getNumberValue('limit', 0)).toBe(9) }, 10_000)
    expect([changes, client.providerStatus]).toEqual([[['limit']], ProviderStatus.READY])
    await changeFlag(server, 'limit', { fallthrough: { variant: 'low' } })
    await vi.waitFor(() => { expect(client.getNumberValue('limit', 0)).toBe(1) }, 10_000)
  })
})

describe('our own server provider', () => {
  test('decides in the process, follows changes and records exposures', async () => {
    await ServerApi.setProviderAndWait(new AssayProvider({ url: server.url, key: serverKey, flushIntervalMs: 50 }))
    const client = ServerApi.getClient()
    const changed = new Promise<unknown>((resolve) => { client.addHandler(ServerEvents.ConfigurationChanged, (details) => { resolve(details?.flagsChanged) }) })
    expect([await client.getNumberValue('limit', 0), client.providerStatus]).toEqual([1, ServerStatus.READY])
    await changeFlag(server, 'limit', { fallthrough: { variant: 'high' } })
    expect(await changed).toEqual(['limit'])
    expect(await client.getNumberValue('limit', 0)).toBe(9)
    const { variant } = await client.getBooleanDetails('express-pay', false, { targetingKey: 'own-provider' })
    client.track('order', { targetingKey: 'own-provider' }, { value: 3 })
    await ServerApi.clearProviders()
    const rows = await (await server.deps.events.query({ query: "SELECT unit, variant FROM exposure FINAL WHERE unit = 'own-provider'", format: 'JSONEachRow' })).json()
    expect(rows).toEqual([{ unit: 'own-provider', variant }])
  })
})

describe('our own web provider', () => {
  test('holds values of the context, follows changes and records exposures', async () => {
    await WebApi.setProviderAndWait(await ownWeb(), { targetingKey: 'own-web', plan: 'free' })
    const client = WebApi.getClient()
    expect([client.getBooleanValue('banner', true), client.getNumberValue('half', 7)]).toEqual([false, 7])
    await WebApi.setContext({ targetingKey: 'own-web', plan: 'pro' })
    expect(client.getBooleanDetails('banner', false)).toMatchObject({ value: true, reason: 'TARGETING_MATCH', flagMetadata: { flagSetId: 'shop/production' } })
    const changed = new Promise<unknown>((resolve) => { client.addHandler(ProviderEvents.ConfigurationChanged, (details) => { resolve(details?.flagsChanged) }) })
    await changeFlag(server, 'banner', { rules: [] })
    expect(await changed).toEqual(['banner'])
    expect(client.getBooleanValue('banner', true)).toBe(false)
    const { variant } = client.getBooleanDetails('express-pay', false)
    client.track('order', { value: 3 })
    await WebApi.clearProviders()
    const rows = await (await server.deps.events.query({ query: "SELECT unit, variant, source FROM exposure FINAL WHERE unit = 'own-web'", format: 'JSONEachRow' })).json()
    expect(rows).toEqual([{ unit: 'own-web', variant, source: 'client' }])
    const events = await (await server.deps.events.query({ query: "SELECT name, value FROM event FINAL WHERE units['user'] = 'own-web'", format: 'JSONEachRow' })).json()
    expect(events).toEqual([{ name: 'order', value: 3 }])
  })
})
