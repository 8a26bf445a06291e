import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FlagDetail, Targeting, TargetingRule } from '../contract/flags.ts'
import { routes } from '../contract/routes.ts'
import { connectSdk } from '../testing/connected-sdk.ts'
import { completeDraft, completeSetup } from '../testing/drafts.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

describe.each(['pglite', 'postgres'] as const)('the life of a flag on %s', (database) => {
  let server: TestServer
  let serverKey: string
  const params = { project: 'shop' }

  beforeAll(async () => {
    server = await startTestServer({ database })
    serverKey = await server.key('server', 'production')
    for (const [key, direction] of [['orders', 'increase'], ['refunds', 'decrease'], ['revenue', 'increase']] as const) {
      await server.admin(routes.createMetric, { params, body: { key, name: key, description: '', type: key === 'revenue' ? 'mean' : 'conversion', event: key, direction, unitLabel: '', windowHours: null } })
    }
  })
  afterAll(() => server.close())

  const at = (flag: string, environment = 'production') => ({ ...params, flag, environment })
  const of = (flag: string) => ({ ...params, flag })
  async function create(key: string, more: { kind?: 'release' | 'experiment'; tags?: string[]; expectedRemoval?: string } = {}): Promise<FlagDetail> {
    const created = await server.admin(routes.createFlag, { params, body: { key, name: `Flag ${key}`, kind: 'release', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }], ...more } })
    expect(created.error).toBeNull()
    return created.body
  }
  const get = async (key: string) => (await server.admin(routes.getFlag, { params: of(key) })).body
  async function stateOf(key: string, environment = 'production') {
    const state = (await get(key)).environments.find((item) => item.environment === environment)
    if (!state) throw new Error(`${key} is not in ${environment}`)
    return state
  }
  async function save(key: string, change: Partial<Targeting>, environment = 'production'): Promise<number> {
    const state = await stateOf(key, environment)
    const saved = await server.admin(routes.saveTargeting, { params: at(key, environment), body: { basedOn: state.revision, targeting: { ...state.targeting, ...change } } })
    expect(saved.error).toBeNull()
    return saved.body.revision
  }
  async function archive(key: string) {
    return server.admin(routes.archiveFlag, { params: of(key), body: { basedOn: (await get(key)).revision, reason: 'Gone from the code.' } })
  }
  async function served(key: string) {
    const response = await fetch(new URL('/sdk/v1/ruleset', server.url), { headers: { authorization: `Bearer ${serverKey}` } })
    return ((await response.json()) as { flags: { key: string; rules: unknown[] }[] }).flags.find((flag) => flag.key === key)
  }
  async function list(query: { q?: string; view?: 'archived' } = {}): Promise<string[]> {
    return (await server.admin(routes.listFlags, { params, query })).body.flags.map((flag) => flag.key)
  }
  const audit = async (key: string) => (await server.admin(routes.listAudit, { params, query: { kind: 'flag', key } })).body.entries
  const staff: TargetingRule = { id: 'staff', name: 'Staff', when: { attribute: 'staff', op: 'exists' }, serve: { variant: 'on' } }
  const part: TargetingRule = { id: 'part', name: '', serve: { unit: 'user', salt: 'part-1', hash: 'murmur3', arms: [{ variant: 'off', weight: 50_000 }, { variant: 'on', weight: 50_000 }], coverage: 20_000 } }

  async function startExperiment(flag: string): Promise<string> {
    const hypothesis = await server.admin(routes.createHypothesis, { params, body: completeDraft() })
    const draft = await server.admin(routes.createExperiment, { params, body: { hypothesis: hypothesis.body.key, setup: { ...completeSetup(), flag } } })
    await connectSdk(server)
    const started = await server.admin(routes.startExperiment, { params: { ...params, experiment: draft.body.key }, body: { basedOn: draft.body.revision, sealing: draft.body.sealing, reason: 'A test needs it.' } })
    expect(started.error).toBeNull()
    return draft.body.key
  }

  test('tags, owner, kind and the day of removal are kept, and found by search', async () => {
    const flag = await create('tagged', { tags: ['team: checkout', 'q3', 'q3'], expectedRemoval: '2027-03-31' })
    expect(flag).toMatchObject({ tags: ['team: checkout', 'q3'], expectedRemoval: '2027-03-31', archivedAt: null, owner: 'Ada Admin' })
    const changed = await server.admin(routes.updateFlag, { params: of('tagged'), body: { basedOn: 1, kind: 'operational', owner: 'Payments', tags: ['payments'], expectedRemoval: null } })
    expect(changed.body).toMatchObject({ kind: 'operational', owner: 'Payments', tags: ['payments'], expectedRemoval: null, revision: 2 })
    expect((await audit('tagged'))[0]).toMatchObject({ action: 'flag.changed', before: { tags: ['team: checkout', 'q3'], expectedRemoval: '2027-03-31' }, after: { tags: ['payments'], owner: 'Payments' } })
    for (const q of ['PAYMENT', 'Flag tagged', 'agge']) expect(await list({ q })).toEqual(['tagged'])
    for (const q of ['q3', 'pay_ents', 'pay%ents']) expect(await list({ q })).toEqual([])
    const wrong = await server.admin(routes.updateFlag, { params: of('tagged'), body: { basedOn: 2, tags: ['Not A Tag'] } })
    expect(wrong.error?.code).toBe('invalid_request')
  })

  test('an archived flag leaves every ruleset, refuses edits, and comes back off', async () => {
    await create('banner')
    await save('banner', { enabled: true, rules: [staff] })
    expect(await served('banner')).toBeDefined()
    const archived = await archive('banner')
    expect(archived.body.archivedAt).not.toBeNull()
    expect(archived.body.environments.map(({ targeting }) => targeting.enabled)).toEqual([false, false, false])
    expect(await served('banner')).toBeUndefined()
    expect(await list()).not.toContain('banner')
    expect(await list({ view: 'archived' })).toContain('banner')
    expect((await audit('banner')).slice(0, 2)).toMatchObject([{ action: 'flag.archived', environment: null, reason: 'Gone from the code.' }, { action: 'flag.turned_off', environment: 'production', before: { enabled: true }, after: { enabled: false } }])

    const { revision } = await stateOf('banner')
    const refused = [
      await server.admin(routes.updateFlag, { params: of('banner'), body: { basedOn: archived.body.revision, name: 'Mine' } }),
      await server.admin(routes.saveTargeting, { params: at('banner'), body: { basedOn: revision, targeting: (await stateOf('banner')).targeting } }),
      await server.admin(routes.turnOn, { params: at('banner'), body: { basedOn: revision } }),
      await server.admin(routes.turnOff, { params: at('banner'), body: {} }),
      await server.admin(routes.promoteTargeting, { params: at('banner'), body: { from: 'staging', basedOn: revision } }),
      await server.admin(routes.restoreTargeting, { params: at('banner'), body: { revision: 1, basedOn: revision } }),
      await archive('banner'),
    ]
    expect(refused.map(({ error }) => [error?.code, error?.message])).toEqual(refused.map(() => ['wrong_state', 'banner is archived: bring it back before you change it.']))
    expect((await server.admin(routes.createFlag, { params, body: { key: 'banner', name: 'Again', kind: 'release', type: 'boolean', variants: [{ key: 'on', value: true }] } })).error).toMatchObject({ code: 'already_exists', message: 'An archived flag has the key banner: bring it back, or choose another key.' })

    const back = await server.admin(routes.unarchiveFlag, { params: of('banner'), body: {} })
    expect(back.body).toMatchObject({ archivedAt: null })
    expect(await stateOf('banner')).toMatchObject({ targeting: { enabled: false, rules: [staff] } })
    expect(await served('banner')).toMatchObject({ enabled: false })
    expect((await server.admin(routes.unarchiveFlag, { params: of('banner'), body: {} })).error?.message).toBe('banner is not archived.')
  })

  test('a flag that others need, or an experiment runs on, is not archived', async () => {
    await create('payment')
    await create('express')
    await save('express', { prerequisites: [{ flag: 'payment', variants: ['on'] }] }, 'staging')
    expect((await archive('payment')).error).toMatchObject({ code: 'wrong_state', message: 'payment cannot be archived: express needs it in staging.' })

    // Both archived: the one that needs the other comes back after it, and the other is kept for it.
    expect((await archive('express')).error).toBeNull()
    expect((await archive('payment')).error).toBeNull()
    expect((await server.admin(routes.unarchiveFlag, { params: of('express'), body: {} })).error?.message).toBe('express needs payment, which is archived: bring it back first.')
    expect((await server.admin(routes.deleteFlag, { params: of('payment') })).error?.message).toBe('payment cannot be deleted: the archived express would need it to come back.')
    expect((await server.admin(routes.unarchiveFlag, { params: of('payment'), body: {} })).status).toBe(200)
    expect((await server.admin(routes.unarchiveFlag, { params: of('express'), body: {} })).status).toBe(200)

    await create('busy', { kind: 'experiment' })
    await save('busy', { enabled: true })
    const experiment = await startExperiment('busy')
    expect((await archive('busy')).error).toMatchObject({ code: 'wrong_state', message: `${experiment} is running on busy: stop or decide it before the flag is archived.` })
    expect((await server.admin(routes.stopExperiment, { params: { ...params, experiment }, body: { reason: 'Enough.' } })).status).toBe(200)
    expect((await archive('busy')).error).toBeNull()
    expect((await server.admin(routes.deleteFlag, { params: of('busy') })).error).toMatchObject({ code: 'wrong_state', message: `busy stays in the archive: ${experiment} ran on it, and its result would go with the flag.` })
  })

  test('a copy of a flag whose fallthrough takes a part of a layer serves one variant instead', async () => {
    await server.admin(routes.createLayer, { params, body: { key: 'home', name: 'Home', unit: 'user' } })
    await create('layered')
    const fallthrough = { ...part.serve, layer: { key: 'home', from: 0, to: 50_000 } }
    await save('layered', { enabled: true, offVariant: null, fallthrough })
    const copy = await server.admin(routes.cloneFlag, { params: of('layered'), body: { key: 'unlayered', name: 'A copy' } })
    expect(copy.error).toBeNull()
    expect(copy.body.environments.find(({ environment }) => environment === 'production')?.targeting).toMatchObject({ enabled: false, fallthrough: { variant: 'on' } })
    expect((await stateOf('layered')).targeting.fallthrough).toEqual(fallthrough)
  })

  test('the key of a deleted flag is never used again', async () => {
    await create('retired')
    expect((await server.admin(routes.deleteFlag, { params: of('retired') })).error?.message).toBe('retired is not archived: archive it before you delete it.')
    await archive('retired')
    expect((await server.admin(routes.deleteFlag, { params: of('retired') })).status).toBe(204)
    expect((await server.admin(routes.getFlag, { params: of('retired') })).status).toBe(404)
    expect((await audit('retired'))[0]).toMatchObject({ action: 'flag.deleted', before: { name: 'Flag retired' } })
    await create('source')
    const refused = [
      await server.admin(routes.createFlag, { params, body: { key: 'retired', name: 'Again', kind: 'release', type: 'boolean', variants: [{ key: 'on', value: true }] } }),
      await server.admin(routes.cloneFlag, { params: of('source'), body: { key: 'retired', name: 'Again' } }),
    ]
    for (const { status, error } of refused) {
      expect([status, error?.code]).toEqual([409, 'key_retired'])
      expect(error?.message).toMatch(/^The key retired belonged to a flag that was deleted on \d{4}-\d{2}-\d{2}, and code may still ask for it: choose another key\.$/)
    }
  })

  test('a copy has variants and targeting with the same salts, off, and without the experiment', async () => {
    await create('original', { kind: 'experiment', tags: ['q3'], expectedRemoval: '2027-01-01' })
    await save('original', { enabled: true, rules: [staff, part] })
    await startExperiment('original')
    const copy = await server.admin(routes.cloneFlag, { params: of('original'), body: { key: 'copy', name: 'A copy' } })
    expect(copy.status).toBe(201)
    expect(copy.body).toMatchObject({ name: 'A copy', kind: 'experiment', tags: ['q3'], expectedRemoval: null, revision: 1, variants: [{ key: 'off' }, { key: 'on' }], experiments: [] })
    expect(await stateOf('copy')).toMatchObject({ revision: 1, targeting: { enabled: false, rules: [staff, part] } })
    expect((await server.admin(routes.cloneFlag, { params: of('original'), body: { key: 'copy', name: 'A copy' } })).error?.code).toBe('already_exists')

    // What the copy began with is a revision like any other.
    await save('copy', { rules: [] })
    const restored = await server.admin(routes.restoreTargeting, { params: at('copy'), body: { revision: 1, basedOn: 2 } })
    expect(restored.body.targeting.rules).toEqual([staff, part])
  })

  test('any revision of an environment comes back', async () => {
    await create('history')
    const second = await save('history', { enabled: true, rules: [staff] })
    await save('history', { rules: [part], fallthrough: { variant: 'off' } })
    const restore = async (revision: number, environment = 'production') => server.admin(routes.restoreTargeting, { params: at('history', environment), body: { revision, basedOn: (await stateOf('history', environment)).revision, reason: 'It was better.' } })
    const restored = await restore(second)
    expect(restored.body).toMatchObject({ revision: 4, targeting: { enabled: true, rules: [staff], fallthrough: { variant: 'on' } } })
    expect((await audit('history'))[0]).toMatchObject({ action: 'flag.targeting_restored', environment: 'production', revision: 4, reason: 'It was better.', after: { rules: [staff] } })
    expect(await served('history')).toMatchObject({ rules: [{ id: 'staff' }] })
    expect((await restore(1)).body.targeting).toMatchObject({ enabled: false, rules: [] })
    expect((await restore(99)).error).toMatchObject({ code: 'not_found', message: 'history has no revision 99 in production: its newest are 2, 3, 4, 5.' })
    expect((await restore(1, 'staging')).error).toMatchObject({ code: 'not_found', message: 'history has no revision 1 in staging: nothing was changed there yet.' })
    const conflict = await server.admin(routes.restoreTargeting, { params: at('history'), body: { revision: 1, basedOn: 3 } })
    expect(conflict.error?.code).toBe('revision_conflict')
  })

  test('a restored revision leaves a running experiment as it is, and starts none again', async () => {
    await create('measured', { kind: 'experiment' })
    const before = await save('measured', { enabled: true, rules: [staff] })
    const experiment = await startExperiment('measured')
    const during = await stateOf('measured')
    const rule = during.targeting.rules.find(({ id }) => id === `experiment-${experiment.toLowerCase()}`)
    expect((await audit('measured'))[0]).toMatchObject({ action: 'flag.targeting_changed', environment: 'production', revision: during.revision, after: { rules: [staff, rule] } })
    await save('measured', { rules: [part, ...during.targeting.rules] })
    const restore = async (revision: number) => server.admin(routes.restoreTargeting, { params: at('measured'), body: { revision, basedOn: (await stateOf('measured')).revision, confirmMoves: true } })
    expect((await restore(before)).body.targeting.rules).toEqual([staff, rule])
    await server.admin(routes.stopExperiment, { params: { ...params, experiment }, body: { reason: 'Enough.' } })
    const settled = (await stateOf('measured')).targeting.rules.at(-1)
    expect(settled).toMatchObject({ id: rule?.id, serve: { variant: 'off' } })
    expect((await restore(during.revision)).body.targeting.rules).toEqual([staff, settled])
  })

  test('a definition of an earlier revision comes back whole', async () => {
    const first = await create('renamed', { tags: ['old'] })
    const changed = await server.admin(routes.updateFlag, { params: of('renamed'), body: { basedOn: 1, name: 'New', description: 'Changed.', owner: null, tags: [], variants: [...first.variants, { key: 'half', value: true }] } })
    const restored = await server.admin(routes.restoreDefinition, { params: of('renamed'), body: { revision: 1, basedOn: changed.body.revision } })
    const { environments: _environments, revision, ...definition } = restored.body
    expect(revision).toBe(3)
    expect(first).toMatchObject(definition)
    expect((await audit('renamed'))[0]).toMatchObject({ action: 'flag.restored', before: { name: 'New' }, after: { name: 'Flag renamed', tags: ['old'] } })
    const unknown = await server.admin(routes.restoreDefinition, { params: of('renamed'), body: { revision: 9, basedOn: 3 } })
    expect(unknown.error).toMatchObject({ code: 'not_found', message: 'The audit log has no definition of renamed at revision 9.' })
  })

  test('what staging does is promoted and compared', async () => {
    await create('promoted')
    await save('promoted', { enabled: true, rules: [staff, part] }, 'staging')
    const compare = async () => (await server.admin(routes.compareEnvironments, { params, query: { from: 'staging', to: 'production' } })).body.flags
    expect((await compare()).find(({ flag }) => flag === 'promoted')).toMatchObject({ same: false, from: { enabled: true }, to: { enabled: false } })
    const promoted = await server.admin(routes.promoteTargeting, { params: at('promoted'), body: { from: 'staging', basedOn: 1, reason: 'Tried.' } })
    expect(promoted.body.targeting).toEqual((await stateOf('promoted', 'staging')).targeting)
    expect((await audit('promoted'))[0]).toMatchObject({ action: 'flag.promoted', environment: 'production', reason: 'Tried.' })
    expect((await compare()).find(({ flag }) => flag === 'promoted')).toMatchObject({ same: true })
    expect((await compare()).map(({ flag }) => flag)).not.toContain('busy')
    expect((await server.admin(routes.promoteTargeting, { params: at('promoted'), body: { from: 'production', basedOn: 3 } })).error?.code).toBe('invalid_request')
    expect((await server.admin(routes.promoteTargeting, { params: at('promoted'), body: { from: 'moon', basedOn: 3 } })).error?.message).toBe('This project has no environment moon.')
    expect((await server.admin(routes.compareEnvironments, { params, query: { from: 'staging', to: 'moon' } })).error?.message).toBe('This project has no environment moon.')
  })
})
