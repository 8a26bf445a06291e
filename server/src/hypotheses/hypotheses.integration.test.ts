import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../contract/routes.ts'
import { completeDraft } from '../testing/drafts.ts'
import { recordExperiment } from '../testing/recorded-experiment.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

describe.each(['pglite', 'postgres'] as const)('hypotheses on %s', (database) => {
  let server: TestServer
  const params = { project: 'shop' }
  beforeAll(async () => {
    server = await startTestServer({ database })
    for (const key of ['orders', 'refunds', 'revenue']) await server.admin(routes.createMetric, { params, body: { key, name: key, description: '', type: 'conversion', event: key, direction: 'increase', unitLabel: '', windowHours: null } })
  })
  afterAll(() => server.close())

  test('may be unfinished, and says what is missing', async () => {
    const created = await server.admin(routes.createHypothesis, { params, body: { ...completeDraft(), because: '', primaryMetric: null } })
    expect(created.status).toBe(201)
    expect(created.body.missing.map((item) => item.field)).toEqual(['because', 'primaryMetric', 'experiment'])
    expect(created.body).toMatchObject({ level: 1, revision: 1, createdBy: 'Ada Admin', experiments: [] })
  })

  test('names metrics and cohorts that exist', async () => {
    const refused = await server.admin(routes.createHypothesis, { params, body: { ...completeDraft(), primaryMetric: 'sales', cohort: 'vips', secondaryMetrics: ['visits'] } })
    expect(refused.status).toBe(400)
    expect((refused.error?.details as { path: string }[]).map((issue) => issue.path)).toEqual(['primaryMetric', 'secondaryMetrics.0', 'cohort'])
  })

  test('changes on its newest revision only', async () => {
    const { body } = await server.admin(routes.createHypothesis, { params, body: completeDraft() })
    const path = { ...params, hypothesis: body.key }
    const saved = await server.admin(routes.saveHypothesis, { params: path, body: { basedOn: 1, draft: { ...completeDraft(), title: 'Second' } } })
    expect(saved.body).toMatchObject({ title: 'Second', revision: 2 })
    const stale = await server.admin(routes.saveHypothesis, { params: path, body: { basedOn: 1, draft: completeDraft() } })
    expect([stale.status, stale.error?.code]).toEqual([409, 'revision_conflict'])
    expect((await server.admin(routes.getHypothesis, { params: { ...params, hypothesis: 'H-999' } })).status).toBe(404)
  })

  test('carries advice, a forecast and what it goes on from', async () => {
    const first = (await server.admin(routes.createHypothesis, { params, body: { ...completeDraft(), direction: 'decrease' } })).body
    expect(first.advice?.map(({ code }) => code)).toEqual(['against_direction', 'vague_decider', 'no_forecast'])
    const draft = { ...completeDraft(), title: 'Once more', forecast: { probability: 0.4, lift: 0.03 }, relatedTo: { hypothesis: first.key, kind: 'replication' as const } }
    const second = (await server.admin(routes.createHypothesis, { params, body: draft })).body
    expect(second).toMatchObject({ forecast: { probability: 0.4, lift: 0.03 }, relatedTo: draft.relatedTo, followedBy: [] })
    expect((await server.admin(routes.getHypothesis, { params: { ...params, hypothesis: first.key } })).body.followedBy).toEqual([{ key: second.key, title: 'Once more', kind: 'replication' }])
    const circle = await server.admin(routes.saveHypothesis, { params: { ...params, hypothesis: first.key }, body: { basedOn: 1, draft: { ...completeDraft(), relatedTo: { hypothesis: second.key, kind: 'follow_up' } } } })
    expect(circle.error).toMatchObject({ code: 'invalid_request', details: [{ path: 'relatedTo', message: `${second.key} itself goes on from ${first.key}: choose one that came before it.` }] })
    const unknown = await server.admin(routes.createHypothesis, { params, body: { ...draft, relatedTo: { hypothesis: 'H-999', kind: 'follow_up' } } })
    expect(unknown.error?.message).toBe('There is no hypothesis H-999.')
    expect((await server.admin(routes.createHypothesis, { params, body: { ...draft, forecast: { probability: 1.2, lift: null } } })).status).toBe(400)
  })

  test('lists its experiments with the verdict they are known by', async () => {
    const experiment = await recordExperiment(server, { metrics: [{ key: 'bought' }], setup: { plannedUnits: 400 }, origin: new Date('2026-03-02T08:00:00.000Z') })
    for (const [arm, bought] of [['off', 40], ['on', 100]] as const) {
      const people = Array.from({ length: 200 }, (_, i) => `${arm}-${i}`)
      await experiment.expose(arm, people)
      for (const unit of people.slice(0, bought)) await experiment.track('bought', unit)
    }
    await experiment.analyse()
    // Every later unit of one arm is lost: a ratio that nothing but a fault explains.
    await experiment.expose('on', Array.from({ length: 300 }, (_, i) => `late-${i}`))
    const { hypothesis } = await experiment.analyse()
    const listed = async () => (await server.admin(routes.listHypotheses, { params })).body.hypotheses.find((item) => item.key === hypothesis)?.experiments
    expect(await listed()).toMatchObject([{ key: experiment.key, status: 'running', verdict: 'invalid' }])
    await experiment.expose('off', Array.from({ length: 300 }, (_, i) => `found-${i}`))
    await experiment.analyse()
    expect(await listed()).toMatchObject([{ verdict: 'confirmed' }])
    expect((await server.admin(routes.getHypothesis, { params: { ...params, hypothesis } })).body.experiments).toEqual(await listed())
  })
})
