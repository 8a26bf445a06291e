import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { backoffMs } from './backoff.ts'
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

test('S1 ready gives up after its time-out, 3 s if not said, and the client keeps trying', async () => {
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

test('S10 epoch and version never go back, except to a newer epoch', async () => {
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

test('S2 what the server told last is kept for as long as it is away, and its return is noticed', async () => {
  const { client, server, warnings } = startClient(sampleRuleset(2))
  const statuses: [Status, number | undefined][] = []
  client.onStatus((status, ageMs) => { statuses.push([status, ageMs]) })
  await client.ready()
  await pass(20_000)
  const before = client.getBooleanDetails('tested', false, { targetingKey: 'u' })
  for (const path of ['ruleset', 'stream', 'seen', 'events']) server.behave(path, 'refuse')
  for (const stream of server.streams()) stream.breakOff()
  await pass(59_999)
  expect(client.status()).toBe('ready')
  await pass(1)
  expect(client.status()).toBe('stale')
  await pass(12 * 3_600_000)
  expect(client.getBooleanDetails('release', false)).toMatchObject({ value: true, version: 2 })
  let other = 0
  for (let count = 0; count < 1_000_000; count++) if (!client.getBoolean('release', false)) other++
  expect([other, client.getBooleanDetails('tested', false, { targetingKey: 'u' })]).toEqual([0, before])
  expect(statuses).toEqual([['ready', 0], ['stale', expect.any(Number)]])
  expect(statuses[1]?.[1]).toBeGreaterThanOrEqual(60_000)
  expect(statuses[1]?.[1]).toBeLessThan(100_000)
  expect(warnings).toContain('Assay has not been reached for a minute. Flags keep the values they have; the client keeps trying.')
  for (const path of ['ruleset', 'stream', 'seen', 'events']) server.behave(path)
  server.publish(sampleRuleset(3))
  await pass(31_000)
  expect([client.status(), client.getBoolean('release', true)]).toEqual(['ready', false])
  expect(statuses.map(([status]) => status)).toEqual(['ready', 'stale', 'ready'])
})

test('S7 after a cut the client says what it holds, and has what the server has, whatever it missed', async () => {
  const { client, server } = startClient()
  await client.ready()
  await pass(20_000)
  const [stream] = server.streams()
  // Three changes are lost on the way; each ruleset is whole, so the next one makes up for them.
  stream?.send(`event: ruleset\ndata: ${JSON.stringify(sampleRuleset(6))}\n\n`)
  await pass(0)
  expect(client.getBooleanDetails('release', false)).toMatchObject({ value: true, version: 6 })
  stream?.end()
  server.publish(sampleRuleset(9))
  await pass(10_000)
  expect(server.asked('stream').map(({ headers }) => headers['last-event-id'])).toEqual([`${sampleRuleset(1).epoch}:1`, `${sampleRuleset(1).epoch}:6`])
  expect(client.getBooleanDetails('release', true)).toMatchObject({ value: false, version: 9 })
})

test('streams that keep ending soon are come back to ever later, until one lasts a minute', async () => {
  const { client, server } = startClient(undefined, { random: () => 0.999 })
  await client.ready()
  const waits: number[] = []
  for (const lasts of [5000, 5000, 5000, 5000, 61_000, 5000]) {
    const [stream] = server.streams()
    for (let at = 0; at < lasts; at += 5000) {
      stream?.send(': heartbeat\n\n')
      await pass(Math.min(5000, lasts - at))
    }
    stream?.end()
    const ended = Date.now()
    for (let waited = 0; waited < 60 && server.streams().length === 0; waited++) await pass(1000)
    waits.push(Math.round((Date.now() - ended) / 1000))
  }
  expect(waits).toEqual([10, 20, 30, 30, 10, 10])
})

test('S11 of a payload that is cut or changed anywhere the client takes all or nothing, and goes on evaluating', async () => {
  const { client, server } = startClient()
  await client.ready()
  await pass(0)
  const whole = JSON.stringify(sampleRuleset(2))
  const [stream] = server.streams()
  for (let at = 0; at < whole.length; at += 7) {
    stream?.send(`event: ruleset\ndata: ${whole.slice(0, at)}\n\n`)
    await pass(0)
    if (server.streams().length === 0) {
      expect(client.getBooleanDetails('release', true)).toMatchObject({ version: 1, value: false })
      break
    }
  }
  for (const cut of Array.from({ length: whole.length }, (_, at) => whole.slice(0, at))) {
    const { client: other } = startClient(undefined, { bootstrap: cut, offline: true })
    expect(other.status()).toBe('defaults')
  }
  const flagsOf = (odd: unknown[]) => JSON.stringify(sampleRuleset(3, { flags: [...odd, ...sampleRuleset(3).flags] as never }))
  const unknown = { ...sampleRuleset(1).flags[0], key: 'unknown', rules: [{ id: 'r', when: { not: { attribute: 'a', op: 'sounds_like', values: ['x'] } }, serve: { variant: 'on' } }] }
  server.behave('ruleset', { status: 200, body: flagsOf([null, 5, { key: 'broken', rules: 'all' }, unknown]) })
  await pass(400_000)
  expect(['release', 'broken', 'unknown'].map((key) => client.getBooleanDetails(key, true, { a: 'x' }).errorCode ?? client.getBoolean(key, true, { a: 'x' }))).toEqual([false, 'PARSE_ERROR', false])
})

test('S23 a client that goes on after it was frozen asks at once, whatever it held', async () => {
  for (const stream of [true, false]) {
    const { client, server } = startClient(undefined, { stream, pollIntervalMs: 3_600_000, random: () => 0.999 })
    await client.ready()
    await pass(20_000)
    server.behave('stream', 'hang')
    server.publish(sampleRuleset(2))
    for (const open of server.streams()) open.breakOff()
    await pass(1000)
    const asked = server.asked('ruleset').length
    // The clock goes on while no timer does, as when a container is frozen.
    vi.setSystemTime(Date.now() + 120_000)
    await pass(10_000)
    expect([server.asked('ruleset').length, client.getBooleanDetails('release', false).version]).toEqual([asked + 1, 2])
    await client.close()
  }
})

test('S27 listeners and loggers of the host that throw, reject or hang keep nobody from anything', async () => {
  const { client, server } = startClient(undefined, { logger: { warn() { throw new Error('no') } } })
  const updates: number[] = []
  const hostile = [() => { throw new Error('no') }, async () => { throw new Error('no') }, () => new Promise<void>(() => undefined), () => Promise.reject(Object.defineProperty({}, 'message', { get() { throw new Error('no') } }))]
  for (const listener of hostile) {
    client.onUpdate(listener)
    client.onStatus(listener)
  }
  client.onUpdate(({ version }) => { updates.push(version) })
  await client.ready()
  await pass(0)
  server.publish(sampleRuleset(2))
  server.behave('events', { status: 400 })
  client.track('order', { targetingKey: 'u' })
  await pass(10_000)
  expect([updates, client.getBoolean('release', false), client.status(), client.counts().dropped]).toEqual([[1, 2], true, 'ready', { refused: 1 }])
  await client.close()
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

test('clients that fail together come back spread evenly over the first window', async () => {
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

test('S3 a thousand clients that fail 20 times in a row spread evenly over each window, and none has two attempts open', async () => {
  const windows = Array.from({ length: 20 }, (_, index) => Math.min(30, 2 ** index) * 1000)
  for (const [index, window] of windows.entries()) {
    const waits = Array.from({ length: 1000 }, () => backoffMs(index + 1, Math.random)).sort((a, b) => a - b)
    // Kolmogorov and Smirnov: further from an even spread than this is met by chance once in 50,000 runs.
    const distance = Math.max(...waits.map((ms, at) => Math.max(Math.abs(ms / window - at / 1000), Math.abs(ms / window - (at + 1) / 1000))))
    expect([index, distance < 2.4 / Math.sqrt(1000)]).toEqual([index, true])
  }
  // And so does a client wait, one attempt after the other.
  const chances: number[] = []
  const { server } = startClient(undefined, { random: () => { const chance = Math.random(); chances.push(chance); return chance } })
  server.behave('ruleset', 'refuse')
  await pass(windows.reduce((sum, window) => sum + window, 0) + 1000)
  const waited = gaps(server.asked('ruleset')).slice(0, 20)
  expect(waited.length).toBe(20)
  expect(waited.every((ms, index) => Math.abs(ms - (chances[index] ?? 0) * (windows[index] ?? 0)) <= 1)).toBe(true)
  expect(server.mostInFlight()).toBe(1)
})

test.each([400, 401, 403, 404, 422])('S5 %d leads to attempts about 5 minutes apart, at first and later, never to the end', async (status) => {
  const { client, server } = startClient()
  server.behave('ruleset', { status })
  await pass(3_600_000)
  expect(gaps(server.asked('ruleset')).every((ms) => ms === 300_000)).toBe(true)
  expect(server.asked('ruleset').length).toBeGreaterThan(10)
  server.behave('ruleset')
  await pass(300_000)
  expect(client.status()).toBe('ready')
  const first = ['ruleset', 'stream'].map((path) => server.asked(path).length)
  server.behave('ruleset', { status })
  server.behave('stream', { status })
  for (const stream of server.streams()) stream.end()
  await pass(3_600_000)
  const later = ['ruleset', 'stream'].map((path, index) => server.asked(path).slice(first[index]))
  expect(later.map((asked) => asked.length <= 14)).toEqual([true, true])
  expect(later[0]?.length).toBeGreaterThan(10)
  for (const path of ['ruleset', 'stream']) server.behave(path)
  await pass(660_000)
  expect([client.status(), server.asked('stream').length > (first[1] ?? 0)]).toEqual(['ready', true])
})

test.each<[string, number]>([['7', 7_500], ['9999', 600_500], ['Thu, 01 Jan 2026 00:00:20 GMT', 20_500], ['nonsense', 500]])('Retry-After %s is waited for', async (retryAfter, ms) => {
  vi.setSystemTime(new Date('2026-01-01T00:00:00Z'))
  const { server } = startClient()
  server.behave('ruleset', { status: 503, headers: { 'retry-after': retryAfter } })
  await pass(ms)
  expect(gaps(server.asked('ruleset'))[0]).toBe(ms)
})

test('S4 after a healthy stream the client comes back when the server said, else within ten seconds', async () => {
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

test('of 9,500 streams that are cut at once, no more than 300 are back within any tenth of a second', async () => {
  const { client, server } = startClient(undefined, { random: Math.random })
  await client.ready()
  await pass(0)
  // Clients know nothing of each other: what one does 9,500 times is what 9,500 do at once.
  const back = new Map<number, number>()
  for (let cut = 0; cut < 9500; cut++) {
    const [stream] = server.streams()
    for (const ms of [30_000, 30_000]) { await pass(ms); stream?.send(': heartbeat\n\n') }
    await pass(0)
    const ended = Date.now()
    stream?.end()
    while (server.streams().length === 0 || server.streams()[0] === stream) await vi.advanceTimersToNextTimerAsync()
    const tenth = Math.floor((Date.now() - ended) / 100)
    back.set(tenth, (back.get(tenth) ?? 0) + 1)
  }
  expect(Math.max(...back.keys())).toBeLessThanOrEqual(100)
  expect(Math.max(...back.values())).toBeLessThanOrEqual(300)
  await client.close()
}, 60_000)

test('S6 a stream without a heartbeat for 45 s is dead, and another one is opened soon', async () => {
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

test('S8 where streams do not get through, changes are polled, and streams are tried again', async () => {
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

test('S30 each instance tells which ruleset it uses, and since when, within 300 ms and every minute', async () => {
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

test('an instance that ends says so, once, where the server knows of it', async () => {
  const known = startClient()
  await known.client.ready()
  await pass(300)
  await known.client.close()
  const last = () => known.server.asked('seen').map(({ body }) => JSON.parse(body ?? '') as { instanceId: string; version: number; leaving?: true })
  expect(last()).toEqual([expect.not.objectContaining({ leaving: true }), expect.objectContaining({ instanceId: last()[0]?.instanceId, version: 1, leaving: true })])
  await pass(120_000)
  expect(last()).toHaveLength(2)

  const unknown = startClient()
  await unknown.client.close()
  await pass(1_000)
  expect(unknown.server.asked('seen')).toEqual([])
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
