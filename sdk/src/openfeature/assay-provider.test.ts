import { ErrorCode, FirstMatchStrategy, MultiProvider, OpenFeature, ProviderEvents, ProviderStatus, TypedInMemoryProvider, type Client as OpenFeatureClient, type EventDetails, type HookContext } from '@openfeature/server-sdk'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createClient } from '../client/client.ts'
import { pass, sampleFlags, sampleRuleset } from '../client/client.samples.ts'
import { createFakeServer } from '../client/fake-server.samples.ts'
import type { ClientOptions } from '../client/options.ts'
import { aFlag } from '../core/ruleset.samples.ts'
import { AssayProvider } from './assay-provider.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(async () => {
  const closing = OpenFeature.clearProviders()
  await pass(5000)
  await closing
  OpenFeature.clearHandlers()
  vi.useRealTimers()
})

const user = { targetingKey: 'u1' }

function start(options: Partial<ClientOptions> = {}, ruleset = sampleRuleset(1)) {
  const server = createFakeServer(ruleset)
  const given: ClientOptions = { url: 'http://assay.test', key: 'key', fetch: server.fetch, random: () => 0.5, logger: { warn: () => undefined }, ...options }
  return { server, given, provider: new AssayProvider(given) }
}

/** Events as they happen, with what they carry. */
function heard(client: OpenFeatureClient): string[] {
  const seen: string[] = []
  for (const event of [ProviderEvents.Ready, ProviderEvents.Stale, ProviderEvents.Error, ProviderEvents.ConfigurationChanged] as const) {
    client.addHandler(event, (details?: EventDetails) => {
      const { flagsChanged } = (details ?? {}) as { flagsChanged?: string[] }
      seen.push([event.replace('PROVIDER_', ''), ...(flagsChanged ?? [])].join(' '))
    })
  }
  return seen
}

test('every type is resolved, with variant, reason and where it is from', async () => {
  const { provider } = start()
  await OpenFeature.setProviderAndWait(provider)
  const client = OpenFeature.getClient()
  expect(await client.getBooleanDetails('release', true, user)).toEqual({ flagKey: 'release', value: false, variant: 'off', reason: 'STATIC', flagMetadata: { flagSetId: 'shop/production', version: '1' } })
  expect([await client.getStringValue('text', ''), await client.getNumberValue('count', 0), await client.getNumberValue('ratio', 0), await client.getObjectValue('theme', {})]).toEqual(['A', 3, 0.5, { colour: 'teal' }])
  expect(await client.getBooleanDetails('tested', false, user)).toMatchObject({ reason: 'SPLIT', flagMetadata: { experiment: 'exp-1', phase: '2', unitType: 'user' } })
})

test('what is wrong is an error with its code and the default', async () => {
  const { provider } = start()
  await OpenFeature.setProviderAndWait(provider)
  const client = OpenFeature.getClient()
  expect(await client.getBooleanDetails('nowhere', true)).toMatchObject({ value: true, reason: 'ERROR', errorCode: ErrorCode.FLAG_NOT_FOUND, flagMetadata: { flagSetId: 'shop/production' } })
  expect(await client.getStringDetails('release', 'x')).toMatchObject({ value: 'x', errorCode: ErrorCode.TYPE_MISMATCH })
  expect(await client.getNumberDetails('text', 1)).toMatchObject({ value: 1, errorCode: ErrorCode.TYPE_MISMATCH })
  expect(await client.getBooleanDetails('tested', true, {})).toMatchObject({ value: true, errorCode: ErrorCode.TARGETING_KEY_MISSING })
})

test('a flag that is off serves the default, which is no error', async () => {
  const { provider } = start({}, sampleRuleset(1, { flags: [aFlag('off', { enabled: false })] }))
  await OpenFeature.setProviderAndWait(provider)
  expect(await OpenFeature.getClient().getBooleanDetails('off', true)).toMatchObject({ value: true, reason: 'DISABLED', flagMetadata: { version: '1' } })
})

test('an unknown flag is left to the next provider', async () => {
  const { provider } = start()
  const other = new TypedInMemoryProvider({ elsewhere: { variants: { on: true }, defaultVariant: 'on', disabled: false } })
  await OpenFeature.setProviderAndWait(new MultiProvider([{ provider }, { provider: other }], new FirstMatchStrategy()))
  expect(await OpenFeature.getClient().getBooleanValue('elsewhere', false, user)).toBe(true)
})

test('dates in the context are compared as times', async () => {
  const { provider } = start({}, sampleRuleset(1, { flags: [aFlag('dated', { rules: [{ id: 'r', when: { attribute: 'since', op: 'before', values: ['2026-01-01T00:00:00Z'] }, serve: { variant: 'on' } }], fallthrough: { variant: 'off' } })] }))
  await OpenFeature.setProviderAndWait(provider)
  expect(await OpenFeature.getClient().getBooleanValue('dated', false, { since: new Date('2025-06-01') })).toBe(true)
})

test('READY is said once, and a change names its flags', async () => {
  const { provider, server } = start()
  const client = OpenFeature.getClient()
  await OpenFeature.setProviderAndWait(provider)
  const seen = heard(client)
  await pass(100)
  server.publish(sampleRuleset(2))
  await pass(0)
  expect(seen).toEqual(['READY', 'CONFIGURATION_CHANGED release'])
  expect(await client.getBooleanValue('release', false, user)).toBe(true)
  server.publish(sampleRuleset(3, { flags: sampleFlags(2) }))
  await pass(0)
  expect(seen).toHaveLength(2)
})

test('lost contact makes the provider stale after a minute, which serves what it has until it is ready again', async () => {
  const { provider, server } = start()
  await OpenFeature.setProviderAndWait(provider)
  const client = OpenFeature.getClient()
  await pass(1000)
  const seen = heard(client)
  server.behave('ruleset', 'refuse')
  server.behave('stream', 'refuse')
  for (const stream of server.streams()) stream.end()
  await pass(120_000)
  expect([seen, client.providerStatus]).toEqual([['READY', 'STALE'], ProviderStatus.STALE])
  expect(await client.getBooleanDetails('release', true, user)).toMatchObject({ value: false, variant: 'off', reason: 'STALE' })
  server.behave('ruleset')
  server.behave('stream')
  await pass(120_000)
  expect([seen, client.providerStatus]).toEqual([['READY', 'STALE', 'READY'], ProviderStatus.READY])
})

test('a start without Assay is an error that ends by itself', async () => {
  const { provider, server } = start()
  server.behave('ruleset', 'refuse')
  const client = OpenFeature.getClient()
  const seen = heard(client)
  const started = OpenFeature.setProviderAndWait(provider).then(() => 'ready', (error: unknown) => String(error))
  await pass(3000)
  expect(await started).toMatch(/not been reached/)
  expect([seen, client.providerStatus]).toEqual([['ERROR'], ProviderStatus.ERROR])
  expect(await client.getBooleanDetails('release', true)).toMatchObject({ value: true, errorCode: ErrorCode.PROVIDER_NOT_READY })
  server.behave('ruleset')
  await pass(60_000)
  expect([seen.at(-1), client.providerStatus, await client.getBooleanValue('release', true)]).toEqual(['READY', ProviderStatus.READY, false])
})

test('a refused key is fatal, until it is not refused any more', async () => {
  const { provider, server } = start()
  server.behave('ruleset', { status: 401, body: JSON.stringify({ error: { code: 'invalid_key', message: 'No such key.' } }) })
  await expect(OpenFeature.setProviderAndWait(provider)).rejects.toThrow('Assay refuses the provider: 401: No such key.')
  const client = OpenFeature.getClient()
  expect([client.providerStatus, (await client.getBooleanDetails('release', true)).errorCode]).toEqual([ProviderStatus.FATAL, ErrorCode.PROVIDER_FATAL])
  server.behave('ruleset')
  await pass(600_000)
  expect(client.providerStatus).toBe(ProviderStatus.READY)
})

test('a bootstrapped ruleset is served at once, and is stale until Assay answers', async () => {
  const { provider, server } = start({ bootstrap: sampleRuleset(1) }, sampleRuleset(2))
  server.behave('ruleset', 'refuse')
  const client = OpenFeature.getClient()
  const started = OpenFeature.setProviderAndWait(provider)
  await pass(3000)
  await started
  await pass(1)
  const seen = heard(client)
  expect([client.providerStatus, await client.getBooleanValue('release', true)]).toEqual([ProviderStatus.STALE, false])
  server.behave('ruleset')
  await pass(30_000)
  expect(seen).toEqual(['STALE', 'CONFIGURATION_CHANGED release', 'READY'])
})

test('asking records the exposure, tracking the event, and closing sends both', async () => {
  const { provider, server } = start()
  await OpenFeature.setProviderAndWait(provider)
  const client = OpenFeature.getClient()
  await client.getBooleanValue('tested', false, { ...user, country: 'DE' })
  client.track('order', user, { value: 49.9, currency: 'EUR' })
  client.track('visit', user)
  const closing = OpenFeature.clearProviders()
  await pass(2000)
  await closing
  expect(server.stored('exposure')).toMatchObject([{ experiment: 'exp-1', phase: 2, unitType: 'user', unit: 'u1', attributes: { country: 'DE' } }])
  expect(server.stored('event')).toMatchObject([{ name: 'order', units: { user: 'u1' }, value: 49.9, properties: { currency: 'EUR' } }, { name: 'visit', units: { user: 'u1' } }])
  expect(server.streams()).toEqual([])
})

test('a client that is given stays open, and what it holds is sent', async () => {
  const { given, server } = start()
  const own = createClient(given)
  await OpenFeature.setProviderAndWait(new AssayProvider(own))
  OpenFeature.getClient().track('visit', user)
  const closing = OpenFeature.clearProviders()
  await pass(100)
  await closing
  expect([server.stored('event').length, own.status()]).toEqual([1, 'ready'])
  await own.close()
})

test('a provider that was closed can be used again', async () => {
  const { provider } = start()
  for (let i = 0; i < 2; i++) {
    await OpenFeature.setProviderAndWait(provider)
    expect(await OpenFeature.getClient().getStringValue('text', '')).toBe('A')
    const closing = OpenFeature.clearProviders()
    await pass(2000)
    await closing
    expect((await provider.resolveStringEvaluation('text', 'b', {})).errorCode).toBe(ErrorCode.PROVIDER_NOT_READY)
  }
})

test('hooks change the context before the flag is decided, and see the metadata afterwards', async () => {
  const { provider } = start()
  await OpenFeature.setProviderAndWait(provider)
  const after = vi.fn()
  const client = OpenFeature.getClient()
  const options = { hooks: [{ before: () => user, after: (_: HookContext, details: object) => { after(details) } }] }
  expect((await client.getBooleanDetails('tested', false, {}, options)).reason).toBe('SPLIT')
  expect(after).toHaveBeenCalledWith(expect.objectContaining({ flagMetadata: expect.objectContaining({ experiment: 'exp-1' }) }))
})
