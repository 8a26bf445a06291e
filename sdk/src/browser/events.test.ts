import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aValue, createFakeBrowser, pass, tested, type Item } from './page.samples.ts'

beforeEach(() => { vi.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') }) })
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

async function ready(options: Parameters<ReturnType<typeof createFakeBrowser>['open']>[0] = {}) {
  const browser = createFakeBrowser()
  const client = browser.open(options)
  await client.ready()
  return { ...browser, client }
}

const itemsOf = (body: string | undefined) => (JSON.parse(body ?? '') as { items: Item[] }).items

test('reading a value of an experiment records its exposure, once, for the unit and with the attributes of the context', async () => {
  const { assay, client } = await ready({ context: { targetingKey: 'u', country: 'DE', age: 30, tags: ['a'], company: { id: 'acme', plan: { tier: 'pro' } }, email: 'u@example.com', none: null }, privateAttributes: ['email', 'company.plan'] })
  for (let reads = 0; reads < 3; reads++) client.getBoolean('tested', false)
  client.getString('text', '')
  await pass(2000)
  expect(assay.stored('exposure')).toEqual([
    { kind: 'exposure', id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/), at: '2026-01-01T00:00:00.000Z', experiment: 'exp-1', phase: 2, unitType: 'user', unit: 'u', variant: 'u', flag: 'tested', revision: 4, attributes: { country: 'DE', age: 30, 'company.id': 'acme' } },
  ])
})

test('holdouts and experiments met on the way are exposed too, each for its own unit', async () => {
  const { assay, open } = createFakeBrowser()
  assay.serve(() => [{ ...tested('on'), metadata: { ...tested('on').metadata, exposures: JSON.stringify([{ experiment: 'holdout-1', phase: 1, unitType: 'company', variant: 'in' }, { experiment: 'other', phase: 3, unitType: 'device', variant: 'b' }]) } }])
  const client = open({ context: { targetingKey: 'u', company: { id: 7 } } })
  await client.ready()
  client.getBoolean('tested', false)
  await pass(2000)
  expect(assay.stored('exposure').map(({ experiment, phase, unitType, unit, variant, flag }) => [experiment, phase, unitType, unit, variant, flag])).toEqual([
    ['holdout-1', 1, 'company', '7', 'in', 'tested'],
    ['exp-1', 2, 'user', 'u', 'on', 'tested'],
  ])
})

test('a value read while another context is decided is exposed for the context it was decided for', async () => {
  const { assay, client } = await ready()
  const settled = client.setContext({ targetingKey: 'v' })
  client.getBoolean('tested', false)
  await settled
  client.getBoolean('tested', false)
  await pass(2000)
  expect(assay.stored('exposure').map(({ unit }) => unit)).toEqual(['u', 'v'])
})

test('an event carries the units of the context, value, time and properties', async () => {
  const { assay, client, warnings } = await ready({ context: { targetingKey: 'u', company: { id: 'acme' } } })
  client.track('order', { value: 49.9, at: '2025-12-31T23:00:00Z', properties: { currency: 'EUR' } })
  client.track('visit', { value: NaN })
  client.identify('anonymous', 'u')
  await pass(2000)
  expect(assay.stored().map(({ id: _, ...item }) => item)).toEqual([
    { kind: 'event', at: '2025-12-31T23:00:00.000Z', name: 'order', units: { user: 'u', company: 'acme' }, value: 49.9, properties: { currency: 'EUR' } },
    { kind: 'event', at: '2026-01-01T00:00:00.000Z', name: 'visit', units: { user: 'u', company: 'acme' } },
    { kind: 'link', at: '2026-01-01T00:00:00.000Z', anonymousId: 'anonymous', userId: 'u' },
  ])
  await client.setContext({})
  client.track('order')
  expect(warnings).toEqual([expect.stringMatching(/no unit/)])
})

test('evaluations are counted by flag and variant, and sent once a minute and when the page is left', async () => {
  const { assay, client, show } = await ready()
  for (let reads = 0; reads < 5; reads++) client.getBoolean('release', false)
  client.getBoolean('gone', false)
  await pass(62_000)
  client.getBoolean('release', false)
  show('hidden')
  await pass(0)
  expect(assay.stored('evaluations').map(({ flag, variant, count }) => [flag, variant, count])).toEqual([['release', 'a', 5], ['release', 'a', 1]])
})

test('batches have at most 100 items, and a failed one is sent again with the same ids', async () => {
  const { assay, client } = await ready()
  assay.behave('events', () => new Response(null, { status: 503 }))
  for (let count = 0; count < 250; count++) client.track('order', { properties: { count } })
  await pass(2000)
  assay.behave('events')
  await pass(1000)
  const sizes = assay.asked('events').map(({ body }) => itemsOf(body).length)
  expect(sizes).toEqual([100, 100, 100, 50])
  expect(assay.asked('events')[1]?.body.split('"items"')[1]).toBe(assay.asked('events')[0]?.body.split('"items"')[1])
  expect([assay.stored('event').length, client.counts()]).toEqual([250, { queued: 0, sent: 250, rejected: 0, dropped: {} }])
})

test('the queue is bounded; what found no place, is too large or no JSON is counted, and Assay is told', async () => {
  const { assay, client } = await ready()
  assay.behave('events', () => 'refuse')
  for (let count = 0; count < 1200; count++) client.track('order')
  client.track('order', { properties: { text: 'x'.repeat(40_000) } })
  client.track('order', { properties: { big: 1n } })
  expect(client.counts()).toEqual({ queued: 1000, sent: 0, rejected: 0, dropped: { queue_full: 200, too_large: 1, not_json: 1 } })
  await pass(2000)
  assay.behave('events')
  await pass(1000)
  expect(assay.stored()).toHaveLength(1000)
  expect(assay.asked('events').map(({ body }) => (JSON.parse(body) as { dropped?: object }).dropped)[1]).toEqual({ queue_full: 200, too_large: 1, not_json: 1 })
  expect((JSON.parse(assay.asked('events').at(-1)?.body ?? '') as { dropped?: object }).dropped).toEqual({})
})

test('an exposure that found no place is recorded by a later read', async () => {
  const { assay, client } = await ready()
  for (let count = 0; count < 1000; count++) client.track('order')
  client.getBoolean('tested', false)
  await pass(2000)
  client.getBoolean('tested', false)
  await pass(2000)
  expect(assay.stored('exposure')).toHaveLength(1)
})

test('a refused batch is dropped, and items that were not taken are counted', async () => {
  const { assay, client, warnings } = await ready()
  for (const status of [400, 413, 422]) {
    assay.behave('events', () => new Response(null, { status }))
    client.track('order')
    await pass(2000)
  }
  expect(client.counts()).toMatchObject({ queued: 0, dropped: { refused: 3 } })
  assay.behave('events', () => Response.json({ rejected: [{ index: 0, message: 'Not known.' }] }, { status: 202 }))
  client.track('order')
  client.track('order')
  await pass(2000)
  expect([client.counts(), warnings.at(-1)]).toEqual([{ queued: 0, sent: 1, rejected: 1, dropped: { refused: 3 } }, '[assay] Not known.'])
})

test('Retry-After is waited for, also by a flush; a refused key slows down to minutes', async () => {
  const { assay, client } = await ready()
  assay.behave('events', () => new Response(null, { status: 429, headers: { 'retry-after': '20' } }))
  client.track('order')
  await pass(2000)
  await client.flush()
  await pass(20_000)
  expect(assay.asked('events')).toHaveLength(1)
  assay.behave('events', () => new Response(null, { status: 401 }))
  await pass(1000)
  expect(assay.asked('events')).toHaveLength(2)
  await pass(314_000)
  expect(assay.asked('events')).toHaveLength(2)
  assay.behave('events')
  await pass(1000)
  expect(assay.stored('event')).toHaveLength(1)
})

test('a page that closes sends what waits at once, with a request that outlives it', async () => {
  const { assay, client, show, hidePage } = await ready()
  client.track('order')
  show('hidden')
  hidePage()
  await pass(0)
  expect(assay.asked('events').map(({ keepalive, body }) => [keepalive, itemsOf(body).length])).toEqual([[true, 1]])
  expect(client.counts()).toMatchObject({ queued: 0, sent: 1 })
})

test('the last request of a page is not bound to the size of a batch', async () => {
  const { assay, client, hidePage } = await ready()
  for (let count = 0; count < 250; count++) client.track('order')
  hidePage()
  await pass(0)
  expect(assay.asked('events').map(({ body }) => itemsOf(body).length)).toEqual([250])
})

test('what is under way when a page closes is sent again, and counts once', async () => {
  const { assay, client, hidePage } = await ready()
  assay.behave('events', ({ keepalive }) => (keepalive ? undefined : 'hang'))
  client.track('order')
  await pass(2000)
  hidePage()
  await pass(0)
  expect([assay.asked('events').length, assay.stored('event').length, client.counts()]).toEqual([2, 1, { queued: 0, sent: 1, rejected: 0, dropped: {} }])
})

test('what does not fit into the last request of a page is left for the next visit, and nothing is lost or counted twice', async () => {
  const { assay, client, hidePage, open } = await ready()
  for (let count = 0; count < 90; count++) client.track('order', { properties: { count, text: 'ä'.repeat(1000) } })
  hidePage()
  await pass(0)
  const [last] = assay.asked('events')
  expect(new TextEncoder().encode(last?.body).length).toBeLessThan(60_000)
  assay.behave('events', () => 'hang')
  await pass(2000)
  assay.behave('events')
  const next = open()
  await next.ready()
  await next.flush()
  const counts = assay.stored('event').map(({ properties }) => (properties as { count: number }).count)
  expect(counts.sort((a, b) => a - b)).toEqual(Array.from({ length: 90 }, (_, index) => index))
})

test('a browser that cannot keep a request alive uses a beacon, with the key in its body', async () => {
  const { assay, beacons, client, hidePage } = await ready()
  vi.stubGlobal('Request', class {})
  client.track('order')
  hidePage()
  await pass(5000)
  expect(beacons.map(({ url }) => url)).toEqual(['https://assay.test/sdk/v1/events'])
  expect(JSON.parse(beacons[0]?.body ?? '')).toMatchObject({ key: 'client-key', items: [{ kind: 'event', name: 'order' }] })
  expect([assay.asked('events'), client.counts()]).toEqual([[], { queued: 0, sent: 1, rejected: 0, dropped: {} }])
})

test('close sends what waits, waits two seconds at most, and counts what it leaves', async () => {
  const { assay, client } = await ready()
  client.track('order')
  expect(await client.close()).toEqual({ queued: 0, sent: 1, rejected: 0, dropped: {} })
  client.track('late')
  expect(client.counts().dropped).toEqual({ closed: 1 })
  const other = createFakeBrowser()
  const slow = other.open()
  await slow.ready()
  other.assay.behave('events', () => 'hang')
  slow.track('order')
  const closing = slow.close()
  await pass(2000)
  expect(await closing).toEqual({ queued: 0, sent: 0, rejected: 0, dropped: { closed: 1 } })
  expect(assay.stored('event')).toHaveLength(1)
})

test('times are corrected by Assay’s clock', async () => {
  const { assay, open } = createFakeBrowser()
  assay.behave('flags', () => Response.json({ flags: [aValue('a', 1)] }, { headers: { date: 'Thu, 01 Jan 2026 03:00:00 GMT' } }))
  const client = open()
  await client.ready()
  client.track('order')
  await pass(2000)
  expect(assay.stored('event')[0]?.at).toBe('2026-01-01T03:00:00.000Z')
})
