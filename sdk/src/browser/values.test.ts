import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createBrowserClient } from './client.ts'
import type { EvaluatedFlag } from './evaluated-flag.ts'
import { aValue, createFakeBrowser, createFakeStorage, pass, tested } from './page.samples.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

test('each type has a getter, and details that say why', async () => {
  const { assay, open } = createFakeBrowser()
  const client = open()
  expect([client.status(), client.getBooleanDetails('release', false).errorCode]).toEqual(['defaults', 'PROVIDER_NOT_READY'])
  expect(await client.ready()).toBe('ready')
  expect([client.getBoolean('release', false), client.getString('text', 'x'), client.getInteger('count', 0), client.getFloat('ratio', 0), client.getObject('theme', {})]).toEqual([true, 'A', 3, 0.5, { colour: 'teal' }])
  expect(client.getBooleanDetails('tested', true)).toEqual({ flagKey: 'tested', value: false, variant: 'u', reason: 'SPLIT', metadata: { flagSetId: 'p/e', version: '4', experiment: 'exp-1', phase: '2', unitType: 'user' } })
  expect([client.getStringDetails('text', 'x').value, client.getIntegerDetails('count', 0).value, client.getFloatDetails('ratio', 0).value, client.getObjectDetails('theme', {}).value]).toEqual(['A', 3, 0.5, { colour: 'teal' }])
  const [request] = assay.asked('flags')
  expect([request?.headers.get('authorization'), request?.headers.get('if-none-match'), request?.body]).toEqual(['Bearer client-key', '', '{"context":{"targetingKey":"u"}}'])
})

test('the caller’s default is served, with a code or a reason, wherever there is no value', async () => {
  const { assay, open } = createFakeBrowser()
  assay.serve(() => [{ key: 'off', reason: 'DISABLED' }, { key: 'broken', errorCode: 'PARSE_ERROR', errorDetails: 'It cannot be read.' }, aValue('text', 'a'), aValue('half', 0.5)])
  const client = open()
  await client.ready()
  const shown = (flag: string) => { const { value, reason, errorCode } = client.getBooleanDetails(flag, true); return [value, reason, errorCode] }
  expect(shown('off')).toEqual([true, 'DISABLED', undefined])
  expect(shown('gone')).toEqual([true, 'ERROR', 'FLAG_NOT_FOUND'])
  expect(shown('text')).toEqual([true, 'ERROR', 'TYPE_MISMATCH'])
  expect(shown('broken')).toEqual([true, 'ERROR', 'PARSE_ERROR'])
  expect(client.getIntegerDetails('half', 1)).toMatchObject({ value: 1, errorCode: 'TYPE_MISMATCH' })
  expect(client.getObject('text', { own: 1 })).toEqual({ own: 1 })
})

test('values are shared and frozen, and one that did not change stays the same object', async () => {
  const { assay, open } = createFakeBrowser()
  const client = open()
  await client.ready()
  const theme = client.getObject('theme', {})
  expect(Object.isFrozen(theme)).toBe(true)
  const changes: (readonly string[])[] = []
  client.onUpdate((changed) => { changes.push(changed) })
  await pass(0)
  assay.publish(() => [aValue('release', false), aValue('text', 'A'), aValue('count', 3), aValue('ratio', 0.5), aValue('theme', { colour: 'teal' }), aValue('new', 1)])
  await pass(300)
  expect(changes).toEqual([['release', 'tested', 'new']])
  expect(client.getObject('theme', {})).toBe(theme)
})

test('an ETag belongs to its context: another context asks without one, the same with it', async () => {
  const { assay, open, show } = createFakeBrowser()
  const client = open()
  await client.ready()
  await client.setContext({ targetingKey: 'v' })
  show('visible')
  await pass(0)
  expect(assay.asked('flags').map(({ headers }) => headers.get('if-none-match'))).toEqual(['', '', expect.stringContaining('"v"')])
  expect(client.status()).toBe('ready')
})

test('of several contexts the last one counts, and the values before stay until it is decided', async () => {
  const { assay, open } = createFakeBrowser()
  assay.serve(({ targetingKey }) => [aValue('who', String(targetingKey))])
  const client = open()
  await client.ready()
  assay.behave('flags', ({ body }) => (body.includes('slow') ? 'hang' : undefined))
  const first = client.setContext({ targetingKey: 'slow' })
  expect([client.getString('who', ''), client.status()]).toEqual(['u', 'stale'])
  const second = client.setContext({ targetingKey: 'last' })
  expect(await Promise.all([first, second])).toEqual(['ready', 'ready'])
  expect([client.getString('who', ''), client.context()]).toEqual(['last', { targetingKey: 'last' }])
})

test('the last good values are kept for the next visit of the same context', async () => {
  const { assay, open } = createFakeBrowser()
  const first = open()
  await first.ready()
  await first.close()
  assay.behave('flags', () => 'refuse')
  const second = open()
  expect([second.status(), second.getString('text', 'x'), await second.ready()]).toEqual(['stale', 'A', 'stale'])
  expect(open({ context: { targetingKey: 'v' } }).getString('text', 'x')).toBe('x')
  expect(open({ key: 'other-key' }).getString('text', 'x')).toBe('x')
  expect(open({ storage: null }).getString('text', 'x')).toBe('x')
  assay.behave('flags')
  await pass(1000)
  expect([second.status(), assay.asked('flags').filter(({ headers }) => headers.get('if-none-match')).length]).toEqual(['ready', 2])
})

test('kept values that are damaged anywhere are ignored, and a full storage harms nothing', async () => {
  const { assay, open } = createFakeBrowser()
  const storage = createFakeStorage()
  const client = open({ storage })
  await client.ready()
  const [name, text] = [...storage.kept][0] ?? []
  assay.behave('flags', () => 'hang')
  for (let cut = 0; cut < (text?.length ?? 0); cut += 7) {
    const damaged = createFakeStorage()
    damaged.setItem(name ?? '', (text ?? '').slice(0, cut))
    const short = open({ storage: damaged })
    damaged.setItem(name ?? '', `${text?.slice(0, cut)}~${text?.slice(cut + 1)}`)
    const altered = open({ storage: damaged })
    expect([short.status(), altered.status()]).toEqual(['defaults', 'defaults'])
    await Promise.all([short.close(), altered.close()])
  }
  assay.behave('flags')
  const full = open({ storage: { getItem: () => { throw new Error('forbidden') }, setItem: () => { throw new DOMException('full', 'QuotaExceededError') } } })
  expect(await full.ready()).toBe('ready')
})

test('a bootstrap is served at once, before and instead of anything kept, and changes nothing when Assay says the same', async () => {
  const { assay, open } = createFakeBrowser()
  const flags: EvaluatedFlag[] = [aValue('release', true), tested('on')]
  assay.serve(() => structuredClone(flags))
  await open().ready()
  const client = open({ bootstrap: { flags } })
  const updates: (readonly string[])[] = []
  client.onUpdate((changed) => { updates.push(changed) })
  expect([client.getBoolean('tested', false), client.status()]).toEqual([true, 'stale'])
  expect(await client.ready()).toBe('stale')
  await pass(0)
  expect([client.status(), updates]).toEqual(['ready', []])
})

test('ready waits for values, a refusal or its time-out, and never rejects', async () => {
  const { assay, open } = createFakeBrowser()
  assay.behave('flags', () => 'hang')
  const waiting = open().ready()
  await pass(3000)
  expect(await waiting).toBe('defaults')
  assay.behave('flags', () => new Response(null, { status: 401 }))
  const refused = open()
  expect([await refused.ready(), refused.problem()]).toEqual(['defaults', 'Refused: 401'])
})

test('what is no answer is refused whole: the values before stay', async () => {
  const { assay, open, show } = createFakeBrowser()
  const client = open()
  await client.ready()
  for (const body of ['', 'null', '[]', '{"flags":5}', '{"flags":[null]}', '<html>']) {
    assay.behave('flags', () => new Response(body))
    show('visible')
    await pass(0)
    expect([client.getString('text', 'x'), client.problem()]).toEqual(['A', 'Unusable answer: 200'])
  }
})

test('after close the callers’ defaults are served and nothing is asked any more', async () => {
  const { assay, open, show } = createFakeBrowser()
  const client = open()
  const statuses: string[] = []
  client.onStatus((status) => { statuses.push(status) })
  await client.ready()
  await client.close()
  const before = assay.asked('flags').length
  show('visible')
  expect(await client.setContext({ targetingKey: 'v' })).toBe('closed')
  await pass(600_000)
  expect([client.getString('text', 'mine'), assay.asked('flags').length - before, assay.streams(), statuses]).toEqual(['mine', 0, [], ['ready', 'closed']])
})

test('on a server, where there is no document, it serves its bootstrap and asks nothing', async () => {
  const { assay, open } = createFakeBrowser()
  vi.stubGlobal('document', undefined)
  const client = open({ bootstrap: { flags: [tested('on')] } })
  expect([client.getBoolean('tested', false), await client.setContext({ targetingKey: 'v' })]).toEqual([true, 'stale'])
  client.track('order')
  await client.close()
  expect([assay.asked('flags'), assay.asked('events')]).toEqual([[], []])
})

test('nothing a host hands in makes it throw', async () => {
  const { open } = createFakeBrowser()
  const cycle: Record<string, unknown> = {}
  cycle.self = cycle
  const client = open({ context: cycle, logger: { warn() { throw new Error('no log') } } })
  client.onUpdate(() => { throw new Error('no listener') })
  await client.ready()
  expect(() => {
    for (const flag of [null, undefined, Symbol('s'), {}, '__proto__', 'constructor']) expect(client.getBoolean(flag as never, true)).toBe(true)
    client.track('a', null as never)
    client.track(Symbol('s') as never, { value: 1n as never, at: 'never', properties: cycle })
    client.identify(undefined as never, null as never, null as never)
    void client.setContext({ big: 1n })
    void client.setContext(null as never)
  }).not.toThrow()
  const said = vi.spyOn(console, 'warn').mockReturnValue()
  const without = [createBrowserClient({} as never), createBrowserClient(undefined as never)]
  expect(await Promise.all(without.map((each) => each.close()))).toHaveLength(2)
  expect(said.mock.calls).toEqual([])
})
