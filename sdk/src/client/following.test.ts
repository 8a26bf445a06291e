import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { pass, sampleRuleset, startClient } from './client.samples.ts'
import { createClient } from './client.ts'
import type { Update } from './held-ruleset.ts'
import type { Status } from './client-api.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

/** Settles a promise by letting at most `ms` pass, and says how long it took. */
async function timed<T>(work: Promise<T>, ms: number): Promise<{ value: T; ms: number }> {
  const started = Date.now()
  const settled = work.then((value) => ({ value, ms: Date.now() - started }))
  await pass(ms)
  return settled
}

const gaps = (asked: readonly { at: number }[]) => asked.slice(1).map(({ at }, index) => at - (asked[index]?.at ?? 0))

test('ready resolves as soon as a ruleset has arrived', async () => {
  const { client } = startClient()
  expect(await timed(client.ready(), 0)).toEqual({ value: 'ready', ms: 0 })
})

test('ready gives up after its time-out, and the client keeps trying', async () => {
  const { client, server } = startClient()
  server.behave('ruleset', 'hang')
  expect(await timed(client.ready(), 5000)).toEqual({ value: 'defaults', ms: 3000 })
  server.behave('ruleset')
  await pass(60_000)
  expect([client.status(), client.getBoolean('release', true)]).toEqual(['ready', false])
  const { client: hasty, server: silent } = startClient(undefined, { readyTimeoutMs: 100 })
  silent.behave('ruleset', 'hang')
  expect(await timed(hasty.ready(), 5000)).toEqual({ value: 'defaults', ms: 100 })
})

test('ready does not wait where the key is refused', async () => {
  const { client, server, warnings } = startClient()
  server.behave('ruleset', { status: 401, body: JSON.stringify({ error: { code: 'unauthenticated', message: 'No such key.' } }) })
  expect(await timed(client.ready(), 5000)).toEqual({ value: 'defaults', ms: 0 })
  expect(warnings).toEqual(['The ruleset could not be read (401: No such key.). The client keeps trying.'])
})

test('the client says why it is refused, and which ruleset it has, until that is over', async () => {
  const { client, server } = startClient()
  server.behave('ruleset', { status: 401, body: JSON.stringify({ error: { code: 'invalid_key', message: 'No such key.' } }) })
  expect([client.problem(), client.ruleset()]).toEqual([undefined, undefined])
  await timed(client.ready(), 5000)
  expect([client.problem(), client.ruleset()]).toEqual(['401: No such key.', undefined])
  server.behave('ruleset')
  await pass(600_000)
  expect([client.problem(), client.ruleset()]).toEqual([undefined, sampleRuleset(1)])
})

test('a change is seen at once through the stream, and each update is told', async () => {
  const { client, server } = startClient()
  const updates: Update[] = []
  const stop = client.onUpdate((update) => { updates.push(update) })
  client.onUpdate(() => { throw new Error('no') })
  client.onUpdate(async () => { throw new Error('no') })
  await client.ready()
  await pass(0)
  server.publish(sampleRuleset(2))
  await pass(0)
  expect(client.getBoolean('release', false)).toBe(true)
  stop()
  server.publish(sampleRuleset(3))
  await pass(0)
  expect(client.getBoolean('release', true)).toBe(false)
  expect(updates.map(({ version, project, environment }) => [version, project, environment])).toEqual([[1, 'shop', 'production'], [2, 'shop', 'production']])
  expect(server.asked('stream').map(({ headers }) => headers['last-event-id'])).toEqual([`${sampleRuleset(1).epoch}:1`])
})

test('epoch and version never go back, except to a newer epoch', async () => {
  const { client, server } = startClient(sampleRuleset(5))
  await client.ready()
  await pass(0)
  const versions: [string, number][] = []
  client.onUpdate(({ epoch, version }) => { versions.push([epoch, version]) })
  const newer = '0198f001-0000-7000-8000-000000000000'
  const older = '0198e000-0000-7000-8000-000000000000'
  for (const [epoch, version] of [[undefined, 4], [undefined, 5], [undefined, 7], [undefined, 6], [older, 99], [newer, 1], [undefined, 100], [newer, 2]] as const) server.publish(sampleRuleset(version, epoch === undefined ? {} : { epoch }))
  await pass(0)
  expect(versions).toEqual([[sampleRuleset(1).epoch, 7], [newer, 1], [newer, 2]])
})

test('a ruleset in pieces, or cut within a character, is read whole', async () => {
  const { client, server } = startClient()
  await client.ready()
  await pass(0)
  const next = sampleRuleset(2, { flags: [...sampleRuleset(2).flags, { ...sampleRuleset(2).flags[2]!, key: 'greeting', variants: [{ key: 'a', value: 'Grüße 👋' }] }] })
  const bytes = new TextEncoder().encode(`: a comment\r\nid: x\r\nevent: ruleset\r\ndata: ${JSON.stringify(next)}\r\n\r\n`)
  const [stream] = server.streams()
  for (const byte of bytes) stream?.sendBytes(new Uint8Array([byte]))
  await pass(0)
  expect(client.getString('greeting', '')).toBe('Grüße 👋')
})

test('what the server told last is kept for as long as it is away, and its return is noticed', async () => {
  const { client, server, warnings } = startClient(sampleRuleset(2))
  const statuses: Status[] = []
  client.onStatus((status) => { statuses.push(status) })
  await client.ready()
  await pass(20_000)
  for (const path of ['ruleset', 'stream', 'seen', 'events']) server.behave(path, 'refuse')
  for (const stream of server.streams()) stream.breakOff()
  await pass(59_999)
  expect(client.status()).toBe('ready')
  await pass(1)
  expect(client.status()).toBe('stale')
  await pass(12 * 3_600_000)
  expect(client.getBooleanDetails('release', false)).toMatchObject({ value: true, version: 2 })
  expect(statuses).toEqual(['ready', 'stale'])
  expect(warnings).toContain('Assay has not been reached for a minute. Flags keep the values they have; the client keeps trying.')
  for (const path of ['ruleset', 'stream', 'seen', 'events']) server.behave(path)
  server.publish(sampleRuleset(3))
  await pass(31_000)
  expect([client.status(), client.getBoolean('release', true)]).toEqual(['ready', false])
  expect(statuses).toEqual(['ready', 'stale', 'ready'])
})

test('a short outage changes no status', async () => {
  const { client, server } = startClient()
  const statuses: Status[] = []
  client.onStatus((status) => { statuses.push(status) })
  await client.ready()
  await pass(0)
  server.behave('ruleset', 'refuse')
  server.behave('stream', 'refuse')
  for (const stream of server.streams()) stream.breakOff()
  await pass(20_000)
  server.behave('ruleset')
  await pass(120_000)
  expect(statuses).toEqual(['ready'])
})

test('a warning is not repeated within ten minutes, and comes back later', async () => {
  const { server, warnings } = startClient()
  server.behave('ruleset', 'refuse')
  await pass(590_000)
  expect(warnings).toHaveLength(1 + 1)
  await pass(590_000)
  expect(warnings).toHaveLength(2 + 1)
})

test('attempts after failures are apart by chance, up to 1, 2, 4 ... 30 s, one at a time', async () => {
  for (const chance of [0.5, 0.999]) {
    const { server } = startClient(undefined, { random: () => chance })
    server.behave('ruleset', 'refuse')
    await pass(200_000)
    const [found, expected] = [gaps(server.asked('ruleset')).slice(0, 8), [1, 2, 4, 8, 16, 30, 30, 30].map((seconds) => Math.trunc(seconds * 1000 * chance))]
    expect(found).toEqual(expected)
    expect(server.mostInFlight()).toBe(1)
  }
})

test('many clients that fail together come back spread evenly over the whole window', async () => {
  const servers = Array.from({ length: 300 }, () => {
    const { server } = startClient(undefined, { random: Math.random })
    server.behave('ruleset', 'refuse')
    return server
  })
  await pass(1000)
  const waited = servers.map((server) => gaps(server.asked('ruleset'))[0] ?? Infinity).sort((a, b) => a - b)
  // Kolmogorov and Smirnov: further from an even spread than this is met by chance once in 50,000 runs.
  const distance = Math.max(...waited.map((ms, index) => Math.max(Math.abs(ms / 1000 - index / 300), Math.abs(ms / 1000 - (index + 1) / 300))))
  expect(distance).toBeLessThan(2.4 / Math.sqrt(300))
})

test.each([401, 403, 404, 422])('%d leads to attempts about 5 minutes apart, never to the end', async (status) => {
  const { client, server } = startClient()
  server.behave('ruleset', { status })
  await pass(3_600_000)
  expect(gaps(server.asked('ruleset')).every((ms) => ms === 300_000)).toBe(true)
  expect(server.asked('ruleset').length).toBeGreaterThan(10)
  server.behave('ruleset')
  await pass(300_000)
  expect(client.status()).toBe('ready')
})

test.each<[string, number]>([['7', 7_500], ['9999', 600_500], ['Thu, 01 Jan 2026 00:00:20 GMT', 20_500], ['nonsense', 500]])('Retry-After %s is waited for', async (retryAfter, ms) => {
  vi.setSystemTime(new Date('2026-01-01T00:00:00Z'))
  const { server } = startClient()
  server.behave('ruleset', { status: 503, headers: { 'retry-after': retryAfter } })
  await pass(ms)
  expect(gaps(server.asked('ruleset'))[0]).toBe(ms)
})

test('after a healthy stream the client comes back when the server said, else within ten seconds', async () => {
  for (const [data, ms] of [['{"retryMs":4200}', 4200], ['{"retryWindowMs":60000}', 30_000], ['{"retryMs":99999999}', 600_000], ['nonsense', 5000], [undefined, 5000]] as const) {
    const { client, server } = startClient()
    await client.ready()
    await pass(15_000)
    const [stream] = server.streams()
    if (data !== undefined) stream?.send(`event: reconnect\ndata: ${data}\n\n`)
    else stream?.send(': heartbeat\n\n')
    await pass(0)
    const ended = Date.now()
    stream?.end()
    await pass(ms)
    expect([data, (server.asked('stream')[1]?.at ?? 0) - ended, server.streams().length]).toEqual([data, ms, 1])
    await client.close()
  }
})

test('a stream without a heartbeat for 45 s is dead, and another one is opened soon', async () => {
  const { client, server } = startClient()
  await client.ready()
  await pass(0)
  const [stream] = server.streams()
  for (const ms of [15_000, 15_000]) { await pass(ms); stream?.send(': heartbeat\n\n') }
  await pass(44_999)
  expect([server.asked('stream').length, server.streams()[0] === stream]).toEqual([1, true])
  await pass(1001)
  expect([server.asked('stream').length, server.streams().length, server.streams()[0] === stream]).toEqual([2, 1, false])
})

test('where streams do not get through, changes are polled, and streams are tried again', async () => {
  for (const broken of ['refuse', { status: 403 }, { status: 200, body: 'buffered', headers: { 'content-type': 'text/html' } }] as const) {
    const { client, server, warnings } = startClient()
    server.behave('stream', broken)
    await client.ready()
    await pass(120_000)
    const attempts = server.asked('stream').length
    // What is refused is refused again; what fails may be a matter of the moment.
    expect(attempts).toBe(typeof broken === 'object' && broken.status === 403 ? 1 : 5)
    server.publish(sampleRuleset(2))
    await pass(30_000)
    expect([client.status(), client.getBoolean('release', false)]).toEqual(['ready', true])
    await pass(600_000)
    expect(server.asked('stream').length - attempts).toBeGreaterThanOrEqual(1)
    expect(server.asked('stream').length - attempts).toBeLessThanOrEqual(3)
    server.behave('stream')
    for (let waited = 0; waited < 330 && server.streams().length === 0; waited++) await pass(1000)
    server.publish(sampleRuleset(3))
    await pass(0)
    expect(client.getBoolean('release', true)).toBe(false)
    expect(warnings.join()).toContain('The stream of rulesets does not work')
  }
})

test('without a stream, the client polls with an ETag and is answered 304', async () => {
  const { client, server } = startClient(undefined, { stream: false, pollIntervalMs: 10_000 })
  await client.ready()
  await pass(60_000)
  expect(server.asked('stream')).toEqual([])
  expect(server.asked('ruleset').length).toBeGreaterThanOrEqual(6)
  expect(server.asked('ruleset').slice(1).map(({ headers }) => headers['if-none-match'])).toEqual(server.asked('ruleset').slice(1).map(() => `"${sampleRuleset(1).epoch}:1"`))
  server.publish(sampleRuleset(2))
  await pass(10_000)
  expect(client.getBoolean('release', false)).toBe(true)
  await pass(10_000)
  expect(server.asked('ruleset').at(-1)?.headers['if-none-match']).toBe(`"${sampleRuleset(1).epoch}:2"`)
})

test('what the stream brought is not sent again by every poll', async () => {
  const { client, server } = startClient()
  await client.ready()
  await pass(0)
  server.publish(sampleRuleset(2))
  await pass(15_000)
  server.behave('stream', 'refuse')
  for (const stream of server.streams()) stream.breakOff()
  await pass(120_000)
  expect(server.asked('ruleset').at(-1)?.headers['if-none-match']).toBe(`"${sampleRuleset(1).epoch}:2"`)
})

test('a ruleset that cannot be used keeps the previous one, and the client says so and recovers', async () => {
  const { client, server, warnings } = startClient(sampleRuleset(2))
  await client.ready()
  await pass(15_000)
  const odd = { ...sampleRuleset(3), schema: 2 } as never
  server.publish(odd)
  await pass(180_000)
  expect([client.status(), client.getBoolean('release', false)]).toEqual(['stale', true])
  expect(warnings.join()).toContain('A ruleset could not be used, the previous one stays')
  server.publish(sampleRuleset(5))
  await pass(31_000)
  expect([client.status(), client.getBoolean('release', true)]).toEqual(['ready', false])
})

test('a 304 that nobody asked for is no ruleset', async () => {
  const { client, server } = startClient()
  server.behave('ruleset', { status: 304 })
  await pass(2000)
  expect(client.status()).toBe('defaults')
  server.behave('ruleset')
  await pass(30_000)
  expect(client.status()).toBe('ready')
})

test('a request without an answer is given up after ten seconds', async () => {
  const { server, warnings } = startClient()
  server.behave('ruleset', 'hang')
  await pass(10_500)
  expect(gaps(server.asked('ruleset'))).toEqual([10_500])
  expect(warnings[0]).toContain('no answer within 10 s')
})

test('each instance tells what it uses within 300 ms, and every minute', async () => {
  const { client, server } = startClient(undefined, { random: () => 0.999 })
  await client.ready()
  await pass(300)
  const seen = () => server.asked('seen').map(({ body }) => JSON.parse(body ?? '') as { instanceId: string; sdk: string; epoch: string; version: number; appliedAt: string })
  expect(seen()).toEqual([{ instanceId: expect.stringMatching(/^[0-9a-f-]{36}$/), sdk: expect.stringMatching(/^assay-node\//), epoch: sampleRuleset(1).epoch, version: 1, appliedAt: expect.stringMatching(/Z$/) }])
  server.publish(sampleRuleset(2))
  await pass(300)
  expect(seen().map(({ version }) => version)).toEqual([1, 2])
  await pass(120_000)
  expect(seen().map(({ version }) => version)).toEqual([1, 2, 2, 2])
  expect(new Set(seen().map(({ instanceId }) => instanceId)).size).toBe(1)
  expect(new Set(seen().slice(1).map(({ appliedAt }) => appliedAt)).size).toBe(1)
})

test('a bootstrapped ruleset serves until a newer one arrives, and is acknowledged if it is the newest', async () => {
  const { client, server } = startClient(sampleRuleset(2), { bootstrap: sampleRuleset(2) })
  server.behave('ruleset', 'hang')
  expect([client.status(), client.getBoolean('release', false)]).toEqual(['stale', true])
  server.behave('ruleset')
  await pass(30_000)
  expect([client.status(), server.asked('seen').length > 0]).toEqual(['ready', true])
  const older = startClient(sampleRuleset(3), { bootstrap: JSON.stringify(sampleRuleset(2)) })
  expect(older.client.getBoolean('release', false)).toBe(true)
  await older.client.ready()
  expect(older.client.getBoolean('release', true)).toBe(false)
})

test('an unusable bootstrap is said and passed over', async () => {
  for (const bootstrap of ['{', { schema: 9 } as never, Object.defineProperty({}, 'toJSON', { value() { throw new Error('no') } }) as never]) {
    const { client, warnings } = startClient(undefined, { bootstrap })
    expect([client.status(), warnings.length]).toEqual(['defaults', 1])
    await client.ready()
    expect(client.status()).toBe('ready')
  }
})

test('offline no request is made, and nothing is recorded', async () => {
  const { client, server } = startClient(undefined, { offline: true, bootstrap: sampleRuleset(2) })
  expect(await timed(client.ready(), 0)).toEqual({ value: 'stale', ms: 0 })
  expect(client.getBooleanDetails('tested', false, { targetingKey: 'u' }).reason).toBe('SPLIT')
  client.track('order', { targetingKey: 'u' })
  expect(client.counts()).toEqual({ queued: 0, sent: 0, rejected: 0, dropped: {} })
  await pass(3_600_000)
  expect(server.mostInFlight()).toBe(0)
  expect(createClient({ url: '', key: '', offline: true }).status()).toBe('defaults')
})

test('after closing nothing more is asked, and no timer is left', async () => {
  const { client, server } = startClient()
  await client.ready()
  await pass(15_000)
  const first = client.close()
  expect(client.close()).toBe(first)
  await first
  const asked = ['ruleset', 'stream', 'seen', 'events'].map((path) => server.asked(path).length)
  await pass(3_600_000)
  expect(['ruleset', 'stream', 'seen', 'events'].map((path) => server.asked(path).length)).toEqual(asked)
  expect([server.streams().length, vi.getTimerCount(), client.status()]).toEqual([0, 0, 'closed'])
  expect(await client.ready()).toBe('closed')
})
