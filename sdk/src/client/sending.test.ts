import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aFlag, halves } from '../core/ruleset.samples.ts'
import { pass, sampleFlags, sampleRuleset, startClient } from './client.samples.ts'
import type { ClientOptions } from './options.ts'

const START = new Date('2026-01-01T00:00:00Z')
beforeEach(() => { vi.useFakeTimers({ now: START }) })
afterEach(() => { vi.useRealTimers() })

async function ready(options: Partial<ClientOptions> = {}, ruleset = sampleRuleset(1)) {
  const started = startClient(ruleset, options)
  await started.client.ready()
  return started
}

const u = { targetingKey: 'u' }
const batches = (server: { asked: (path: string) => readonly { body: string | undefined; at: number }[] }) => server.asked('events').map(({ body, at }) => ({ at, body: body ?? '', ...(JSON.parse(body ?? '') as { items: { id: string; kind: string }[]; sentAt: string; dropped?: object; backfill?: boolean }) }))

test('an evaluation of an experiment is exposed once, with what the context says', async () => {
  const { client, server } = await ready()
  for (let count = 0; count < 5; count++) client.getBoolean('tested', false, { ...u, country: 'DE', company: { plan: 'pro' } })
  client.getBoolean('tested', false, { targetingKey: 'v' })
  client.getBoolean('release', false, u)
  await pass(5000)
  expect(server.stored('exposure')).toEqual([
    { kind: 'exposure', id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/), at: '2026-01-01T00:00:00.000Z', flag: 'tested', experiment: 'exp-1', phase: 2, unitType: 'user', unit: 'u', variant: expect.stringMatching(/^(on|off)$/), revision: 1, attributes: { country: 'DE', 'company.plan': 'pro' } },
    expect.objectContaining({ unit: 'v' }),
  ])
})

test('an exposure is repeated after an hour, and whenever its variant, phase or unit is another', async () => {
  const { client, server } = await ready({ flushIntervalMs: 0 })
  client.getBoolean('tested', false, u)
  await pass(3_599_000)
  client.getBoolean('tested', false, u)
  expect(server.stored('exposure')).toHaveLength(1)
  await pass(2000)
  client.getBoolean('tested', false, u)
  await pass(100)
  expect(server.stored('exposure')).toHaveLength(2)
  server.publish(sampleRuleset(3, { flags: [aFlag('tested', { fallthrough: halves('tested', { experiment: 'exp-1', phase: 3 }) })] }))
  await pass(120_000)
  client.getBoolean('tested', false, u)
  await pass(100)
  expect(server.stored('exposure').map(({ phase }) => phase)).toEqual([2, 2, 3])
})

test('ten thousand exposures are remembered, not more', async () => {
  const { client, server } = await ready({ maxQueueSize: 100_000, flushIntervalMs: 0 })
  const expose = (unit: string) => { client.expose({ experiment: 'e', unit, variant: 'a' }) }
  for (let unit = 0; unit <= 10_000; unit++) expose(`u${unit}`)
  expose('u1')
  expose('u0')
  await pass(1000)
  expect(server.stored('exposure').filter(({ unit }) => unit === 'u0')).toHaveLength(2)
  expect(server.stored('exposure')).toHaveLength(10_002)
})

test('experiments met on the way are exposed, also where the flag asked for fails', async () => {
  const needs = aFlag('needs', { prerequisites: [{ flag: 'tested', variants: ['on', 'off'] }], fallthrough: halves('n', { unit: 'company' }) })
  const { client, server } = await ready({}, sampleRuleset(1, { flags: [...sampleFlags(1), needs] }))
  expect(client.getBooleanDetails('needs', false, u).errorCode).toBe('TARGETING_KEY_MISSING')
  client.getString('needs', '', { targetingKey: 'of another type' })
  await pass(5000)
  expect(server.stored('exposure').map(({ flag, unit }) => [flag, unit])).toEqual([['tested', 'u']])
})

test('an event carries every unit of its context, its value and its properties', async () => {
  const { client, server } = await ready({ unitTypes: ['device'] }, sampleRuleset(1, { cohorts: [{ key: 'c', unit: 'shop' }] }))
  client.track('order', { targetingKey: 17, company: { id: 'acme' }, device: 'd1', shop: 's1', country: 'DE', empty: { id: '' } } as never, { value: 49.9, properties: { sku: 'a', nested: { list: [1] } } })
  client.track('visit', u)
  await pass(5000)
  expect(server.stored('event').map(({ id: _, ...item }) => item)).toEqual([
    { kind: 'event', at: '2026-01-01T00:00:00.000Z', name: 'order', units: { user: '17', company: 'acme', device: 'd1', shop: 's1' }, value: 49.9, properties: { sku: 'a', nested: { list: [1] } } },
    { kind: 'event', at: '2026-01-01T00:00:00.000Z', name: 'visit', units: { user: 'u' } },
  ])
})

test('an event without a unit is not recorded, one without a number is recorded without a value', async () => {
  const { client, server, warnings } = await ready()
  client.track('order', {})
  client.track('order', { targetingKey: 'x'.repeat(501) })
  client.track('order', u, { value: NaN })
  client.track('order', u, { at: 'never' })
  await pass(5000)
  expect(server.stored('event')).toEqual([expect.not.objectContaining({ value: expect.anything() }), expect.objectContaining({ at: '2026-01-01T00:00:00.000Z' })])
  expect(warnings).toEqual(['The event order was not recorded: its context has no unit, such as targetingKey.', 'The value of the event order is not a number: it is left out.', 'never is not a time: the item counts as of now.'])
})

test('times may be given as Date, milliseconds or text', async () => {
  const { client, server } = await ready()
  for (const at of [new Date(0), 0, '1970-01-01T00:00:00Z']) client.track('order', u, { at })
  await pass(5000)
  expect(server.stored('event').map(({ at }) => at)).toEqual(Array.from({ length: 3 }, () => '1970-01-01T00:00:00.000Z'))
})

test('outside assignments and links are recorded', async () => {
  const { client, server, warnings } = await ready()
  client.expose({ experiment: 'exp-1', unit: 7, variant: 'b', attributes: { plan: 'pro' } })
  client.expose({ experiment: 'exp-1', unit: '7', variant: 'b' })
  client.expose({ experiment: 'other', unit: '7', variant: 'b', phase: 4, unitType: 'company', at: 0 })
  for (const unit of ['', NaN, undefined, {}, 'x'.repeat(501)]) client.expose({ experiment: 'exp-1', unit: unit as string, variant: 'b' })
  client.identify('anonymous-1', 'user-1', { at: 0 })
  for (const [anonymous, user] of [['', 'a'], [undefined, 'a'], ['a', null]]) client.identify(anonymous as string, user as string)
  await pass(5000)
  expect(server.stored('exposure').map(({ id: _, ...item }) => item)).toEqual([
    { kind: 'exposure', at: START.toISOString(), experiment: 'exp-1', phase: 2, unitType: 'user', unit: '7', variant: 'b', attributes: { plan: 'pro' } },
    { kind: 'exposure', at: '1970-01-01T00:00:00.000Z', experiment: 'other', phase: 4, unitType: 'company', unit: '7', variant: 'b' },
  ])
  expect(server.stored('link').map(({ id: _, ...item }) => item)).toEqual([{ kind: 'link', at: '1970-01-01T00:00:00.000Z', anonymousId: 'anonymous-1', userId: 'user-1' }])
  expect(warnings).toHaveLength(2)
})

test('private attributes do not leave the process, though rules see them', async () => {
  const flag = aFlag('tested', { rules: [{ id: 'r', when: { attribute: 'person.email', op: 'exists' }, serve: halves('s', { experiment: 'e' }) }] })
  const { client, server } = await ready({ privateAttributes: ['person', 'city'] }, sampleRuleset(1, { flags: [flag] }))
  client.getBoolean('tested', false, { ...u, person: { email: 'a@b.c' }, personal: 1, city: 'Graz' })
  client.expose({ experiment: 'x', unit: 'u', variant: 'a', attributes: { city: 'Graz', 'person.email': 'a@b.c', kept: 1 } })
  await pass(5000)
  expect(server.stored('exposure').map(({ attributes }) => attributes)).toEqual([{ personal: 1 }, { kept: 1 }])
})

test('evaluations are counted by flag and variant every minute', async () => {
  const { client, server } = await ready()
  for (let count = 0; count < 3; count++) client.getBoolean('release', true)
  client.getBoolean('gone', true)
  client.getString('release', 'of another type')
  await pass(65_000)
  expect(server.stored('evaluations').map(({ flag, variant, count }) => [flag, variant, count])).toEqual([['release', 'off', 3], ['release', '', 1]])
  await pass(65_000)
  expect(server.stored('evaluations')).toHaveLength(2)
})

test('items are sent when a batch is full, else after five seconds', async () => {
  const { client, server } = await ready()
  for (let count = 0; count < 250; count++) client.track('order', u)
  await pass(0)
  expect(batches(server).map(({ items }) => items.length)).toEqual([100, 100])
  await pass(4999)
  expect(batches(server)).toHaveLength(2)
  await pass(1)
  expect(batches(server).map(({ items }) => items.length)).toEqual([100, 100, 50])
  expect(client.counts()).toEqual({ queued: 0, sent: 250, rejected: 0, dropped: {} })
})

test.each([0, 408, 429, 500, 503])('after %d the same bytes are sent again until they are stored, each once', async (status) => {
  const { client, server } = await ready()
  server.behave('events', status === 0 ? 'refuse' : { status })
  for (let count = 0; count < 3; count++) client.track('order', u)
  await pass(60_000)
  const failed = batches(server).map(({ body }) => body)
  expect(failed.length).toBeGreaterThan(3)
  expect(new Set(failed).size).toBe(1)
  server.behave('events')
  await pass(31_000)
  expect([server.stored('event').length, client.counts().sent, client.counts().queued]).toEqual([3, 3, 0])
})

test('S15 an answer that got lost does not store an item twice: its id stays the same', async () => {
  const { client, server } = await ready()
  let lost = 0
  const ids: string[] = []
  server.behave('events', ({ body }) => {
    ids.push(...(JSON.parse(body ?? '') as { items: { id: string }[] }).items.map(({ id }) => id))
    return lost++ < 2 ? 'refuse' : undefined
  })
  client.track('order', u)
  await pass(60_000)
  expect([ids.length, new Set(ids).size, server.stored('event').length]).toEqual([3, 1, 1])
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('S13 whatever the server answers, each item is stored exactly once, or counted', async () => {
  const { client, server } = await ready()
  const script = [503, 429, 0, 408, 'lost', 413, 500, 'lost', 413] as const
  let turn = 0
  server.behave('events', (asked) => {
    const answer = script[turn++]
    if (answer === undefined) return undefined
    if (answer === 'lost') {
      // It is stored; the answer does not arrive.
      server.store(asked.body ?? '')
      return 'refuse'
    }
    return answer === 0 ? 'refuse' : { status: answer, headers: answer === 429 ? { 'retry-after': '3' } : {} }
  })
  for (let count = 0; count < 250; count++) client.track('order', u, { properties: { count } })
  await pass(120_000)
  expect(turn).toBeGreaterThan(script.length)
  const ids = server.stored('event').map(({ id }) => id)
  expect([ids.length, new Set(ids).size, client.counts()]).toEqual([250, 250, { queued: 0, sent: 250, rejected: 0, dropped: {} }])
})

test('a batch that is too large is halved until it fits', async () => {
  const { client, server } = await ready()
  server.behave('events', ({ body }) => ((JSON.parse(body ?? '') as { items: unknown[] }).items.length > 3 ? { status: 413 } : undefined))
  for (let count = 0; count < 20; count++) client.track('order', u, { properties: { count } })
  await pass(5000)
  expect(server.stored('event').map(({ properties }) => (properties as { count: number }).count)).toEqual(Array.from({ length: 20 }, (_, index) => index))
  server.behave('events', { status: 413 })
  client.track('order', u)
  await pass(5000)
  expect(client.counts()).toEqual({ queued: 0, sent: 20, rejected: 0, dropped: { refused: 1 } })
})

test('a batch that the server cannot read is dropped, counted and reported with the next one', async () => {
  const { client, server, warnings } = await ready()
  server.behave('events', { status: 400, body: JSON.stringify({ error: { message: 'No envelope.' } }) })
  client.track('order', u)
  client.track('order', u)
  await pass(5000)
  expect(client.counts()).toMatchObject({ queued: 0, dropped: { refused: 2 } })
  expect(warnings).toEqual(['The server refused a batch of events (400: No envelope.). Its items are dropped and counted.'])
  server.behave('events')
  client.track('order', u)
  await pass(5000)
  expect(batches(server).map(({ dropped }) => dropped)).toEqual([undefined, { refused: 2 }])
  client.track('order', u)
  await pass(5000)
  expect(batches(server).at(-1)?.dropped).toBeUndefined()
})

test('what the server rejects item by item is counted and said', async () => {
  const { client, server, warnings } = await ready()
  server.behave('events', { status: 202, body: JSON.stringify({ accepted: 1, rejected: [{ index: 1, code: 'unknown_experiment', message: 'no experiment x' }] }) })
  client.track('order', u)
  client.expose({ experiment: 'x', unit: 'u', variant: 'a' })
  await pass(5000)
  expect(client.counts()).toEqual({ queued: 0, sent: 1, rejected: 1, dropped: {} })
  expect(warnings).toEqual(['The server did not take an item: no experiment x'])
})

test('with a refused key items are kept, tried every five minutes, and sent once the key works', async () => {
  const { client, server } = await ready()
  server.behave('events', { status: 401 })
  client.track('order', u)
  await pass(1_800_000)
  expect(batches(server).length).toBeLessThan(8)
  server.behave('events')
  await pass(300_000)
  expect(server.stored('event')).toHaveLength(1)
})

test('Retry-After is waited for, also by a flush', async () => {
  const { client, server } = await ready()
  server.behave('events', { status: 503, headers: { 'retry-after': '20' } })
  client.track('order', u)
  await pass(5000)
  server.behave('events')
  const flushed = client.flush()
  await pass(20_499)
  expect(batches(server)).toHaveLength(1)
  await pass(1)
  expect((await flushed).sent).toBe(1)
})

test('items that come during a long pause, and after it, are all sent in time', async () => {
  const { client, server } = await ready()
  server.behave('events', { status: 503, headers: { 'retry-after': '60' } })
  client.track('one', u)
  await pass(5000)
  client.track('two', u)
  await pass(10_000)
  server.behave('events', ({ body }) => {
    // As if it happened while the request is on its way.
    if (body?.includes('"two"')) queueMicrotask(() => { client.track('three', u) })
    return undefined
  })
  await pass(60_000)
  expect(server.stored('event').map(({ name }) => name)).toEqual(['one', 'two', 'three'])
})

test('the queue is bounded, its drops are counted and told, and memory with them', async () => {
  const { client, server, warnings } = await ready({ maxQueueSize: 150 })
  server.behave('events', 'refuse')
  for (let count = 0; count < 1_000; count++) client.track('order', u, { properties: { count } })
  await pass(0)
  expect(client.counts()).toMatchObject({ queued: 150, dropped: { queue_full: 850 } })
  expect(warnings).toContainEqual(expect.stringMatching(/^The event queue is full/))
  server.behave('events')
  await pass(31_000)
  expect(server.stored('event').map(({ properties }) => (properties as { count: number }).count)).toEqual(Array.from({ length: 150 }, (_, index) => index))
  const told = new Map(batches(server).map(({ body, dropped }) => [body, dropped]))
  expect([...told.values()]).toEqual([{ queue_full: 850 }, undefined])
  const { client: large, server: away } = await ready({ maxQueueSize: 1_000_000 })
  away.behave('events', 'refuse')
  for (let count = 0; count < 1000; count++) large.track('order', u, { properties: { text: 'x'.repeat(30_000) } })
  expect(large.counts().queued).toBeLessThan(700)
  expect(large.counts().queued + (large.counts().dropped.queue_full ?? 0)).toBe(1000)
  away.behave('events')
  expect((await large.flush()).queued).toBe(0)
  for (let count = 0; count < 600; count++) large.track('order', u, { properties: { text: 'x'.repeat(30_000) } })
  expect(large.counts().queued).toBe(600)
})

test('counts of evaluations that find no place in the queue are told later', async () => {
  const { client, server } = await ready({ maxQueueSize: 3 })
  server.behave('events', 'refuse')
  for (let count = 0; count < 3; count++) client.track('order', u)
  for (let count = 0; count < 5; count++) client.getBoolean('release', true)
  await pass(130_000)
  for (let count = 0; count < 2; count++) client.getBoolean('release', true)
  server.behave('events')
  await pass(130_000)
  expect(server.stored('evaluations').map(({ flag, count }) => [flag, count])).toEqual([['release', 7]])
})

test('an exposure that found no place is no repeat the next time', async () => {
  const { client, server } = await ready({ maxQueueSize: 1 })
  client.track('order', u)
  client.getBoolean('tested', false, u)
  await pass(5000)
  client.getBoolean('tested', false, u)
  await pass(5000)
  expect(server.stored('exposure')).toHaveLength(1)
})

test('after an hour of failing a batch is given up, so that newer ones get their turn', async () => {
  const { client, server } = await ready()
  server.behave('events', { status: 500 })
  client.track('old', u)
  await pass(3_700_000)
  expect(client.counts().dropped).toEqual({ expired: 1 })
  server.behave('events')
  client.track('new', u)
  await pass(31_000)
  expect(server.stored('event').map(({ name }) => name)).toEqual(['new'])
})

test('what cannot be written as JSON, is too long or too deep, is dropped and counted', async () => {
  const { client } = await ready()
  const cycle: Record<string, unknown> = {}
  cycle.self = cycle
  client.track('order', u, { properties: cycle })
  client.track('order', u, { properties: { big: 1n } })
  client.track('order', u, { properties: { text: 'x'.repeat(40_000) } })
  client.track('order', u, { properties: { deep: JSON.parse(`${'['.repeat(70)}${']'.repeat(70)}`) as [] } })
  expect(client.counts()).toMatchObject({ queued: 0, dropped: { not_json: 2, too_large: 1, too_deep: 1 } })
})

test('a batch stays below the size that the server takes', async () => {
  const { client, server } = await ready({ batchSize: 1000 })
  for (let count = 0; count < 1000; count++) client.track('order', u, { properties: { text: 'x'.repeat(5000) } })
  await pass(5000)
  expect(server.stored('event')).toHaveLength(1000)
  expect(Math.max(...batches(server).map(({ body }) => body.length))).toBeLessThan(310_000)
})

test('flush resolves when all that was added before is stored, and is cut short by its time-out', async () => {
  const { client, server } = await ready()
  expect(await client.flush()).toEqual({ queued: 0, sent: 0, rejected: 0, dropped: {} })
  for (let count = 0; count < 120; count++) client.track('order', u)
  expect(await client.flush()).toMatchObject({ queued: 0, sent: 120 })
  server.behave('events', 'hang')
  client.track('order', u)
  const flushed = client.flush({ timeoutMs: 700 })
  await pass(699)
  let settled = false
  void flushed.then(() => { settled = true })
  await pass(0)
  expect(settled).toBe(false)
  await pass(1)
  expect((await flushed).queued).toBe(1)
})

test('a flush cuts a pause short that the client chose itself', async () => {
  const { client, server } = await ready({ random: () => 0.9 })
  server.behave('events', 'refuse')
  client.track('order', u)
  await pass(60_000)
  server.behave('events')
  expect((await client.flush()).sent).toBe(1)
})

test('close sends what waits, with the evaluations counted since', async () => {
  const { client, server } = await ready()
  client.track('order', u)
  client.getBoolean('release', true)
  expect(await client.close()).toEqual({ queued: 0, sent: 2, rejected: 0, dropped: {} })
  expect(server.stored().map(({ kind }) => kind)).toEqual(['event', 'evaluations'])
  client.track('late', u)
  expect(client.counts().dropped).toEqual({ closed: 1 })
})

test('S14 close waits two seconds for a server that does not answer, and counts what it leaves', async () => {
  const { client, server, warnings } = await ready()
  server.behave('events', 'hang')
  client.track('order', u)
  const closing = client.close()
  await pass(1999)
  expect(client.counts()).toEqual({ queued: 1, sent: 0, rejected: 0, dropped: {} })
  await pass(1)
  expect(await closing).toEqual({ queued: 0, sent: 0, rejected: 0, dropped: { closed: 1 } })
  expect(warnings).toContain('1 events could not be sent before the client was closed.')
})

test('a sample of contexts is sent every minute, each once, without what is private', async () => {
  const { client, server } = await ready({ privateAttributes: ['email'] })
  for (let visitor = 0; visitor < 5; visitor++) {
    for (let times = 0; times < 3; times++) client.getBoolean('release', false, { targetingKey: `v${visitor}`, country: 'DE', email: 'a@b.c', company: { id: 'acme', plan: 'pro' } })
  }
  client.getBoolean('release', false, { country: 'nobody' })
  await pass(65_000)
  const sent = server.stored('context')
  expect(sent.map(({ units }) => (units as { user: string }).user)).toEqual(['v0', 'v1', 'v2', 'v3', 'v4'])
  expect(sent[0]).toMatchObject({ kind: 'context', units: { user: 'v0', company: 'acme' }, attributes: { country: 'DE', 'company.id': 'acme', 'company.plan': 'pro' } })
  expect(JSON.stringify(sent)).not.toContain('a@b.c')
  await pass(65_000)
  expect(server.stored('context')).toHaveLength(5)
})

test('of many contexts at most 20 are sent, and none where that is not wanted', async () => {
  const { client, server } = await ready({ random: Math.random })
  for (let visitor = 0; visitor < 10_000; visitor++) client.getBoolean('release', false, { targetingKey: `v${visitor}` })
  await client.flush()
  expect(server.stored('context')).toHaveLength(20)
  const silent = await ready({ sampleContexts: false })
  silent.client.getBoolean('release', false, u)
  await silent.client.flush()
  expect(silent.server.stored().map(({ kind }) => kind)).toEqual(['evaluations'])
})

test('history is sent as such, with its own times, and without giving up', async () => {
  const { client, server } = await ready({ backfill: true, batchSize: 1000 })
  server.behave('events', { status: 500 })
  client.track('order', u, { at: '2019-05-01T12:00:00Z' })
  await pass(4 * 3_600_000)
  expect(client.counts().queued).toBe(1)
  server.behave('events')
  expect((await client.flush()).sent).toBe(1)
  expect(batches(server).at(-1)).toMatchObject({ backfill: true, items: [{ at: '2019-05-01T12:00:00.000Z' }] })
})

test('S16 times are corrected by the clock of the server, fixed when an item is added, and unchanged for an own clock', async () => {
  const date = { date: 'Thu, 01 Jan 2026 01:00:00 GMT' }
  const skewed = startClient()
  skewed.server.behave('ruleset', { status: 200, body: JSON.stringify(sampleRuleset(1)), headers: date })
  await skewed.client.ready()
  skewed.client.track('order', u)
  await pass(5000)
  expect(skewed.server.stored('event')[0]?.at).toBe('2026-01-01T01:00:00.500Z')
  // Setting the clock of the machine, three days ahead or back, moves no time.
  for (const days of [3, -6]) {
    vi.setSystemTime(Date.now() + days * 86_400_000)
    skewed.client.track('order', u)
  }
  skewed.server.behave('ruleset')
  const asked = ['ruleset', 'stream', 'seen'].map((path) => skewed.server.asked(path).length)
  await pass(5000)
  expect(skewed.server.stored('event').map(({ at }) => at)).toEqual(['2026-01-01T01:00:00.500Z', '2026-01-01T01:00:05.500Z', '2026-01-01T01:00:05.500Z'])
  await pass(25_000)
  // After a leap ahead it asks once, as after being frozen; there is no burst.
  expect(['ruleset', 'stream', 'seen'].map((path, index) => skewed.server.asked(path).length - (asked[index] ?? 0)).every((more) => more <= 1)).toBe(true)
  const wrong = startClient()
  wrong.server.behave('ruleset', { status: 200, body: JSON.stringify(sampleRuleset(1)), headers: { date: new Date(Date.now() + 3 * 86_400_000).toUTCString() } })
  await wrong.client.ready()
  expect(wrong.warnings).toEqual(["The clock of this machine is 3 days behind the server's. Times are corrected; set the clock."])
  const own = startClient(undefined, { now: () => 12_345 })
  own.server.behave('ruleset', { status: 200, body: JSON.stringify(sampleRuleset(1)), headers: date })
  await own.client.ready()
  own.client.track('order', u)
  await pass(5000)
  expect(own.server.stored('event')[0]?.at).toBe('1970-01-01T00:00:12.345Z')
})

test('a clock of the host that fails changes no evaluation', async () => {
  const { client, warnings } = await ready({ now() { throw new Error('no clock') } })
  expect(client.getBooleanDetails('tested', false, u).reason).toBe('SPLIT')
  expect(warnings).toEqual(['Something could not be recorded: no clock'])
})

test('a malformed flag does not keep events from being recorded', async () => {
  const { client, server } = await ready({}, sampleRuleset(1, { flags: [null, { ...aFlag('a'), rules: 5 }, { ...aFlag('b'), rules: [null] }, ...sampleFlags(1)] as never, cohorts: [null, 5, { key: 'c', unit: 7 }] as never }))
  client.track('order', u)
  client.expose({ experiment: 'exp-1', unit: 'u', variant: 'a' })
  await pass(5000)
  expect(server.stored().map(({ kind, phase }) => [kind, phase])).toEqual([['event', undefined], ['exposure', 2]])
})
