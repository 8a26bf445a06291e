import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aFlag, aRuleset, halves } from '../core/ruleset.samples.ts'
import { pass, sampleRuleset, startClient } from './client.samples.ts'
import { createClient } from './client.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

test('each type has a getter, and details that say why', async () => {
  const { client } = startClient()
  await client.ready()
  const context = { targetingKey: 'u' }
  expect([client.getBoolean('release', true, context), client.getString('text', 'x', context), client.getInteger('count', 0), client.getFloat('ratio', 0), client.getObject('theme', {})]).toEqual([false, 'A', 3, 0.5, { colour: 'teal' }])
  const identity = { epoch: aRuleset().epoch, version: 1 }
  expect(client.getBooleanDetails('release', true, context)).toEqual({ flagKey: 'release', value: false, variant: 'off', reason: 'STATIC', ...identity })
  expect(client.getStringDetails('text', 'x')).toMatchObject({ value: 'A', reason: 'STATIC' })
  expect(client.getIntegerDetails('count', 0)).toMatchObject({ value: 3 })
  expect(client.getFloatDetails('ratio', 0)).toMatchObject({ value: 0.5 })
  expect(client.getObjectDetails('theme', { colour: 'none' })).toMatchObject({ value: { colour: 'teal' }, variant: 'a' })
  expect(client.getBooleanDetails('tested', false, context)).toMatchObject({ reason: 'SPLIT', experiment: 'exp-1', phase: 2, unitType: 'user' })
})

test('the caller’s default is served with an error or a reason wherever there is no value', async () => {
  const { client } = startClient(aRuleset({ flags: [aFlag('off', { enabled: false }), aFlag('split', { fallthrough: halves('s') }), aFlag('broken', { fallthrough: { variant: 'gone' } }), aFlag('text', { type: 'string', variants: [{ key: 'off', value: 'a' }] })] }))
  await client.ready()
  const details = (flag: string, context = {}) => { const { value, reason, errorCode } = client.getBooleanDetails(flag, true, context); return [value, reason, errorCode] }
  expect(details('off')).toEqual([true, 'DISABLED', undefined])
  expect(details('gone')).toEqual([true, 'ERROR', 'FLAG_NOT_FOUND'])
  expect(details('text')).toEqual([true, 'ERROR', 'TYPE_MISMATCH'])
  expect(details('split')).toEqual([true, 'ERROR', 'TARGETING_KEY_MISSING'])
  expect(details('broken')).toEqual([true, 'ERROR', 'PARSE_ERROR'])
})

test('S19 a wrong type never reaches the caller, whichever two types meet', async () => {
  const { client } = startClient()
  await client.ready()
  const flags = ['release', 'text', 'count', 'ratio', 'theme']
  const fallback = { own: true }
  const getters = [client.getBooleanDetails, client.getStringDetails, client.getIntegerDetails, client.getFloatDetails, client.getObjectDetails] as ((flag: string, fallback: never) => { value: unknown; errorCode?: string })[]
  for (const [i, get] of getters.entries()) {
    for (const [j, flag] of flags.entries()) {
      const { value, errorCode } = get(flag, fallback as never)
      expect([flag, value === fallback, errorCode]).toEqual([flag, i !== j, i === j ? undefined : 'TYPE_MISMATCH'])
    }
  }
})

test('before a ruleset has arrived, and after closing, the defaults are served', async () => {
  const { client, server } = startClient()
  server.behave('ruleset', 'hang')
  expect(client.status()).toBe('defaults')
  expect(client.getBooleanDetails('release', true)).toEqual({ flagKey: 'release', value: true, reason: 'ERROR', errorCode: 'PROVIDER_NOT_READY', errorMessage: 'No ruleset has arrived yet.' })
  server.behave('ruleset')
  const { client: other } = startClient(sampleRuleset(2))
  await other.ready()
  expect(other.getBoolean('release', false)).toBe(true)
  await other.close()
  expect(other.getBooleanDetails('release', false)).toMatchObject({ value: false, errorCode: 'PROVIDER_NOT_READY', errorMessage: 'The client is closed.' })
  expect([other.status(), other.getBoolean('release', false)]).toEqual(['closed', false])
})

test('nothing that a caller without types does throws, or rejects', async () => {
  const { client, server } = startClient(undefined, { logger: { warn() { throw new Error('no') } } })
  await client.ready()
  const throwing = new Proxy({}, { get() { throw new Error('no') }, ownKeys() { throw new Error('no') }, getOwnPropertyDescriptor() { throw new Error('no') } })
  const hostile = [undefined, null, 1, 'x', 1n, Symbol('x'), NaN, [], {}, () => 1, throwing, { toString() { throw new Error('no') } }, { targetingKey: throwing, company: throwing }]
  const calls = Object.values(client).filter((member) => member !== client.close && member !== client.flush) as unknown as ((...args: unknown[]) => unknown)[]
  for (const call of calls) {
    const results = [...hostile.flatMap((a) => hostile.map((b) => call(a, b, b))), ...hostile.map((c) => call('tested', { targetingKey: 'u' }, c))]
    await Promise.all(results.filter((result) => result instanceof Promise))
  }
  server.publish(sampleRuleset(2))
  await pass(600_000)
  for (const options of [null, 1, {}, { timeoutMs: NaN }]) await expect(client.flush(options as never)).resolves.toBeDefined()
  await expect(client.close()).resolves.toBeDefined()
  expect(calls.length).toBeGreaterThan(15)
})

test.each([undefined, null, {}, { url: 1, key: null }, { url: 'not a url', key: 'k' }, { url: 'ftp://x', key: 'k' }])('a client made with %j serves defaults', async (options) => {
  const warned: string[] = []
  const client = createClient({ ...options, logger: { warn: (message: string) => { warned.push(message) } } } as never)
  const ready = client.ready()
  await pass(5000)
  expect([await ready, client.getString('a', 'mine')]).toEqual(['defaults', 'mine'])
  expect(warned.length).toBeGreaterThan(0)
  void client.close()
  await pass(5000)
})

test('a frozen value is shared, so a caller that changes it fails instead of the next one', async () => {
  const { client } = startClient()
  await client.ready()
  expect(() => { client.getObject('theme', { colour: '' }).colour = 'red' }).toThrow(TypeError)
  expect(client.getObject('theme', {})).toEqual({ colour: 'teal' })
})

test('S28 two clients know nothing of each other, closing twice is closing once, and what is closed serves the defaults', async () => {
  const [one, other] = [startClient(sampleRuleset(1)), startClient(sampleRuleset(2))]
  await Promise.all([one.client.ready(), other.client.ready()])
  await one.client.close()
  expect(one.client.close()).toBe(one.client.close())
  expect([one.client.getBoolean('release', false), other.client.getBoolean('release', false)]).toEqual([false, true])
  expect([one.client.getString('text', 'mine'), other.client.getString('text', 'mine'), one.client.status(), other.client.status()]).toEqual(['mine', 'A', 'closed', 'ready'])
  one.client.track('order', { targetingKey: 'u' })
  other.client.track('order', { targetingKey: 'u' })
  await other.client.flush()
  expect([one.server.stored('event').length, other.server.stored('event').length, one.client.counts().dropped]).toEqual([0, 1, { closed: 1 }])
})

test('S20 circles, depth and size are bounded: of contexts, cohorts, prerequisites and conditions', async () => {
  let deep: unknown = 'x'
  for (let depth = 0; depth < 100_000; depth++) deep = { a: deep }
  let nested: unknown = { all: [] }
  for (let depth = 0; depth < 1000; depth++) nested = { not: nested }
  const chain = Array.from({ length: 300 }, (_, index) => aFlag(`n${index}`, { prerequisites: [{ flag: `n${(index + 1) % 300}`, variants: ['on'] }], offVariant: 'off', fallthrough: { variant: 'on' } }))
  const cohorts = Array.from({ length: 300 }, (_, index) => ({ key: `c${index}`, unit: 'user', when: { not: { cohort: `c${(index + 1) % 300}` } } }))
  const conditional = aFlag('conditional', { rules: [{ id: '1', when: nested as never, serve: { variant: 'on' } }, { id: '2', when: { any: [{ cohort: 'c0' }, { not: { cohort: 'c7' } }] }, serve: { variant: 'on' } }], fallthrough: halves('s', { experiment: 'e', arms: [{ variant: 'off', weight: 100_000 }] }) })
  const { client, server } = startClient(aRuleset({ flags: [...chain, conditional], cohorts }), { flushIntervalMs: 0 })
  await client.ready()
  const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`attribute${index}`, index]))
  for (const [index, context] of [{ deep }, { text: 'x'.repeat(1_000_000) }, wide].entries()) {
    expect(client.getBooleanDetails('conditional', true, { targetingKey: `u${index}`, ...context })).toMatchObject({ value: false, reason: 'SPLIT' })
    expect(client.getBooleanDetails('n0', true, context)).toMatchObject({ value: false, reason: 'STATIC' })
  }
  await client.flush()
  const attributes = server.stored('exposure').map((item) => item.attributes as object)
  expect(attributes.map((each) => Object.keys(each).length)).toEqual([0, 0, 100])
})
