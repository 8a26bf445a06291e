import { createHash } from 'node:crypto'
import { compileRuleset, evaluate, type Ruleset } from '@assay/sdk/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canonicalJson } from '../contract/canonical-json.ts'
import { routes } from '../contract/routes.ts'
import { connectSdk } from '../testing/connected-sdk.ts'
import { completeDraft, completeSetup } from '../testing/drafts.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

describe.each(['pglite', 'postgres'] as const)('experiments on %s', (database) => {
  let server: TestServer
  const params = { project: 'shop' }

  beforeAll(async () => {
    server = await startTestServer({ database })
    await connectSdk(server)
    for (const [key, direction] of [['orders', 'increase'], ['refunds', 'decrease'], ['revenue', 'increase']] as const) {
      const body = { key, name: key, description: '', type: key === 'revenue' ? 'mean' : 'conversion', event: key, direction, unitLabel: '', windowHours: null } as const
      expect((await server.admin(routes.createMetric, { params, body })).status).toBe(201)
    }
  })
  afterAll(() => server.close())

  async function flag(key: string) {
    const body = { key, name: key, kind: 'experiment', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } as const
    expect((await server.admin(routes.createFlag, { params, body: { ...body, variants: [...body.variants] } })).status).toBe(201)
  }
  async function draftedExperiment(flagKey: string, setup = {}) {
    await flag(flagKey)
    const hypothesis = await server.admin(routes.createHypothesis, { params, body: completeDraft() })
    expect(hypothesis.status).toBe(201)
    const created = await server.admin(routes.createExperiment, { params, body: { hypothesis: hypothesis.body.key, setup: { ...completeSetup(), flag: flagKey, ...setup } } })
    expect(created.status).toBe(201)
    return created.body
  }
  async function ruleset(): Promise<Ruleset> {
    const response = await fetch(new URL('/sdk/v1/ruleset', server.url), { headers: { authorization: `Bearer ${await server.key('server', 'production')}` } })
    return (await response.json()) as Ruleset
  }

  test('starting seals the plan and puts one locked split on the flag', async () => {
    const draft = await draftedExperiment('express-pay')
    expect(draft.checklist.filter((item) => item.state === 'blocker')).toEqual([])
    const path = { ...params, experiment: draft.key }
    const started = await server.admin(routes.startExperiment, { params: path, body: { basedOn: draft.revision, sealing: draft.sealing, reason: 'A test needs it.' } })
    expect(started.status).toBe(200)
    expect(started.body.status).toBe('running')
    expect(started.body.planHash).toBe(createHash('sha256').update(canonicalJson(started.body.plan)).digest('hex'))

    const served = (await ruleset()).flags.find((item) => item.key === 'express-pay')
    const rule = served?.rules.at(-1)
    expect(rule?.id).toBe(`experiment-${draft.key.toLowerCase()}`)
    expect(rule?.serve).toMatchObject({ experiment: draft.key, phase: 1, coverage: 100_000, unit: 'user', arms: [{ variant: 'off', weight: 50_000 }, { variant: 'on', weight: 50_000 }] })

    const current = await server.admin(routes.getFlag, { params: { ...params, flag: 'express-pay' } })
    const production = current.body.environments.find((item) => item.environment === 'production')
    if (!production) throw new Error('the flag has no production')
    const emptied = await server.admin(routes.saveTargeting, { params: { ...params, flag: 'express-pay', environment: 'production' }, body: { basedOn: production.revision, targeting: { ...production.targeting, rules: [] } } })
    expect(emptied.status).toBe(409)
    expect(emptied.error?.code).toBe('wrong_state')
    expect(emptied.error?.message).toContain(draft.key)
  })

  test('stopping serves control, deciding serves what was shipped, and each step is audited', async () => {
    const draft = await draftedExperiment('gift-wrap')
    const path = { ...params, experiment: draft.key }
    await server.admin(routes.startExperiment, { params: path, body: { basedOn: draft.revision, sealing: draft.sealing, reason: 'A test needs it.' } })
    const before = (await ruleset()).version
    const stopped = await server.admin(routes.stopExperiment, { params: path, body: { reason: 'Enough seen.' } })
    expect(stopped.body).toMatchObject({ status: 'stopped', stopReason: 'Enough seen.' })
    expect((await ruleset()).version).toBe(before + 1)
    expect((await ruleset()).flags.find((item) => item.key === 'gift-wrap')?.rules.at(-1)?.serve).toEqual({ variant: 'off' })

    const silent = await server.admin(routes.decideExperiment, { params: path, body: { choice: 'ship', note: '', learning: 'People like it.' } })
    expect(silent.status).toBe(400)
    expect(silent.error?.message).toContain('differs from the verdict')
    const decided = await server.admin(routes.decideExperiment, { params: path, body: { choice: 'ship', note: 'The law asks for it.', learning: 'People like it.' } })
    expect(decided.body).toMatchObject({ status: 'decided', level: 4, decision: { choice: 'ship', variant: 'on', differsFromVerdict: true } })
    expect((await ruleset()).flags.find((item) => item.key === 'gift-wrap')?.rules.at(-1)?.serve).toEqual({ variant: 'on' })

    const audit = await server.admin(routes.listAudit, { params, query: {} })
    const actions = audit.body.entries.filter((entry) => entry.entity.key === draft.key).map((entry) => entry.action)
    expect(actions).toEqual(['experiment.decided', 'experiment.stopped', 'experiment.started', 'experiment.created'])
  })

  test('an incomplete plan is refused with what is missing', async () => {
    await flag('slow-search')
    const hypothesis = await server.admin(routes.createHypothesis, { params, body: { ...completeDraft(), wrongIf: '', maxDays: null } })
    const created = await server.admin(routes.createExperiment, { params, body: { hypothesis: hypothesis.body.key, setup: { ...completeSetup(), flag: 'slow-search' } } })
    const refused = await server.admin(routes.startExperiment, { params: { ...params, experiment: created.body.key }, body: { basedOn: created.body.revision, sealing: created.body.sealing, reason: 'A test needs it.' } })
    expect(refused.status).toBe(422)
    expect(refused.error?.message).toContain('Say what would prove you wrong.')
    expect((await server.admin(routes.getExperiment, { params: { ...params, experiment: created.body.key } })).body.status).toBe('draft')
  })

  test('what may be started all the same needs a reason', async () => {
    const draft = await draftedExperiment('unreasoned')
    expect(draft.checklist.filter((item) => item.state === 'warning').map(({ id }) => id)).toContain('flag-on')
    const start = (reason: string) => server.admin(routes.startExperiment, { params: { ...params, experiment: draft.key }, body: { basedOn: draft.revision, sealing: draft.sealing, reason } })
    const silent = await start(' ')
    expect([silent.status, silent.error?.code]).toEqual([400, 'reason_required'])
    expect(silent.error?.message).toContain('unreasoned is off in production')
    expect((await start('It is turned on tomorrow.')).body.phases?.[0]?.reason).toBe('It is turned on tomorrow.')
  })

  test('two experiments cannot run on one flag in one environment', async () => {
    const first = await draftedExperiment('banner')
    const second = await server.admin(routes.createExperiment, { params, body: { hypothesis: first.hypothesis, setup: { ...completeSetup(), flag: 'banner' } } })
    await server.admin(routes.startExperiment, { params: { ...params, experiment: first.key }, body: { basedOn: first.revision, sealing: first.sealing, reason: 'A test needs it.' } })
    const refused = await server.admin(routes.startExperiment, { params: { ...params, experiment: second.body.key }, body: { basedOn: second.body.revision, sealing: second.body.sealing, reason: 'A test needs it.' } })
    expect(refused.status).toBe(422)
    expect(refused.error?.message).toContain(first.key)
  })

  test('a second experiment on a flag meets the people whom the first one left a variant', async () => {
    const first = await draftedExperiment('reuse')
    await server.admin(routes.startExperiment, { params: { ...params, experiment: first.key }, body: { basedOn: first.revision, sealing: first.sealing, reason: 'A test needs it.' } })
    await server.admin(routes.decideExperiment, { params: { ...params, experiment: first.key }, body: { choice: 'remove', note: 'Too early.', learning: 'Nobody saw it.' } })
    const created = await server.admin(routes.createExperiment, { params, body: { hypothesis: first.hypothesis, setup: { ...completeSetup(), flag: 'reuse', coverage: 0.5 } } })
    expect(created.body.checklist.find((item) => item.id === 'reach')?.evidence).toContain('which an earlier experiment left')
    const started = await server.admin(routes.startExperiment, { params: { ...params, experiment: created.body.key }, body: { basedOn: created.body.revision, sealing: created.body.sealing, reason: 'A test needs it.' } })
    expect(started.error).toBeNull()

    const current = await server.admin(routes.getFlag, { params: { ...params, flag: 'reuse' } })
    const production = current.body.environments.find((item) => item.environment === 'production')
    if (!production) throw new Error('the flag has no production')
    expect(production.targeting.rules.map(({ id }) => id)).toEqual([started.body.ruleId, `experiment-${first.key.toLowerCase()}`])
    const turnedOn = await server.admin(routes.turnOn, { params: { ...params, flag: 'reuse', environment: 'production' }, body: { basedOn: production.revision } })
    expect(turnedOn.error).toBeNull()
    const compiled = compileRuleset(await ruleset())
    const outcomes = Array.from({ length: 200 }, (_, i) => evaluate(compiled, 'reuse', { targetingKey: `u${i}` }))
    expect(outcomes.filter(({ experiment }) => experiment === created.body.key).length).toBeGreaterThan(60)
    expect(outcomes.filter(({ experiment }) => experiment === undefined).every(({ variant, reason }) => variant === 'off' && reason === 'TARGETING_MATCH')).toBe(true)
  })

  test('a rule of people that decides for everybody stands in the way of a start', async () => {
    const draft = await draftedExperiment('blocked')
    const current = await server.admin(routes.getFlag, { params: { ...params, flag: 'blocked' } })
    const production = current.body.environments.find((item) => item.environment === 'production')
    if (!production) throw new Error('the flag has no production')
    const rules = [{ id: 'all', name: 'Everybody', serve: { variant: 'off' } }]
    await server.admin(routes.saveTargeting, { params: { ...params, flag: 'blocked', environment: 'production' }, body: { basedOn: production.revision, targeting: { ...production.targeting, rules } } })
    const refused = await server.admin(routes.startExperiment, { params: { ...params, experiment: draft.key }, body: { basedOn: draft.revision, sealing: draft.sealing, reason: 'A test needs it.' } })
    expect(refused.status).toBe(422)
    expect(refused.error?.message).toContain('Rule 1 of blocked in production (Everybody) decides for everybody')
  })

  test.each(['removed', 'archived'])('a stopped experiment whose rule was %s can still be decided, and changes no flag then', async (how) => {
    const key = `flag-${how}`
    const draft = await draftedExperiment(key)
    const path = { ...params, experiment: draft.key }
    await server.admin(routes.startExperiment, { params: path, body: { basedOn: draft.revision, sealing: draft.sealing, reason: 'A test needs it.' } })
    await server.admin(routes.stopExperiment, { params: path, body: { reason: 'Enough seen.' } })
    const current = await server.admin(routes.getFlag, { params: { ...params, flag: key } })
    const production = current.body.environments.find((item) => item.environment === 'production')
    if (!production) throw new Error('the flag has no production')
    const gone = how === 'removed'
      ? await server.admin(routes.saveTargeting, { params: { ...params, flag: key, environment: 'production' }, body: { basedOn: production.revision, targeting: { ...production.targeting, rules: [] } } })
      : await server.admin(routes.archiveFlag, { params: { ...params, flag: key }, body: { basedOn: current.body.revision } })
    expect(gone.error).toBeNull()
    const before = (await ruleset()).version
    const decided = await server.admin(routes.decideExperiment, { params: path, body: { choice: 'ship', note: 'Done by hand.', learning: 'Nobody asked for it.' } })
    expect(decided.error).toBeNull()
    expect(decided.body.status).toBe('decided')
    expect((await ruleset()).version).toBe(before)
    expect((await ruleset()).flags.find((item) => item.key === key)?.rules ?? []).toEqual([])
  })

  test('a draft changes only on its newest revision, a sealed plan never', async () => {
    const draft = await draftedExperiment('badges')
    const path = { ...params, experiment: draft.key }
    const setup = { ...completeSetup(), flag: 'badges', plannedUnits: 2000 }
    const saved = await server.admin(routes.saveExperiment, { params: path, body: { basedOn: draft.revision, setup } })
    expect(saved.error).toBeNull()
    expect(saved.body.plannedUnits).toBe(2000)
    const stale = await server.admin(routes.saveExperiment, { params: path, body: { basedOn: draft.revision, setup } })
    expect([stale.status, stale.error?.code]).toEqual([409, 'revision_conflict'])
    const { entries } = (await server.admin(routes.listAudit, { params, query: { kind: 'experiment', key: draft.key } })).body
    expect(stale.error?.details).toMatchObject({ currentRevision: saved.body.revision, changedBy: 'Ada Admin', changedAt: entries[0]?.at })
    expect(stale.error?.message).toContain('Ada Admin')
    await server.admin(routes.startExperiment, { params: path, body: { basedOn: saved.body.revision, sealing: saved.body.sealing, reason: 'A test needs it.' } })
    const sealed = await server.admin(routes.saveExperiment, { params: path, body: { basedOn: saved.body.revision + 1, setup } })
    expect([sealed.status, sealed.error?.code]).toEqual([409, 'wrong_state'])
  })

  test.each(['hypothesis', 'metric', 'cohort'])('an edit of the %s that the starter has not read is not sealed: both sides are told', async (what) => {
    await flag(`unread-${what}`)
    const cohort = { key: `cohort-${what}`, name: 'Some', description: '', unit: 'user', when: null, included: ['u1'], excluded: [] }
    expect((await server.admin(routes.createCohort, { params, body: cohort })).error).toBeNull()
    const hypothesis = await server.admin(routes.createHypothesis, { params, body: { ...completeDraft(), cohort: cohort.key } })
    const { body: read } = await server.admin(routes.createExperiment, { params, body: { hypothesis: hypothesis.body.key, setup: { ...completeSetup(), flag: `unread-${what}` } } })
    const metric = (await server.admin(routes.getMetric, { params: { ...params, metric: 'revenue' } })).body
    expect(read.sealing).toEqual({ hypothesis: 1, metrics: { orders: 1, refunds: 1, revenue: metric.revision }, cohort: 1 })

    const { key: _metric, revision: metricRevision, changedAt: _at, changedBy: _by, ...definition } = metric
    const { key: _cohort, ...members } = cohort
    const edited = what === 'hypothesis' ? await server.admin(routes.saveHypothesis, { params: { ...params, hypothesis: hypothesis.body.key }, body: { basedOn: 1, draft: { ...completeDraft(), cohort: cohort.key, direction: 'decrease' } } })
      : what === 'metric' ? await server.admin(routes.saveMetric, { params: { ...params, metric: 'revenue' }, body: { basedOn: metricRevision, ...definition, description: 'Another one.' } })
        : await server.admin(routes.saveCohort, { params: { ...params, cohort: cohort.key }, body: { basedOn: 1, ...members, included: ['u2'] } })
    expect(edited.error).toBeNull()

    const path = { ...params, experiment: read.key }
    const late = await server.admin(routes.startExperiment, { params: path, body: { basedOn: read.revision, sealing: read.sealing, reason: 'A test needs it.' } })
    expect([late.status, late.error?.code]).toEqual([409, 'revision_conflict'])
    expect(late.error?.message).toContain('was changed by Ada Admin since you opened it. Nothing was started.')
    expect(late.error?.details).toMatchObject({ currentRevision: edited.body.revision, current: { revision: edited.body.revision }, yours: read.sealing, changedBy: 'Ada Admin' })

    const { body: again } = await server.admin(routes.getExperiment, { params: path })
    const started = await server.admin(routes.startExperiment, { params: path, body: { basedOn: again.revision, sealing: again.sealing, reason: 'A test needs it.' } })
    expect(started.body.status).toBe('running')
  })

  test('edits after sealing are listed as deviations, and the plan stays', async () => {
    const draft = await draftedExperiment('sorting')
    const path = { ...params, experiment: draft.key }
    await server.admin(routes.startExperiment, { params: path, body: { basedOn: draft.revision, sealing: draft.sealing, reason: 'A test needs it.' } })
    const hypothesis = await server.admin(routes.getHypothesis, { params: { ...params, hypothesis: draft.hypothesis } })
    await server.admin(routes.saveHypothesis, { params: { ...params, hypothesis: draft.hypothesis }, body: { basedOn: hypothesis.body.revision, draft: { ...completeDraft(), minimumEffect: 0.5 } } })
    const { body } = await server.admin(routes.getExperiment, { params: path })
    expect(body.deviations).toMatchObject([{ what: 'hypothesis minimumEffect', registered: '0.02', now: '0.5', by: 'Ada Admin' }])
    expect(body.plan?.minimumEffect).toBe(0.02)
  })

  test.each([
    [{ arms: [{ variant: 'off', weight: 1 }, { variant: 'blue', weight: 1 }] }, 'has no variant blue'],
    [{ control: 'blue' }, 'not one of the arms'],
    [{ unitType: 'company' }, 'no unit type company'],
    [{ environment: 'moon' }, 'environment moon'],
  ])('a setup with %j is refused', async (wrong, message) => {
    const hypothesis = await server.admin(routes.createHypothesis, { params, body: completeDraft() })
    const response = await server.admin(routes.createExperiment, { params, body: { hypothesis: hypothesis.body.key, setup: { ...completeSetup(), ...wrong } } })
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.status).toBeLessThan(500)
    expect(response.error?.message).toContain(message)
  })
})
