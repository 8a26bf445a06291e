import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { flagSortKeys, flagViewKeys } from '../contract/flag-views.ts'
import type { RouteQueryInput } from '../contract/route.ts'
import { routes } from '../contract/routes.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { createFlagList } from './flag-list.service.ts'

const params = { project: 'shop' }
const NOW = new Date('2026-11-25T12:00:00Z')
type Query = RouteQueryInput<typeof routes.listFlags>

describe.each(['pglite', 'postgres'] as const)('lists of flags on %s', (database) => {
  let server: TestServer
  let projectId: string

  beforeAll(async () => {
    server = await startTestServer({ database, now: () => NOW })
    projectId = (await server.db.project.findUniqueOrThrow({ where: { key: 'shop' } })).id
    const environments = await server.db.environment.findMany({ where: { projectId } })
    const stored = await server.db.flag.createManyAndReturn({
      data: Array.from({ length: 33 }, (_, n) => ({
        projectId, key: `flag-${n}`, name: `Flag ${n} ${['Basket', 'Search'][n % 2]}`, kind: n % 3 === 0 ? 'operational' : 'release', type: 'boolean', owner: n % 4 === 0 ? null : n % 4 === 1 ? 'Ada Admin' : 'Bo', tags: n % 5 === 0 ? ['team:payments'] : ['web'],
        expectedRemoval: n % 7 === 0 ? new Date('2026-01-01') : null, archivedAt: n === 32 ? NOW : null, createdAt: NOW, changedAt: new Date(NOW.getTime() - Math.floor(n / 3) * 1_000), changedBy: 'Bo',
      })),
    })
    await server.db.variant.createMany({ data: stored.flatMap(({ id }) => [{ flagId: id, key: 'off', value: false, position: 0 }, { flagId: id, key: 'on', name: 'On', value: true, position: 1 }]) })
    await server.db.flagEnvironment.createMany({ data: stored.flatMap(({ id }, n) => environments.map((environment) => ({ flagId: id, environmentId: environment.id, enabled: environment.production && n % 2 === 0, offVariant: 'off', fallthrough: { variant: 'on' }, changedBy: 'Bo' }))) })
  })
  afterAll(() => server.close())

  async function page(query: Query = {}) {
    const answer = await server.admin(routes.listFlags, { params, query })
    expect(answer.error).toBeNull()
    return answer.body
  }
  const keys = async (query: Query) => (await page(query)).flags.map(({ key }) => key)
  /** The rest of a list, page by page. */
  async function rest(query: Query, cursor: string | null): Promise<string[]> {
    if (cursor === null) return []
    const next = await page({ ...query, cursor })
    return [...next.flags.map(({ key }) => key), ...(await rest(query, next.nextCursor))]
  }
  const create = async (key: string, name: string) => {
    expect((await server.admin(routes.createFlag, { params, body: { key, name, kind: 'release', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })).error).toBeNull()
  }
  const remove = async (key: string) => {
    const { revision } = (await server.admin(routes.getFlag, { params: { ...params, flag: key } })).body
    expect((await server.admin(routes.archiveFlag, { params: { ...params, flag: key }, body: { basedOn: revision } })).error).toBeNull()
    expect((await server.admin(routes.deleteFlag, { params: { ...params, flag: key } })).error).toBeNull()
  }

  test.each(flagSortKeys.flatMap((sort) => [[sort, 'asc'], [sort, 'desc']] as const))('the pages by %s, %s, have every flag once, as one page has them', async (sort, order) => {
    const whole = await page({ sort, order, limit: 200 })
    expect([whole.flags.length, whole.matching, whole.inView, whole.nextCursor]).toEqual([32, 32, 32, null])
    const first = await page({ sort, order, limit: 7 })
    expect([...first.flags.map(({ key }) => key), ...(await rest({ sort, order, limit: 7 }, first.nextCursor))]).toEqual(whole.flags.map(({ key }) => key))
  })

  test('numbers in names are counted, and the newest change comes first unless told', async () => {
    expect((await keys({ sort: 'flag' })).slice(0, 4)).toEqual(['flag-0', 'flag-1', 'flag-2', 'flag-3'])
    expect((await keys({ sort: 'owner', order: 'desc' })).slice(0, 2)).toEqual(['flag-10', 'flag-11'])
    expect(await keys({ limit: 4 })).toEqual(['flag-0', 'flag-1', 'flag-2', 'flag-3'])
    expect((await keys({ sort: 'production' })).slice(0, 2)).toEqual(['flag-1', 'flag-11'])
  })

  test('what comes, goes or changes between two pages makes no flag come twice, nor leaves one out', async () => {
    const query: Query = { sort: 'flag', limit: 10 }
    const first = await page(query)
    await create('before', 'Aaa')
    await create('behind', 'Zzz')
    const all = [...first.flags.map(({ key }) => key), ...(await rest(query, first.nextCursor))]
    expect(all.slice(0, -1)).toEqual(Array.from({ length: 32 }, (_, n) => `flag-${n}`))
    expect(all.at(-1)).toBe('behind')

    const byChange = await page({ limit: 10 })
    await remove('before')
    const { revision } = (await server.admin(routes.getFlag, { params: { ...params, flag: 'flag-30' } })).body
    await server.admin(routes.updateFlag, { params: { ...params, flag: 'flag-30' }, body: { basedOn: revision, description: 'Moves to the top.' } })
    const seen = [...byChange.flags.map(({ key }) => key), ...(await rest({ limit: 10 }, byChange.nextCursor))]
    expect(new Set(seen).size).toBe(seen.length)
    for (let n = 0; n < 30; n++) expect(seen).toContain(`flag-${n}`)
    await remove('behind')
  })

  test('every word of a search is somewhere in name, key, owner or tags, and is taken literally', async () => {
    expect(await keys({ q: 'BASKET flag-12' })).toEqual(['flag-12'])
    expect(await keys({ q: 'payments ada' })).toEqual(['flag-5', 'flag-25'])
    for (const q of ['flag_1', 'f%g', 'nothing']) expect(await keys({ q })).toEqual([])
    expect(await page({ q: 'payments', limit: 1 })).toMatchObject({ matching: 7, inView: 32 })
    expect(await keys({ kind: 'operational', tag: 'team:payments', owner: 'nobody' })).toEqual(['flag-0'])
    expect((await keys({ state: 'new', limit: 200 })).length).toBe(32)
    expect(await keys({ state: 'stale' })).toEqual([])
  })

  test('each view holds as many as it counts, for whoever looks', async () => {
    const counted = (await server.admin(routes.countFlags, { params })).body
    expect(counted).toMatchObject({ views: { all: 32, mine: 8, live: 16, review: 0, archived: 1 }, tags: ['team:payments', 'web'], owners: ['Ada Admin', 'Bo'], usageKnown: true })
    for (const view of flagViewKeys) expect(await page({ view, limit: 1 }), view).toMatchObject({ matching: counted.views[view] })
    const viewer = await server.as('viewer')
    expect((await viewer(routes.countFlags, { params })).body.views.mine).toBe(0)
  })

  test('names are of all flags that match, or of those asked for', async () => {
    const names = async (query: RouteQueryInput<typeof routes.listFlagNames>) => (await server.admin(routes.listFlagNames, { params, query })).body.flags
    expect((await names({ view: 'archived' })).map(({ key }) => key)).toEqual(['flag-32'])
    expect(await names({ flags: 'flag-7,no-such,flag-32' })).toEqual([{ key: 'flag-7', name: 'Flag 7 Search', type: 'boolean', variants: [{ key: 'off' }, { key: 'on', name: 'On' }], openChanges: 0, running: null }])
    expect((await names({ q: 'payments' })).length).toBe((await page({ q: 'payments' })).matching)
  })

  test('usage is of the flags asked for', async () => {
    const usage = (await server.admin(routes.listUsage, { params, query: { flags: 'flag-3,flag-1,no-such' } })).body.flags
    expect(usage.map(({ flag, lifecycle }) => [flag, lifecycle.state])).toEqual([['flag-1', 'new'], ['flag-3', 'new']])
  })

  test('whatever is saved is in the next list, also in the lists of another process', async () => {
    const other = createFlagList(server.deps)
    const there = async (q: string) => (await other.page({ projectId, me: 'Ada Admin', filter: { q }, order: {}, cursor: undefined, limit: 10 })).flags.map(({ name, openChanges }) => [name, openChanges])
    const here = async (q: string) => (await page({ q })).flags.map(({ name, openChanges }) => [name, openChanges])
    for (const list of [here, there]) expect(await list('fresh')).toEqual([])
    await create('fresh', 'Fresh')
    for (const list of [here, there]) expect(await list('fresh')).toEqual([['Fresh', 0]])
    await server.admin(routes.updateFlag, { params: { ...params, flag: 'fresh' }, body: { basedOn: 1, name: 'Fresh air' } })
    for (const list of [here, there]) expect(await list('fresh')).toEqual([['Fresh air', 0]])
    const state = (await server.admin(routes.getFlag, { params: { ...params, flag: 'fresh' } })).body.environments.find(({ environment }) => environment === 'production')
    if (!state) throw new Error('It is in production.')
    expect((await server.admin(routes.proposeChange, { params: { ...params, flag: 'fresh', environment: 'production' }, body: { basedOn: state.revision, targeting: { ...state.targeting, enabled: true }, reason: 'It is time.' } })).error).toBeNull()
    for (const list of [here, there]) expect(await list('fresh')).toEqual([['Fresh air', 1]])
    expect((await server.admin(routes.countFlags, { params })).body.views.review).toBe(1)
    await remove('fresh')
    for (const list of [here, there]) expect(await list('fresh')).toEqual([])
  })

  test.each<[string, Record<string, string>]>([
    ['limit', { limit: '0' }], ['limit', { limit: '201' }], ['limit', { limit: '1.5' }], ['sort', { sort: 'tags' }], ['order', { order: 'up' }], ['state', { state: 'gone' }], ['view', { view: 'gone' }],
    ['cursor', { cursor: 'nonsense' }], ['cursor', { cursor: Buffer.from('["flag","asc"]').toString('base64url') }], ['cursor', { cursor: Buffer.from('["owner","asc","Bo","flag-1"]').toString('base64url'), sort: 'flag' }],
  ])('a wrong %s is refused by name: %j', async (path, query) => {
    const response = await server.admin.fetch(`/api/v1/projects/shop/flags?${new URLSearchParams(query).toString()}`)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_request', details: [{ path }] } })
  })

  test('usage of what is no list of keys is refused', async () => {
    const response = await server.admin.fetch('/api/v1/projects/shop/flag-usage?flags=a%20b')
    expect([response.status, ((await response.json()) as { error: { details: unknown } }).error.details]).toEqual([400, [{ path: 'flags', message: 'Name flags by their keys, with commas between them.' }]])
  })
})
