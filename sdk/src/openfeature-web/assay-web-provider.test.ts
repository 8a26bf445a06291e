import { ErrorCode, OpenFeature, ProviderEvents, ProviderStatus, type EventDetails } from '@openfeature/web-sdk'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EvaluatedFlag } from '../browser/evaluated-flag.ts'
import { aValue, createFakeBrowser, pass, tested } from '../browser/page.samples.ts'
import { AssayWebProvider, type AssayWebOptions } from './assay-web-provider.ts'

beforeEach(() => {
  vi.useFakeTimers()
  // What it logs are the errors that the tests look at.
  OpenFeature.setLogger({ error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined })
})
afterEach(async () => {
  const closing = OpenFeature.clearProviders()
  await pass(5000)
  await closing
  OpenFeature.clearHandlers()
  await OpenFeature.setContext({})
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const options: AssayWebOptions = { url: 'https://assay.test', key: 'client-key', logger: { warn: () => undefined } }
const user = { targetingKey: 'u' }
const forPlan = (context: Record<string, unknown>): EvaluatedFlag[] => [aValue('banner', context['plan'] === 'pro'), aValue('count', 3)]

/** Events as they happen, with what they carry. */
function heard(): string[] {
  const seen: string[] = []
  for (const event of [ProviderEvents.Ready, ProviderEvents.Stale, ProviderEvents.Error, ProviderEvents.ConfigurationChanged, ProviderEvents.Reconciling, ProviderEvents.ContextChanged] as const) {
    OpenFeature.getClient().addHandler(event, (details?: EventDetails) => {
      const { flagsChanged } = (details ?? {}) as { flagsChanged?: string[] }
      seen.push([event.replace('PROVIDER_', ''), ...(flagsChanged ?? [])].join(' '))
    })
  }
  return seen
}

test('every type is resolved at once, with variant, reason and metadata', async () => {
  createFakeBrowser()
  await OpenFeature.setProviderAndWait(new AssayWebProvider(options), user)
  const client = OpenFeature.getClient()
  expect(client.getBooleanDetails('release', false)).toEqual({ flagKey: 'release', value: true, variant: 'a', reason: 'STATIC', flagMetadata: { flagSetId: 'p/e', version: '1' } })
  expect([client.getStringValue('text', ''), client.getNumberValue('count', 0), client.getNumberValue('ratio', 0), client.getObjectValue('theme', {})]).toEqual(['A', 3, 0.5, { colour: 'teal' }])
})

test('what is wrong is an error with its code and the default, and a flag that is off is none', async () => {
  const { assay } = createFakeBrowser()
  assay.serve(() => [{ key: 'off', reason: 'DISABLED', metadata: { version: '2' } }, aValue('text', 'A')])
  await OpenFeature.setProviderAndWait(new AssayWebProvider(options), user)
  const client = OpenFeature.getClient()
  expect(client.getBooleanDetails('nowhere', true)).toMatchObject({ value: true, reason: 'ERROR', errorCode: ErrorCode.FLAG_NOT_FOUND })
  expect(client.getBooleanDetails('text', true)).toMatchObject({ value: true, errorCode: ErrorCode.TYPE_MISMATCH })
  expect(client.getBooleanDetails('off', true)).toMatchObject({ value: true, reason: 'DISABLED', flagMetadata: { version: '2' } })
})

test.each([401, 403])('a key that is refused with %i is fatal, until it is not refused any more', async (status) => {
  const { assay } = createFakeBrowser()
  assay.behave('flags', () => new Response(null, { status }))
  await expect(OpenFeature.setProviderAndWait(new AssayWebProvider(options), user)).rejects.toThrow(`Assay refuses the key: defaults are served. Refused: ${status}`)
  const client = OpenFeature.getClient()
  expect([client.providerStatus, client.getBooleanDetails('release', false).errorCode]).toEqual([ProviderStatus.FATAL, ErrorCode.PROVIDER_FATAL])
  assay.behave('flags', undefined)
  await pass(400_000)
  expect([client.providerStatus, client.getBooleanValue('release', false)]).toEqual([ProviderStatus.READY, true])
})

test('an answer that is no refusal of the key is an error, not fatal', async () => {
  const { assay } = createFakeBrowser()
  assay.behave('flags', () => new Response(null, { status: 404 }))
  await expect(OpenFeature.setProviderAndWait(new AssayWebProvider(options), user)).rejects.toThrow('Defaults are served. Refused: 404')
  expect(OpenFeature.getClient().providerStatus).toBe(ProviderStatus.ERROR)
})

test('READY is said once, and a change names its flags', async () => {
  const { assay } = createFakeBrowser()
  await OpenFeature.setProviderAndWait(new AssayWebProvider(options), user)
  const seen = heard()
  await pass(1000)
  assay.publish(() => [aValue('release', false), aValue('text', 'A'), aValue('count', 3), aValue('ratio', 0.5), aValue('theme', { colour: 'teal' }), tested('u')])
  await pass(1000)
  expect([seen, OpenFeature.getClient().getBooleanValue('release', true)]).toEqual([['READY', 'CONFIGURATION_CHANGED release'], false])
})

test('another context reconciles: old values until the new ones are there, and no event but the SDK’s own', async () => {
  const { assay } = createFakeBrowser()
  assay.serve(forPlan)
  await OpenFeature.setProviderAndWait(new AssayWebProvider(options), user)
  await pass(1000)
  const client = OpenFeature.getClient()
  const seen = heard()
  const changing = OpenFeature.setContext({ ...user, plan: 'pro', since: new Date(0) })
  expect([client.getBooleanValue('banner', true), client.providerStatus]).toEqual([false, ProviderStatus.RECONCILING])
  await changing
  await pass(1000)
  expect([client.getBooleanValue('banner', false), client.providerStatus, seen]).toEqual([true, ProviderStatus.READY, ['READY', 'RECONCILING', 'CONTEXT_CHANGED']])
  expect(JSON.parse(assay.asked('flags').at(-1)?.body ?? '')).toEqual({ context: { targetingKey: 'u', plan: 'pro', since: '1970-01-01T00:00:00.000Z' } })
})

test('of several contexts the last one counts', async () => {
  const { assay } = createFakeBrowser()
  assay.serve(forPlan)
  await OpenFeature.setProviderAndWait(new AssayWebProvider(options), user)
  await Promise.all([OpenFeature.setContext({ ...user, plan: 'pro' }), OpenFeature.setContext({ ...user, plan: 'free' })])
  expect(OpenFeature.getClient().getBooleanValue('banner', true)).toBe(false)
})

test('a context whose values cannot be had is an error that ends by itself', async () => {
  const { assay } = createFakeBrowser()
  assay.serve(forPlan)
  await OpenFeature.setProviderAndWait(new AssayWebProvider(options), user)
  const client = OpenFeature.getClient()
  assay.behave('flags', () => 'refuse')
  await OpenFeature.setContext({ ...user, plan: 'pro' })
  expect([client.providerStatus, client.getBooleanDetails('banner', true)]).toMatchObject([ProviderStatus.ERROR, { value: false, reason: 'STALE' }])
  assay.behave('flags')
  await pass(60_000)
  expect([client.providerStatus, client.getBooleanValue('banner', false)]).toEqual([ProviderStatus.READY, true])
})

test('a start without Assay is an error that ends by itself', async () => {
  const { assay } = createFakeBrowser()
  assay.behave('flags', () => 'refuse')
  const started = OpenFeature.setProviderAndWait(new AssayWebProvider(options), user).then(() => 'ready', String)
  await pass(3000)
  expect(await started).toMatch(/Defaults are served\. .*Failed to fetch/)
  expect([OpenFeature.getClient().providerStatus, OpenFeature.getClient().getBooleanDetails('release', false).errorCode]).toEqual([ProviderStatus.ERROR, ErrorCode.PROVIDER_NOT_READY])
  assay.behave('flags')
  await pass(60_000)
  expect([OpenFeature.getClient().providerStatus, OpenFeature.getClient().getBooleanValue('release', false)]).toEqual([ProviderStatus.READY, true])
})

test('bootstrapped values are served at once without a flicker, and are stale if Assay does not confirm them', async () => {
  const { assay } = createFakeBrowser()
  const bootstrap = { flags: [aValue('release', true)] }
  await OpenFeature.setProviderAndWait(new AssayWebProvider({ ...options, bootstrap }), user)
  const seen = heard()
  expect(OpenFeature.getClient().getBooleanValue('release', false)).toBe(true)
  await pass(4000)
  expect(seen.filter((event) => !event.startsWith('CONFIGURATION_CHANGED'))).toEqual(['READY'])
  assay.behave('flags', () => 'refuse')
  await OpenFeature.setProviderAndWait(new AssayWebProvider({ ...options, bootstrap }), user)
  await pass(4000)
  expect(OpenFeature.getClient().providerStatus).toBe(ProviderStatus.STALE)
})

test('reading records the exposure, tracking the event, and closing sends both', async () => {
  const { assay } = createFakeBrowser()
  await OpenFeature.setProviderAndWait(new AssayWebProvider(options), user)
  const client = OpenFeature.getClient()
  client.getBooleanValue('tested', false)
  client.track('order', { value: 49.9, currency: 'EUR' })
  const closing = OpenFeature.clearProviders()
  await pass(3000)
  await closing
  expect(assay.stored('exposure')).toMatchObject([{ experiment: 'exp-1', phase: 2, unitType: 'user', unit: 'u' }])
  expect(assay.stored('event')).toMatchObject([{ name: 'order', units: { user: 'u' }, value: 49.9, properties: { currency: 'EUR' } }])
  expect(assay.streams()).toEqual([])
})

test('a client that is given takes over the context, and stays open', async () => {
  const { open } = createFakeBrowser()
  const own = open({ context: { targetingKey: 'before' } })
  await OpenFeature.setProviderAndWait(new AssayWebProvider(own), user)
  expect(own.context()).toEqual(user)
  const closing = OpenFeature.clearProviders()
  await pass(3000)
  await closing
  expect(own.status()).toBe('ready')
  await own.close()
})
