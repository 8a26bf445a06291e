import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Targeting } from '../contract/flags.ts'
import type { RouteQueryInput } from '../contract/route.ts'
import { routes } from '../contract/routes.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const MINUTE_MS = 60_000
const off: Targeting = { enabled: false, offVariant: 'off', prerequisites: [], rules: [], fallthrough: { variant: 'on' } }
const everybody: Targeting = { ...off, enabled: true }
const share = (percent: number): Targeting => ({ ...everybody, fallthrough: { unit: 'user', salt: 'banner', hash: 'murmur3', coverage: percent * 1000, arms: [{ variant: 'on', weight: 100_000 }] } })
const variants = [{ key: 'off', value: false }, { key: 'on', value: true }]

describe.each(['pglite', 'postgres'] as const)('delivery on %s', (database) => {
  let server: TestServer
  const params = { project: 'shop' }
  // Wednesday.
  let clock = new Date('2027-03-31T12:30:00Z')

  beforeAll(async () => { server = await startTestServer({ database, now: () => clock }) })
  afterAll(() => server.close())

  const delivery = async (query: RouteQueryInput<typeof routes.getDelivery> = {}) => (await server.admin(routes.getDelivery, { params, query })).body
  const wait = async (minutes: number) => {
    clock = new Date(clock.getTime() + minutes * MINUTE_MS)
    expect((await server.admin(routes.refreshSession)).error).toBeNull()
  }

  async function create(key: string): Promise<void> {
    expect((await server.admin(routes.createFlag, { params, body: { key, name: key, description: '', kind: 'release', type: 'boolean', clientVisible: false, variants } })).status).toBe(201)
  }
  async function save(flag: string, targeting: Targeting, environment = 'production'): Promise<void> {
    const { body } = await server.admin(routes.getFlag, { params: { ...params, flag } })
    const basedOn = body.environments.find((state) => state.environment === environment)?.revision ?? 0
    expect(await server.admin(routes.saveTargeting, { params: { ...params, flag, environment }, body: { targeting, basedOn, reason: 'As planned.' } })).toMatchObject({ status: 200 })
  }

  test('a project in which nothing was changed says so', async () => {
    expect(await delivery()).toEqual({
      from: '2026-12-31T12:30:00.000Z', to: '2027-03-31T12:30:00.000Z', zone: 'UTC', environments: ['production'], complete: true, firstChangeAt: null,
      changes: { total: 0, previous: 0, live: 0, takenBack: 0, days: [], hours: [] },
      rollbacks: { total: 0, turnedOff: 0, restoreMs: null, list: [] },
      fullExposure: { total: 0, atOnce: 0, ms: null, list: [] },
      turnedOff: 0,
    })
  })

  test('a flag that climbs is timed to everybody; one that is turned off, or put back, is timed to that', async () => {
    for (const key of ['climbs', 'falls', 'returns']) await create(key)
    await save('climbs', share(10), 'development')
    await save('climbs', share(10))
    await save('falls', share(50))
    await save('returns', share(10))
    await wait(8)
    expect((await server.admin(routes.turnOff, { params: { ...params, flag: 'falls', environment: 'production' }, body: {} })).status).toBe(200)
    await save('returns', share(20))
    await wait(12)
    await save('returns', share(10))
    await wait(15)
    await save('climbs', share(50))
    await wait(20)
    await save('climbs', everybody)
    await wait(1)

    const body = await delivery()
    const { entries } = (await server.admin(routes.listAudit, { params, query: { kind: 'flag', environment: 'production' } })).body
    const entryOf = (key: string, nth: number) => entries.filter(({ entity }) => entity.key === key).at(nth)?.seq
    expect(body).toMatchObject({
      complete: true, firstChangeAt: '2027-03-31T12:30:00.000Z', turnedOff: 1,
      changes: { total: 8, previous: 0, live: 6, takenBack: 2, days: [{ day: '2027-03-31', changes: 8, rollbacks: 2 }], hours: [{ weekday: 3, hour: 12, changes: 6, rollbacks: 2 }, { weekday: 3, hour: 13, changes: 2, rollbacks: 0 }] },
      rollbacks: {
        total: 2, turnedOff: 1, restoreMs: { median: 10 * MINUTE_MS, lower: 9 * MINUTE_MS, upper: 11 * MINUTE_MS },
        list: [
          { flag: 'returns', environment: 'production', how: 'put_back', entry: entryOf('returns', 0), by: 'Ada Admin', ms: 12 * MINUTE_MS, of: { entry: entryOf('returns', 1), by: 'Ada Admin' } },
          { flag: 'falls', how: 'turned_off', entry: entryOf('falls', 0), at: '2027-03-31T12:38:00.000Z', ms: 8 * MINUTE_MS, of: { at: '2027-03-31T12:30:00.000Z' } },
        ],
      },
      fullExposure: { total: 1, atOnce: 0, ms: { median: 55 * MINUTE_MS }, list: [{ flag: 'climbs', entry: entryOf('climbs', 0), from: '2027-03-31T12:30:00.000Z', ms: 55 * MINUTE_MS }] },
    })
  })

  test('days and hours are those of a time zone, and a zone that is none is refused', async () => {
    expect((await delivery({ zone: 'Pacific/Auckland' })).changes).toMatchObject({ days: [{ day: '2027-04-01', changes: 8 }], hours: [{ weekday: 4, hour: 1 }, { weekday: 4, hour: 2 }] })
    expect(await server.admin(routes.getDelivery, { params, query: { zone: 'Europe/Atlantis' } })).toMatchObject({ status: 400, body: { error: { code: 'invalid_request', message: 'Europe/Atlantis is no time zone: use a name such as Europe/Berlin.', details: [{ path: 'zone' }] } } })
  })

  test('a period counts what lies in it, and the one before for comparison', async () => {
    expect((await delivery({ from: '2027-03-31T13:00:00Z', to: '2027-03-31T13:10:00Z' })).changes).toMatchObject({ total: 1, previous: 1 })
    expect(await delivery({ to: '2027-03-31T12:35:00Z' })).toMatchObject({ changes: { total: 3, takenBack: 1 }, rollbacks: { total: 0 }, fullExposure: { total: 0 } })
    expect(await server.admin(routes.getDelivery, { params, query: { from: '2020-01-01T00:00:00Z' } })).toMatchObject({ status: 400, body: { error: { message: 'Ask for at most 366 days at once.', details: [{ path: 'from' }] } } })
    expect(await server.admin(routes.getDelivery, { params, query: { from: 'yesterday' } })).toMatchObject({ status: 400, body: { error: { code: 'invalid_request', details: [{ path: 'from' }] } } })
  })

  test('another environment can be asked for, and one that does not exist is not found', async () => {
    expect(await delivery({ environment: 'development' })).toMatchObject({ environments: ['development'], changes: { total: 1 } })
    expect(await server.admin(routes.getDelivery, { params, query: { environment: 'moon' } })).toMatchObject({ status: 404, body: { error: { message: 'This project has no environment moon.' } } })
  })

  test('archiving a flag turns it off, which is no rollback and not the one click', async () => {
    await create('gone')
    await save('gone', everybody)
    const { revision } = (await server.admin(routes.getFlag, { params: { ...params, flag: 'gone' } })).body
    expect((await server.admin(routes.archiveFlag, { params: { ...params, flag: 'gone' }, body: { basedOn: revision } })).status).toBe(200)
    expect(await delivery({ from: clock.toISOString(), to: new Date(clock.getTime() + 1).toISOString() })).toMatchObject({ changes: { total: 2 }, rollbacks: { total: 0 }, fullExposure: { total: 1, atOnce: 1, ms: null }, turnedOff: 0 })
  })

  test('the steps can be thrown away: they are read from the log again', async () => {
    const before = await delivery()
    await server.db.flagStep.deleteMany()
    await server.db.flagStepMark.deleteMany()
    expect(await delivery()).toEqual(before)
  })
})
