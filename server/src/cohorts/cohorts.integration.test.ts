import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Ruleset } from '@assay/sdk/core'
import type { RouteBodyInput } from '../contract/route.ts'
import { routes, type Routes } from '../contract/routes.ts'
import { completeDraft } from '../testing/drafts.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

describe.each(['pglite', 'postgres'] as const)('cohorts on %s', (database) => {
  let server: TestServer
  const params = { project: 'shop' }
  const draft = { name: 'Beta', description: '', unit: 'user', when: null, included: [], excluded: [] }

  beforeAll(async () => { server = await startTestServer({ database }) })
  afterAll(() => server.close())

  async function create(key: string, more: Partial<typeof draft> | { when: { cohort: string } } = {}) {
    const created = await server.admin(routes.createCohort, { params, body: { key, ...draft, ...more } })
    expect(created.status).toBe(201)
    return created.body
  }
  async function wireCohorts() {
    const response = await fetch(new URL('/sdk/v1/ruleset', server.url), { headers: { authorization: `Bearer ${await server.key('server', 'production')}` } })
    return ((await response.json()) as Ruleset).cohorts
  }

  test('a cohort is served, changed on its newest revision only, and its lists hold each unit once', async () => {
    const created = await create('beta', { included: ['u1', 'u2', 'u1'], excluded: ['u3'] } as Partial<typeof draft>)
    expect(created).toMatchObject({ key: 'beta', included: ['u1', 'u2'], excluded: ['u3'], revision: 1, usedBy: [] })
    expect(await wireCohorts()).toContainEqual({ key: 'beta', unit: 'user', included: ['u1', 'u2'], excluded: ['u3'] })
    const when = { attribute: 'plan', op: 'in' as const, values: ['pro'] }
    const saved = await server.admin(routes.saveCohort, { params: { ...params, cohort: 'beta' }, body: { basedOn: 1, ...draft, when, reason: 'By plan.' } })
    expect(saved.body).toMatchObject({ when, included: [], revision: 2 })
    expect(await wireCohorts()).toContainEqual({ key: 'beta', unit: 'user', when })
    const stale = await server.admin(routes.saveCohort, { params: { ...params, cohort: 'beta' }, body: { basedOn: 1, ...draft } })
    expect([stale.status, stale.error?.code]).toEqual([409, 'revision_conflict'])
    expect((await server.admin(routes.createCohort, { params, body: { key: 'beta', ...draft } })).error?.code).toBe('already_exists')
    const { entries } = (await server.admin(routes.listAudit, { params, query: { kind: 'cohort', key: 'beta' } })).body
    expect(entries.map((entry) => [entry.action, entry.reason])).toEqual([['cohort.changed', 'By plan.'], ['cohort.created', null]])
    expect(entries[0]).toMatchObject({ before: { included: ['u1', 'u2'] }, after: { when } })
  })

  test('a cohort tells what uses it and is deleted only when nothing does', async () => {
    await create('staff')
    await create('insiders', { when: { cohort: 'staff' } })
    const flag = await server.admin(routes.createFlag, { params, body: { key: 'banner', name: 'Banner', kind: 'release', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })
    const production = flag.body.environments.find((item) => item.environment === 'production')
    if (!production) throw new Error('no production')
    const targeting = { ...production.targeting, rules: [{ id: 'r', name: '', when: { cohort: 'staff' }, serve: { variant: 'on' } }] }
    const path = { ...params, flag: 'banner', environment: 'production' }
    const saved = await server.admin(routes.saveTargeting, { params: path, body: { basedOn: production.revision, targeting } })
    const hypothesis = await server.admin(routes.createHypothesis, { params, body: { ...completeDraft(), primaryMetric: null, guardrails: [], secondaryMetrics: [], cohort: 'staff' } })
    expect(hypothesis.status).toBe(201)

    const uses = [{ kind: 'flag', key: 'banner', environment: 'production' }, { kind: 'cohort', key: 'insiders' }, { kind: 'hypothesis', key: hypothesis.body.key }]
    expect((await server.admin(routes.getCohort, { params: { ...params, cohort: 'staff' } })).body.usedBy).toEqual(uses)
    expect((await server.admin(routes.listCohorts, { params })).body.cohorts.find((cohort) => cohort.key === 'staff')?.usedBy).toEqual(uses)
    const remove = async (cohort: string) => server.admin(routes.deleteCohort, { params: { ...params, cohort }, query: { basedOn: (await server.admin(routes.getCohort, { params: { ...params, cohort } })).body.revision } })
    const refused = await remove('staff')
    expect([refused.status, refused.error?.code]).toEqual([409, 'wrong_state'])
    expect(refused.error?.message).toContain(`the flag banner in production, the cohort insiders and the hypothesis ${hypothesis.body.key}`)

    await server.admin(routes.saveTargeting, { params: path, body: { basedOn: saved.body.revision, targeting: { ...targeting, rules: [] } } })
    await server.admin(routes.saveHypothesis, { params: { ...params, hypothesis: hypothesis.body.key }, body: { basedOn: hypothesis.body.revision, draft: { ...completeDraft(), primaryMetric: null, guardrails: [], secondaryMetrics: [], cohort: null } } })
    expect((await remove('insiders')).status).toBe(204)
    expect((await remove('staff')).status).toBe(204)
    expect((await wireCohorts()).map((cohort) => cohort.key)).not.toContain('staff')
    expect((await server.admin(routes.getCohort, { params: { ...params, cohort: 'staff' } })).status).toBe(404)
  })

  test('a cohort that somebody changed in between is not deleted unread', async () => {
    const definition = { name: 'Passing', description: '', unit: 'user', when: null, included: ['u1'], excluded: [] }
    await server.admin(routes.createCohort, { params, body: { key: 'passing', ...definition } })
    await server.admin(routes.saveCohort, { params: { ...params, cohort: 'passing' }, body: { basedOn: 1, ...definition, included: ['u1', 'u2'] } })
    const late = await server.admin(routes.deleteCohort, { params: { ...params, cohort: 'passing' }, query: { basedOn: 1 } })
    expect(late).toMatchObject({ status: 409, error: { code: 'revision_conflict', details: { basedOn: 1, currentRevision: 2, current: { included: ['u1', 'u2'] }, changedBy: 'Ada Admin' } } })
    expect((await server.admin(routes.deleteCohort, { params: { ...params, cohort: 'passing' }, query: { basedOn: 2 } })).status).toBe(204)
  })

  test('a cohort that an open change names is kept until the change has ended', async () => {
    await create('proposed')
    const flag = await server.admin(routes.createFlag, { params, body: { key: 'waiting', name: 'Waiting', kind: 'release', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })
    const staging = flag.body.environments.find(({ environment }) => environment === 'staging')
    if (!staging) throw new Error('no staging')
    const change = await server.admin(routes.proposeChange, { params: { ...params, flag: 'waiting', environment: 'staging' }, body: { basedOn: 1, targeting: { ...staging.targeting, rules: [{ id: 'r', name: '', when: { cohort: 'proposed' }, serve: { variant: 'on' } }] }, reason: 'It is time.' } })
    const remove = () => server.admin(routes.deleteCohort, { params: { ...params, cohort: 'proposed' }, query: { basedOn: 1 } })
    expect(await remove()).toMatchObject({ status: 409, error: { code: 'wrong_state', message: `The cohort Beta cannot be deleted: it is used by the change ${change.body.key} in staging.`, details: [{ kind: 'change', key: change.body.key, environment: 'staging' }] } })
    expect((await server.admin(routes.withdrawChange, { params: { ...params, change: change.body.key }, body: {} })).status).toBe(200)
    expect((await remove()).status).toBe(204)
  })

  test('cohorts contain each other only without a circle, and only what exists', async () => {
    await create('inner')
    await create('outer', { when: { cohort: 'inner' } })
    const circle = await server.admin(routes.saveCohort, { params: { ...params, cohort: 'inner' }, body: { basedOn: 1, ...draft, when: { not: { cohort: 'outer' } } } })
    expect([circle.status, circle.error?.code]).toEqual([400, 'invalid_ruleset'])
    expect(circle.error?.message).toContain('inner contains outer contains inner')
    const unknown = await server.admin(routes.createCohort, { params, body: { key: 'lost', ...draft, when: { cohort: 'gone' } } })
    expect(unknown.error?.message).toContain('refers to the cohort gone, which does not exist')
    const unit = await server.admin(routes.createCohort, { params, body: { key: 'lost', ...draft, unit: 'planet' } })
    expect(unit.error?.details).toEqual([{ path: 'cohorts.lost.unit', message: 'The cohort lost lists units of planet, which is not a unit type of this project.' }])
    expect((await server.admin(routes.getCohort, { params: { ...params, cohort: 'lost' } })).status).toBe(404)
  })

  test('the size of an edit is counted over whom services met lately, and nothing is saved', async () => {
    const size = async (more: Partial<RouteBodyInput<Routes['previewCohort']>> = {}) => server.admin(routes.previewCohort, { params, body: { environment: 'production', unit: 'user', when: null, included: [], excluded: [], ...more } })
    expect((await size({ included: ['u1'] })).body).toEqual({ basis: { units: 0, since: null, until: null }, inside: 0, unknown: 0, share: 0, examples: [] })

    const met = new Date().toISOString()
    const people = { u1: { country: 'DE' }, u2: { country: 'FR' }, u3: { plan: 'pro' }, u4: { country: 'DE' } }
    const items = Object.entries(people).map(([user, attributes]) => ({ kind: 'context', id: randomUUID(), at: met, units: { user }, attributes }))
    const sent = await fetch(new URL('/sdk/v1/events', server.url), { method: 'POST', headers: { authorization: `Bearer ${await server.key('server', 'production')}`, 'content-type': 'application/json' }, body: JSON.stringify({ sentAt: met, items }) })
    expect(await sent.json()).toMatchObject({ accepted: 4 })
    const german = { attribute: 'country', op: 'in' as const, values: ['DE'] }
    expect((await size({ when: german })).body).toMatchObject({ basis: { units: 4, until: met }, inside: 2, unknown: 1, share: 0.5 })
    expect((await size({ when: german, included: ['u3'], excluded: ['u1'] })).body.examples).toEqual([
      { unit: 'u3', seenAt: met, listed: true, attributes: { country: null } },
      { unit: 'u4', seenAt: met, listed: false, attributes: { country: 'DE' } },
    ])
    expect((await size({ environment: 'staging', when: german })).body.basis.units).toBe(0)

    const saved = (await server.admin(routes.createCohort, { params, body: { key: 'germans', ...draft, when: german } })).body
    expect((await size({ when: { cohort: 'germans' } })).body.inside).toBe(2)
    expect((await size({ key: 'germans', when: { not: german } })).body.inside).toBe(1)
    expect((await server.admin(routes.getCohort, { params: { ...params, cohort: 'germans' } })).body).toEqual(saved)
  })

  test('attributes that services sent are offered, of the kind of unit that is asked', async () => {
    expect((await server.admin(routes.listAttributes, { params, query: {} })).body).toEqual({ environment: 'production', units: 4, attributes: [{ path: 'country', share: 0.75, values: ['DE'] }, { path: 'plan', share: 0.25, values: [] }] })
    expect((await server.admin(routes.listAttributes, { params, query: { unit: 'company' } })).body).toEqual({ environment: null, units: 0, attributes: [] })
  })

  test('an edit that could not be saved has no size, and is told why', async () => {
    const size = async (more: object) => server.admin(routes.previewCohort, { params, body: { environment: 'production', unit: 'user', when: null, included: [], excluded: [], ...more } })
    await create('within')
    await create('around', { when: { cohort: 'within' } })
    const circle = await size({ key: 'within', when: { cohort: 'around' } })
    expect([circle.status, circle.error?.code]).toEqual([400, 'invalid_ruleset'])
    expect(circle.error?.message).toContain('around contains within contains around')
    expect((await size({ when: { cohort: 'gone' } })).error?.message).toContain('refers to the cohort gone, which does not exist')
    expect((await size({ unit: 'planet' })).error?.code).toBe('invalid_ruleset')
    expect((await size({ environment: 'moon' })).error).toMatchObject({ code: 'not_found', message: 'This project has no environment moon.' })
    expect((await size({ when: { attribute: 'country' } })).error?.code).toBe('invalid_request')
  })

  test('a list of 100,000 units is stored and served', async () => {
    const included = Array.from({ length: 100_000 }, (_, index) => `customer-${index}`)
    const created = await server.admin(routes.createCohort, { params, body: { key: 'everybody', ...draft, included } })
    expect(created.status).toBe(201)
    expect(created.body.included).toHaveLength(100_000)
    expect((await wireCohorts()).find((cohort) => cohort.key === 'everybody')?.included).toEqual(included)
  })
})

test('while the event store is away there is no size, and saving does not need it', async () => {
  const server = await startTestServer({ events: false })
  try {
    const params = { project: 'shop' }
    const definition = { unit: 'user', when: null, included: ['u1'], excluded: [] }
    const away = await server.admin(routes.previewCohort, { params, body: { environment: 'production', ...definition } })
    expect([away.status, away.error?.code]).toEqual([503, 'storage_unavailable'])
    expect((await server.admin(routes.listAttributes, { params, query: {} })).error?.code).toBe('storage_unavailable')
    expect((await server.admin(routes.createCohort, { params, body: { key: 'listed', name: 'Listed', description: '', ...definition } })).status).toBe(201)
  } finally {
    await server.close()
  }
})
