import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aValue, createFakeBrowser, pass } from './page.samples.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

async function ready(options: Parameters<ReturnType<typeof createFakeBrowser>['open']>[0] = {}) {
  const browser = createFakeBrowser()
  const client = browser.open(options)
  await client.ready()
  await pass(0)
  return { ...browser, client }
}

test('a change is told by the stream and asked for at once, naming the configuration that caused it', async () => {
  const { assay, client } = await ready()
  expect(assay.asked('sse').map(({ headers }) => headers.get('last-event-id'))).toEqual(['epoch:1'])
  assay.publish(() => [aValue('release', false)])
  await pass(300)
  expect(client.getBoolean('release', true)).toBe(false)
  expect(assay.asked('flags').map(({ query }) => query)).toEqual(['', '?flagConfigEtag=epoch%3A2'])
})

test('eight tabs share one stream, and all of them hear of a change', async () => {
  const { assay, open } = createFakeBrowser()
  const clients = Array.from({ length: 8 }, (_, tab) => open({ context: { targetingKey: `u${tab % 2}` } }))
  await Promise.all(clients.map((client) => client.ready()))
  await pass(0)
  expect(assay.streams()).toHaveLength(1)
  assay.publish(() => [aValue('text', 'B')])
  await pass(300)
  expect(clients.map((client) => client.getString('text', ''))).toEqual(Array.from({ length: 8 }, () => 'B'))
  await clients[0]?.close()
  await pass(0)
  expect(assay.streams()).toHaveLength(1)
  assay.publish(() => [aValue('text', 'C')])
  await pass(300)
  expect(clients.slice(1).map((client) => client.getString('text', ''))).toEqual(Array.from({ length: 7 }, () => 'C'))
})

test('without locks or channels every tab has its own stream', async () => {
  const { assay, open } = createFakeBrowser()
  vi.stubGlobal('navigator', {})
  const clients = [open(), open()]
  await Promise.all(clients.map((client) => client.ready()))
  await pass(0)
  expect(assay.streams()).toHaveLength(2)
})

test('a stream that ends or falls silent is opened again, and what changed meanwhile is asked for', async () => {
  const { assay, client } = await ready()
  assay.serve(() => [aValue('text', 'B')])
  assay.endStreams()
  await pass(5300)
  expect([assay.streams().length, client.getString('text', '')]).toEqual([1, 'B'])
  await pass(45_000)
  await pass(5300)
  expect([assay.asked('sse').length, assay.streams().length]).toEqual([3, 1])
})

test('where streams do not get through it polls, and tries a stream again each time', async () => {
  const { assay, client } = await ready({ pollIntervalMs: 30_000 })
  assay.behave('sse', () => new Response('<html>', { status: 502 }))
  assay.endStreams()
  await pass(60_000)
  assay.serve(() => [aValue('text', 'B')])
  const before = assay.asked('sse').length
  await pass(30_300)
  expect(client.getString('text', '')).toBe('B')
  await pass(240_000)
  expect(assay.asked('sse').length - before).toBe(9)
  assay.behave('sse')
  await pass(30_000)
  expect(assay.streams()).toHaveLength(1)
})

test('without streams it polls at its interval', async () => {
  const { assay } = await ready({ stream: false, pollIntervalMs: 10_000 })
  await pass(35_000)
  expect([assay.asked('flags').length, assay.asked('sse').length]).toEqual([4, 0])
})

test('a failed request is repeated after 1, 2, 4 ... 30 s by chance, and values go stale after a minute', async () => {
  const { assay, client, show } = await ready({ stream: false, pollIntervalMs: 3_600_000 })
  const at: number[] = []
  assay.behave('flags', () => {
    at.push(Date.now())
    return 'refuse'
  })
  const statuses: string[] = []
  client.onStatus((status) => { statuses.push(status) })
  show('visible')
  await pass(80_000)
  expect(at.slice(1).map((time, index) => time - (at[index] ?? 0))).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000, 15_000])
  expect([statuses, client.getString('text', '')]).toEqual([['stale'], 'A'])
  assay.behave('flags')
  await pass(15_000)
  expect([statuses, client.problem()]).toEqual([['stale', 'ready'], undefined])
})

test('a refused key is tried every five minutes, whatever the page does; Retry-After is waited for', async () => {
  const { assay, client, show } = await ready({ stream: false })
  assay.behave('flags', () => new Response(null, { status: 401 }))
  show('visible')
  await pass(0)
  const before = assay.asked('flags').length
  show('visible')
  await client.setContext({ targetingKey: 'v' })
  await pass(314_000)
  expect([assay.asked('flags').length - before, client.status(), client.getString('text', '')]).toEqual([0, 'stale', 'A'])
  assay.behave('flags', () => new Response(null, { status: 429, headers: { 'retry-after': '7' } }))
  await pass(1000)
  assay.behave('flags')
  await pass(7000)
  expect(assay.asked('flags').length - before).toBe(1)
  await pass(500)
  expect([client.status(), client.context(), assay.asked('flags').at(-1)?.body]).toEqual(['ready', { targetingKey: 'v' }, '{"context":{"targetingKey":"v"}}'])
})

test('a page nobody looks at lets go of its stream, and asks again when it is looked at', async () => {
  const { assay, client, show } = await ready()
  show('hidden')
  await pass(119_000)
  expect(assay.streams()).toHaveLength(1)
  await pass(1000)
  expect(assay.streams()).toHaveLength(0)
  assay.publish(() => [aValue('text', 'B')])
  await pass(600_000)
  expect(client.getString('text', '')).toBe('A')
  show('visible')
  await pass(0)
  expect([client.getString('text', ''), assay.streams().length]).toEqual(['B', 1])
})
