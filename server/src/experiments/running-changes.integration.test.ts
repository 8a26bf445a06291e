import { createHash, randomUUID } from 'node:crypto'
import { compileRuleset, evaluate, type Ruleset } from '@assay/sdk/core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { canonicalJson } from '../contract/canonical-json.ts'
import type { ExperimentDetail, ExperimentSetup } from '../contract/experiments.ts'
import { routes } from '../contract/routes.ts'
import { connectSdk } from '../testing/connected-sdk.ts'
import { completeDraft, completeSetup } from '../testing/drafts.ts'
import { PASSWORD, startTestServer, type TestServer } from '../testing/test-server.ts'
import { applyDueSteps } from './coverage-steps.service.ts'

const DAY_MS = 86_400_000

describe('an experiment that has started', () => {
  let server: TestServer
  let clock = new Date('2026-11-02T09:00:00Z')
  let key = ''
  const params = { project: 'shop' }
  /** Sessions end meanwhile. */
  const later = async (days: number) => {
    clock = new Date(clock.getTime() + days * DAY_MS)
    expect((await server.admin(routes.signIn, { body: { email: 'admin@example.com', password: PASSWORD } })).error).toBeNull()
  }

  beforeAll(async () => {
    server = await startTestServer({ now: () => clock })
    for (const metric of ['orders', 'refunds', 'revenue']) {
      const body = { key: metric, name: metric, description: '', type: 'conversion', event: metric, direction: metric === 'refunds' ? 'decrease' : 'increase', unitLabel: '', windowHours: null } as const
      expect((await server.admin(routes.createMetric, { params, body })).error).toBeNull()
    }
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    key = await server.key()
    await connectSdk(server)
  })

  let flags = 0
  async function started(setup: Partial<ExperimentSetup> = {}): Promise<ExperimentDetail> {
    flags += 1
    const flag = `flag-${flags}`
    const variants = ['off', 'on', 'more'].map((variant) => ({ key: variant, value: variant }))
    expect((await server.admin(routes.createFlag, { params, body: { key: flag, name: flag, kind: 'experiment', type: 'string', variants } })).error).toBeNull()
    const hypothesis = await server.admin(routes.createHypothesis, { params, body: { ...completeDraft(), maxExposure: 1 } })
    const draft = await server.admin(routes.createExperiment, { params, body: { hypothesis: hypothesis.body.key, setup: { ...completeSetup(), flag, ...setup } } })
    const { body, error } = await server.admin(routes.startExperiment, { params: at(draft.body), body: { basedOn: draft.body.revision, sealing: draft.body.sealing, reason: 'It is time.' } })
    expect(error).toBeNull()
    const state = (await server.admin(routes.getFlag, { params: { ...params, flag } })).body.environments.find(({ environment }) => environment === 'production')
    expect((await server.admin(routes.turnOn, { params: { ...params, flag, environment: 'production' }, body: { basedOn: state?.revision ?? 0 } })).error).toBeNull()
    return body
  }
  const at = (experiment: Pick<ExperimentDetail, 'key'>) => ({ ...params, experiment: experiment.key })
  const detail = async (experiment: ExperimentDetail) => (await server.admin(routes.getExperiment, { params: at(experiment) })).body
  const cover = (experiment: ExperimentDetail, coverage: number, reason = 'It looks safe.') => server.admin(routes.coverExperiment, { params: at(experiment), body: { basedOn: experiment.revision, coverage, reason } })
  const rearm = (experiment: ExperimentDetail, ...weights: [string, number][]) => server.admin(routes.rearmExperiment, { params: at(experiment), body: { basedOn: experiment.revision, arms: weights.map(([variant, weight]) => ({ variant, weight })), reason: 'More people should meet it.' } })

  async function ruleset(): Promise<Ruleset> {
    const response = await fetch(new URL('/sdk/v1/ruleset', server.url), { headers: { authorization: `Bearer ${key}` } })
    return (await response.json()) as Ruleset
  }
  /** What everybody of a thousand people gets, with the experiment and phase that counts them. */
  async function assigned({ flag }: ExperimentDetail) {
    const compiled = compileRuleset(await ruleset())
    return Array.from({ length: 1000 }, (_, index) => ({ unit: `u${index}`, ...evaluate(compiled, flag, { targetingKey: `u${index}` }) }))
  }
  const armsOf = (evaluations: Awaited<ReturnType<typeof assigned>>) => new Map(evaluations.filter(({ experiment }) => experiment !== undefined).map(({ unit, variant }) => [unit, variant]))
  async function expose({ key: experiment }: ExperimentDetail, phase: number, units: readonly string[], variant: string) {
    const items = units.map((unit) => ({ kind: 'exposure', id: randomUUID(), at: clock.toISOString(), experiment, phase, unitType: 'user', unit, variant }))
    const response = await fetch(new URL('/sdk/v1/events', server.url), { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify({ sentAt: clock.toISOString(), items }) })
    return (await response.json()) as { accepted: number; rejected: { code: string }[] }
  }
  const actions = async (experiment: ExperimentDetail) => (await server.admin(routes.listAudit, { params, query: { kind: 'experiment', key: experiment.key } })).body.entries.map(({ action, actor, reason }) => ({ action, by: actor.name, reason }))

  test('admits more: everybody keeps their arm, and the plan stays with a deviation beside it', async () => {
    const running = await started({ coverage: 0.3 })
    const before = armsOf(await assigned(running))
    const { body: covered, error } = await cover(running, 0.6)
    expect(error).toBeNull()
    expect(covered).toMatchObject({ coverage: 0.6, phase: 1, planHash: running.planHash, plan: { coverage: 0.3 } })
    expect(covered.deviations).toEqual([{ what: 'coverage', registered: '30%', now: '60%', reason: 'It looks safe.', by: 'Ada Admin', at: clock.toISOString(), phase: 1 }])
    const after = armsOf(await assigned(running))
    expect(after.size).toBeGreaterThan(before.size * 1.5)
    expect([...before].filter(([unit, variant]) => after.get(unit) !== variant)).toEqual([])
    expect((await actions(running))[0]).toEqual({ action: 'experiment.coverage_changed', by: 'Ada Admin', reason: 'It looks safe.' })
  })

  test('admits fewer: whoever was admitted before stays in the analysis', async () => {
    const running = await started()
    expect((await expose(running, 1, ['a', 'b', 'c'], 'off')).accepted).toBe(3)
    const { body } = await cover(running, 0.01)
    expect(body.coverage).toBe(0.01)
    const analysed = await server.admin(routes.analyseExperiment, { params: at(running) })
    expect(analysed.body.analysis?.arms).toMatchObject([{ arm: 'off', n: 3 }, { arm: 'on', n: 0 }])
  })

  test('goes beyond no limit, and changes nothing without a reason or on an old revision', async () => {
    const running = await started({ coverage: 0.3 })
    await server.admin(routes.saveHypothesis, { params: { ...params, hypothesis: running.hypothesis }, body: { basedOn: 1, draft: { ...completeDraft(), maxExposure: 0.25 } } })
    const beyond = await cover(running, 0.8)
    expect([beyond.status, beyond.error?.code, beyond.error?.message]).toEqual([422, 'plan_incomplete', '40% of the audience would meet the change; the limit is 25%. Nothing was changed.'])
    expect((await cover(running, 0.4, ' ')).error?.code).toBe('invalid_request')
    expect((await cover(running, 0.3)).error?.message).toContain('admits 30% already')
    expect((await cover(running, 0)).error?.code).toBe('invalid_request')
    expect((await cover({ ...running, revision: 1 }, 0.4)).error?.code).toBe('revision_conflict')
    await server.admin(routes.saveHypothesis, { params: { ...params, hypothesis: running.hypothesis }, body: { basedOn: 2, draft: { ...completeDraft(), maxExposure: 0.01 } } })
    expect((await cover(running, 0.1)).error).toBeNull()
  })

  test('goes on with other weights in a new phase, whose data and plan are its own', async () => {
    const running = await started()
    await expose(running, 1, ['a', 'b', 'c'], 'off')
    await expose(running, 1, ['d', 'e'], 'on')
    await later(2)
    const { body, error } = await rearm(running, ['off', 1], ['on', 2], ['more', 1])
    expect(error).toBeNull()
    expect(body).toMatchObject({ phase: 2, status: 'running', startedAt: running.startedAt, people: 0 })
    expect(body.planHash).toBe(createHash('sha256').update(canonicalJson(body.plan)).digest('hex'))
    expect(body.plan).toMatchObject({ phase: 2, arms: [{ variant: 'off', weight: 1 }, { variant: 'on', weight: 2 }, { variant: 'more', weight: 1 }] })
    expect(body.plan?.salt).not.toBe(running.plan?.salt)
    expect(body.deviations).toMatchObject([{ what: 'arms', registered: 'off 1 : on 1', now: 'off 1 : on 2 : more 1', phase: 1 }])
    expect(body.phases).toMatchObject([
      { phase: 1, endedAt: clock.toISOString(), planHash: running.planHash, people: 5, startedBy: 'Ada Admin', reason: 'It is time.', verdict: { kind: 'inconclusive' } },
      { phase: 2, startedAt: clock.toISOString(), endedAt: null, planHash: body.planHash, people: 0, reason: 'More people should meet it.' },
    ])

    const evaluations = await assigned(running)
    expect(new Set(evaluations.map(({ phase }) => phase))).toEqual(new Set([2]))
    expect(evaluations.filter(({ variant }) => variant === 'on').length).toBeGreaterThan(420)

    // Late ones of the phase before are taken, and count there only.
    expect(await expose(running, 1, ['f'], 'on')).toMatchObject({ accepted: 1 })
    expect((await expose(running, 1, ['g'], 'more')).rejected.map(({ code }) => code)).toEqual(['unknown_variant'])
    expect(await expose(running, 2, ['a', 'g'], 'more')).toMatchObject({ accepted: 2 })
    expect((await expose(running, 3, ['a'], 'off')).rejected.map(({ code }) => code)).toEqual(['unknown_phase'])
    await later(1)
    const analysed = await server.admin(routes.analyseExperiment, { params: at(running) })
    expect(analysed.body.analysis).toMatchObject({ phase: 2, planHash: body.planHash, crossedUnits: 0, arms: [{ arm: 'off', n: 0 }, { arm: 'on', n: 0 }, { arm: 'more', n: 2 }] })
    expect(analysed.body.analysis?.days).toBeCloseTo(1, 6)
    expect(analysed.body.phases?.map(({ people }) => people)).toEqual([5, 2])

    const results = await server.admin.fetch(`/api/v1/projects/shop/experiments/${running.key}/results?format=json`)
    expect(await results.json()).toMatchObject({ deviations: [{ what: 'arms', reason: 'More people should meet it.' }] })
  })

  test('seals what the project calls a bot when it starts, and no later edit of it', async () => {
    const bots = [{ property: 'agent', op: 'equals' as const, values: ['probe'] }]
    const save = async (next: typeof bots) => server.admin(routes.updateProject, { params, body: { basedOn: (await server.admin(routes.getProject, { params })).body.revision, bots: next } })
    expect((await save(bots)).error).toBeNull()
    const running = await started()
    expect(running.plan?.bots).toEqual(bots)
    expect((await save([])).error).toBeNull()
    expect((await rearm(running, ['off', 2], ['on', 1])).body.plan?.bots).toEqual(bots)
  })

  test('refuses the same arms, an arm that the flag does not have, and control left out', async () => {
    const running = await started()
    expect((await rearm(running, ['off', 1], ['on', 1])).error?.details).toEqual([{ path: 'arms', message: 'Change an arm or a weight.' }])
    expect((await rearm(running, ['off', 1], ['blue', 1])).error?.details).toMatchObject([{ path: 'arms.1.variant' }])
    expect((await rearm(running, ['more', 1], ['on', 1])).error?.details).toMatchObject([{ path: 'control' }])
  })

  test('is extended with a recorded deviation, and read by the always-valid rule from then on', async () => {
    const running = await started({ mode: 'group_sequential', plannedUnits: 1000, plannedDays: 14 })
    const extend = (body: { plannedUnits?: number; plannedDays?: number }) => server.admin(routes.extendExperiment, { params: at(running), body: { basedOn: running.revision, ...body, reason: 'Fewer people came than planned.' } })
    expect((await extend({ plannedDays: 40 })).error?.message).toContain('30 days at most')
    const { body, error } = await extend({ plannedUnits: 3000 })
    expect(error).toBeNull()
    expect(body).toMatchObject({ mode: 'always_valid', plannedUnits: 3000, planHash: running.planHash, plan: { mode: 'group_sequential', plannedUnits: 1000 }, analysis: { mode: 'always_valid', planHash: running.planHash } })
    expect(body.deviations.map(({ what, registered, now }) => ({ what, registered, now }))).toEqual([{ what: 'planned units', registered: '1000', now: '3000' }, { what: 'mode', registered: 'group_sequential', now: 'always_valid' }])
    expect((await actions(running))[0]?.action).toBe('experiment.extended')
  })

  test('is stopped and resumed in its phase: everybody returns to their arm, at the share that was said', async () => {
    const running = await started({ coverage: 0.5 })
    const before = armsOf(await assigned(running))
    const stopped = await server.admin(routes.stopExperiment, { params: at(running), body: { reason: 'Errors rise.' } })
    expect(stopped.body).toMatchObject({ status: 'stopped', level: 3, deviations: [{ what: 'stopped', reason: 'Errors rise.' }] })
    expect(stopped.body.phases?.[0]?.endedAt).toBe(clock.toISOString())
    expect(armsOf(await assigned(running)).size).toBe(0)
    expect((await cover(stopped.body, 0.9)).error?.code).toBe('wrong_state')

    const resumed = await server.admin(routes.resumeExperiment, { params: at(running), body: { basedOn: stopped.body.revision, coverage: 0.1, reason: 'The errors came from elsewhere.' } })
    expect(resumed.error).toBeNull()
    expect(resumed.body).toMatchObject({ status: 'running', level: 2, phase: 1, coverage: 0.1, endedAt: null, stopReason: null })
    expect(resumed.body.deviations[1]).toMatchObject({ what: 'resumed', registered: 'stopped at 50%', now: 'goes on at 10%' })
    const after = armsOf(await assigned(running))
    expect(after.size).toBeGreaterThan(50)
    expect([...after].filter(([unit, variant]) => before.get(unit) !== variant)).toEqual([])
    expect((await actions(running)).slice(0, 2).map(({ action }) => action)).toEqual(['experiment.resumed', 'experiment.stopped'])
  })

  test('is not resumed where another experiment has taken its place, nor once it is decided', async () => {
    const running = await started()
    const stopped = await server.admin(routes.stopExperiment, { params: at(running), body: { reason: '' } })
    const next = await server.admin(routes.createExperiment, { params, body: { hypothesis: running.hypothesis, setup: { ...completeSetup(), flag: running.flag } } })
    const second = await server.admin(routes.startExperiment, { params: at(next.body), body: { basedOn: next.body.revision, sealing: next.body.sealing, reason: 'A test needs it.' } })
    expect(second.error).toBeNull()
    const resume = () => server.admin(routes.resumeExperiment, { params: at(running), body: { basedOn: stopped.body.revision, coverage: 0.5, reason: 'Again.' } })
    expect((await resume()).error?.message).toContain(`${next.body.key} runs on ${running.flag}`)
    await server.admin(routes.decideExperiment, { params: at(running), body: { choice: 'remove', note: '', learning: 'Nothing.' } })
    expect((await resume()).error?.code).toBe('wrong_state')
  })

  test('takes planned steps by itself, once each, as no deviation and as one ruleset version', async () => {
    const running = await started({ coverage: 0.1, coverageSteps: [{ afterDays: 1, coverage: 0.4 }, { afterDays: 3, coverage: 1 }] })
    expect(running.nextStep).toEqual({ at: new Date(clock.getTime() + DAY_MS).toISOString(), coverage: 0.4 })
    const steps = () => applyDueSteps(server.deps, new AbortController().signal)
    const { version } = await ruleset()
    await steps()
    expect((await ruleset()).version).toBe(version)
    const before = armsOf(await assigned(running))
    await later(1)
    await steps()
    await steps()
    expect((await ruleset()).version).toBe(version + 1)
    const after = armsOf(await assigned(running))
    expect([...before].filter(([unit, variant]) => after.get(unit) !== variant)).toEqual([])
    expect(after.size).toBeGreaterThan(300)
    const taken = await detail(running)
    expect(taken).toMatchObject({ coverage: 0.4, deviations: [], nextStep: { coverage: 1 } })
    expect((await actions(running))[0]).toEqual({ action: 'experiment.step_taken', by: 'Assay', reason: null })

    const lowered = await cover(taken, 0.05, 'Too many complaints.')
    expect(lowered.body.nextStep).toBeNull()
    await later(5)
    await steps()
    expect(await detail(running)).toMatchObject({ coverage: 0.05 })
  })

  test('takes no planned step beyond a limit that was lowered since', async () => {
    const running = await started({ coverage: 0.1, coverageSteps: [{ afterDays: 1, coverage: 1 }] })
    await server.admin(routes.saveHypothesis, { params: { ...params, hypothesis: running.hypothesis }, body: { basedOn: 1, draft: { ...completeDraft(), maxExposure: 0.2 } } })
    await later(2)
    await applyDueSteps(server.deps, new AbortController().signal)
    expect(await detail(running)).toMatchObject({ coverage: 0.1 })
  })

  test('that another service assigns has no share to change, but starts a phase for other weights', async () => {
    const running = await started({ assignment: 'external' })
    expect((await cover(running, 0.5)).error?.code).toBe('wrong_state')
    expect((await rearm(running, ['off', 1], ['on', 3])).body).toMatchObject({ phase: 2, ruleId: null })
  })

  test.each(['viewer', 'product_owner'] as const)('is changed by whom it may be: a %s', async (role) => {
    const running = await started({ coverage: 0.2 })
    const somebody = await server.as(role)
    const { status } = await somebody(routes.coverExperiment, { params: at(running), body: { basedOn: running.revision, coverage: 0.3, reason: 'Because.' } })
    expect(status).toBe(role === 'viewer' ? 403 : 200)
  })
})
