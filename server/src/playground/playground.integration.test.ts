import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../contract/routes.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const params = { project: 'shop' }

describe.each(['pglite', 'postgres'] as const)('the playground on %s', (database) => {
  let server: TestServer
  const start = Date.parse('2027-03-01T12:00:00.000Z')
  let clock = start
  const at = { ...params, environment: 'production' }

  beforeAll(async () => {
    server = await startTestServer({ database, now: () => new Date(clock) })
    const variants = [{ key: 'off', value: false }, { key: 'on', value: true }]
    clock = start + 60_000
    await server.admin(routes.createFlag, { params, body: { key: 'banner', name: 'Banner', kind: 'release', type: 'boolean', variants } })
    clock = start + 120_000
    await server.admin(routes.turnOn, { params: { ...at, flag: 'banner' }, body: { basedOn: 1 } })
  })
  afterAll(() => server.close())

  const play = (body: { flag?: string; at?: string; version?: number; context?: Record<string, string> }) => server.admin(routes.evaluateInPlayground, { params: at, body: { context: { targetingKey: 'u1' }, ...body } })

  test('a context gets what the newest ruleset says, with the reasons', async () => {
    const { body } = await play({ flag: 'banner' })
    expect(body).toMatchObject({ newest: true, publishedAt: '2027-03-01T12:02:00.000Z', results: [{ flag: 'banner', value: true, variant: 'on', reason: 'STATIC' }] })
    expect(body.results[0]?.steps?.map(({ text }) => text)).toEqual(['banner is on.', 'The flag has no rules: it serves on.'])
    expect((await play({})).body.results).toMatchObject([{ flag: 'banner', variant: 'on', steps: null }])
  })

  test('an earlier version and an earlier time say what was served then', async () => {
    const newest = (await play({})).body.version
    const then = await play({ flag: 'banner', at: '2027-03-01T12:01:59.999Z' })
    expect(then.body).toMatchObject({ version: newest - 1, newest: false, publishedAt: '2027-03-01T12:01:00.000Z', results: [{ value: false, reason: 'STATIC' }] })
    expect((await play({ flag: 'banner', version: newest - 1 })).body).toEqual(then.body)
    expect((await play({ flag: 'banner', at: '2027-03-01T12:02:00.000Z' })).body.version).toBe(newest)
    expect((await play({ flag: 'banner', at: '2027-03-01T14:01:59.999+02:00' })).body).toEqual(then.body)
    expect((await play({ flag: 'banner', at: '2027-03-01 14:02' })).error?.details).toEqual([{ path: 'at', message: 'Give a time with its offset, such as 2027-03-31T09:00:00Z or 2027-03-31T11:00:00+02:00.' }])
    expect((await play({ at: '2027-03-01T12:00:30.000Z' })).body.results).toEqual([])
  })

  test('what was not there is named', async () => {
    const newest = (await play({})).body.version
    expect((await play({ version: newest + 1 })).error).toMatchObject({ code: 'not_found', message: `production has no version ${newest + 1}: its versions go from 1 to ${newest}.` })
    expect((await play({ version: 1e12 })).error?.code).toBe('not_found')
    expect((await play({ at: '2027-02-01T00:00:00.000Z' })).error).toMatchObject({ code: 'not_found', message: 'The first ruleset of production was published at 2027-03-01T12:00:00.000Z: at 2027-02-01T00:00:00.000Z there was none.' })
    expect((await play({ flag: 'nowhere' })).error).toMatchObject({ code: 'not_found', message: `There was no flag nowhere in production, version ${newest}.` })
    expect((await play({ flag: 'banner', at: '2027-03-01T12:00:30.000Z' })).error?.code).toBe('not_found')
    expect((await play({ at: '2027-03-01T12:00:30.000Z', version: 1 })).error?.code).toBe('invalid_request')
    expect((await server.admin(routes.evaluateInPlayground, { params: { ...params, environment: 'moon' }, body: { context: {} } })).error?.code).toBe('not_found')
  })

  test('every ruleset that was served is listed, newest first, page by page', async () => {
    const list = async (query: { before?: number; limit?: number }) => (await server.admin(routes.listRulesets, { params: at, query })).body
    const all = await list({})
    expect(all.nextBefore).toBeNull()
    expect(all.rulesets.map(({ createdAt }) => createdAt)).toEqual(['2027-03-01T12:02:00.000Z', '2027-03-01T12:01:00.000Z', '2027-03-01T12:00:00.000Z'])
    const first = await list({ limit: 2 })
    expect(first.rulesets).toEqual(all.rulesets.slice(0, 2))
    expect(await list({ before: first.nextBefore ?? 0 })).toEqual({ rulesets: all.rulesets.slice(2), nextBefore: null })
  })
})
