import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FlagEnvironment, Impact, Targeting } from '../contract/flags.ts'
import { routes } from '../contract/routes.ts'
import type { IngestItem, IngestResult } from '../contract/sdk-wire.ts'
import { applyDueChanges } from '../changes/apply-change.service.ts'
import { connectSdk } from '../testing/connected-sdk.ts'
import { completeDraft, completeSetup } from '../testing/drafts.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const params = { project: 'shop' }
const variants = [{ key: 'off', value: false }, { key: 'on', value: true }]

describe.each(['pglite', 'postgres'] as const)('who moves on %s', (database) => {
  let server: TestServer
  let key: string
  let ahead = 0
  const now = () => new Date(Date.now() + ahead)

  beforeAll(async () => {
    server = await startTestServer({ database, now })
    key = await server.key('server')
    await server.admin(routes.updateProject, { params, body: { basedOn: 1, unitTypes: [{ key: 'user', attribute: 'targetingKey' }, { key: 'company', attribute: 'company.id' }] } })
  })
  afterAll(() => server.close())

  const at = (flag: string, environment = 'production') => ({ ...params, flag, environment })
  async function live(flag: string): Promise<FlagEnvironment> {
    const found = (await server.admin(routes.getFlag, { params: { ...params, flag } })).body.environments.find(({ environment }) => environment === 'production')
    if (!found) throw new Error(flag)
    return found
  }
  async function create(flag: string, kind: 'release' | 'experiment' = 'release'): Promise<FlagEnvironment> {
    expect((await server.admin(routes.createFlag, { params, body: { key: flag, name: flag, kind, type: 'boolean', variants } })).status).toBe(201)
    expect((await server.admin(routes.turnOn, { params: at(flag), body: { basedOn: 1 } })).status).toBe(200)
    return live(flag)
  }
  async function send(items: readonly IngestItem[]): Promise<IngestResult> {
    const response = await fetch(new URL('/sdk/v1/events', server.url), { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify({ sentAt: now().toISOString(), items }) })
    return (await response.json()) as IngestResult
  }
  const met = (unit: string, attributes: Record<string, string> = {}, more: { at?: string; units?: Record<string, string> } = {}): IngestItem => ({ kind: 'context', id: randomUUID(), at: now().toISOString(), units: { user: unit }, attributes, ...more })
  const preview = async (flag: string, targeting: Targeting) => server.admin(routes.previewImpact, { params: at(flag), body: { targeting } })
  const forPlan = (plan: string): Targeting['rules'][number] => ({ id: plan, name: '', when: { attribute: 'plan', op: 'in', values: [plan] }, serve: { variant: 'off' } })

  test('before anybody was seen, the preview says so', async () => {
    const { targeting } = await create('early')
    expect((await preview('early', { ...targeting, enabled: false })).body).toEqual({ basis: { units: 0, since: null }, moved: 0, share: 0, moves: [], sample: [], running: null })
  })

  test('units that services met lately are decided by both, each once and as they were seen last', async () => {
    const { targeting } = await create('banner')
    const old = new Date(now().getTime() - 3_600_000).toISOString()
    const [first, last] = [met('u1', { plan: 'pro' }, { at: old }), met('u1', { plan: 'free' })]
    const result = await send([first, last, first, met('u2', { plan: 'pro' }, { units: { user: 'u2', company: 'acme' }, at: old }), met('u3'), met('u4', {}, { units: {} })])
    expect(result).toMatchObject({ accepted: 5, rejected: [{ index: 5, code: 'invalid_item', message: 'units: name at least one unit.' }] })
    const impact = (await preview('banner', { ...targeting, rules: [forPlan('pro')] })).body
    expect(impact).toEqual({ basis: { units: 3, since: old }, moved: 1, share: 1 / 3, moves: [{ from: 'on', to: 'off', units: 1 }], sample: [{ unit: 'u2', from: 'on', to: 'off' }], running: null })

    const byCompany: Targeting = { ...targeting, rules: [{ id: 'c', name: '', when: { attribute: 'plan', op: 'in', values: ['pro'] }, serve: { unit: 'company', salt: 's', hash: 'murmur3', arms: [{ variant: 'off', weight: 100_000 }], coverage: 100_000 } }] }
    expect((await preview('banner', byCompany)).body).toMatchObject({ basis: { units: 1 }, moved: 1, sample: [{ unit: 'acme', from: 'on', to: 'off' }] })
  })

  test('what could not be saved has no preview', async () => {
    const { targeting } = await create('strict')
    expect((await preview('strict', { ...targeting, fallthrough: { variant: 'blue' } })).error).toMatchObject({ code: 'invalid_ruleset', details: [{ path: 'flags.strict.fallthrough.variant' }] })
    expect((await server.admin(routes.previewImpact, { params: at('nowhere'), body: { targeting } })).error?.code).toBe('not_found')
    await server.admin(routes.turnOff, { params: at('strict'), body: {} })
    expect((await server.admin(routes.archiveFlag, { params: { ...params, flag: 'strict' }, body: { basedOn: 1 } })).status).toBe(200)
    expect((await preview('strict', targeting)).error?.code).toBe('wrong_state')
  })

  test('units of a running experiment are moved only when that is meant, on every way to write', async () => {
    for (const [metric, direction] of [['orders', 'increase'], ['refunds', 'decrease'], ['revenue', 'increase']] as const) {
      await server.admin(routes.createMetric, { params, body: { key: metric, name: metric, description: '', type: metric === 'revenue' ? 'mean' : 'conversion', event: metric, direction, unitLabel: '', windowHours: null } })
    }
    await create('express-pay', 'experiment')
    const hypothesis = await server.admin(routes.createHypothesis, { params, body: completeDraft() })
    const draft = await server.admin(routes.createExperiment, { params, body: { hypothesis: hypothesis.body.key, setup: completeSetup() } })
    await connectSdk(server)
    const started = await server.admin(routes.startExperiment, { params: { ...params, experiment: draft.body.key }, body: { basedOn: draft.body.revision, sealing: draft.body.sealing, reason: 'A test needs it.' } })
    expect(started.error).toBeNull()
    const experiment = draft.body.key
    const { targeting, revision } = await live('express-pay')
    const before: Targeting = { ...targeting, rules: [forPlan('pro'), ...targeting.rules] }
    const save = (body: { targeting: Targeting; confirmMoves?: true }) => server.admin(routes.saveTargeting, { params: at('express-pay'), body: { basedOn: revision, ...body } })

    // Whatever arm the units were in, "off" is another one for those in "on".
    const exposed = Array.from({ length: 40 }, (_, index) => `exposed-${index}`)
    const decided = await Promise.all(exposed.map(async (unit) => (await server.admin(routes.evaluateInPlayground, { params: { ...params, environment: 'production' }, body: { context: { targetingKey: unit }, flag: 'express-pay' } })).body.results[0]))
    const inOn = decided.filter((result) => result?.variant === 'on').length
    expect(inOn).toBeGreaterThan(0)
    await send(exposed.map((unit, index) => ({ kind: 'exposure', id: randomUUID(), at: now().toISOString(), experiment, phase: 1, unitType: 'user', unit, variant: decided[index]?.variant ?? 'off', attributes: { plan: 'pro' } })))

    expect((await preview('express-pay', before)).body).toMatchObject({ running: { experiment, moved: inOn } })
    const refused = await save({ targeting: before })
    expect([refused.status, refused.error?.code]).toEqual([409, 'confirmation_required'])
    expect(refused.error?.details as Impact).toMatchObject({ running: { experiment, moved: inOn } })
    expect((await live('express-pay')).revision).toBe(revision)
    // A rule that none of them meets needs no confirmation.
    const harmless = await save({ targeting: { ...targeting, rules: [forPlan('enterprise'), ...targeting.rules] } })
    expect(harmless.error).toBeNull()

    const stagingRules = await server.admin(routes.saveTargeting, { params: at('express-pay', 'staging'), body: { basedOn: 1, targeting: { ...targeting, rules: [{ ...forPlan('pro'), id: 'enterprise' }] } } })
    expect(stagingRules.error).toBeNull()
    const basedOn = harmless.body.revision
    const promote = (body: { confirmMoves?: true }) => server.admin(routes.promoteTargeting, { params: at('express-pay'), body: { from: 'staging', basedOn, ...body } })
    expect((await promote({})).error?.code).toBe('confirmation_required')

    // A change that was scheduled has nobody to ask: it waits for a person.
    const local = new Date(now().getTime() + 120_000).toISOString().slice(0, 16)
    const proposed = await server.admin(routes.proposeChange, { params: at('express-pay'), body: { basedOn, targeting: { ...harmless.body.targeting, rules: [forPlan('pro'), ...harmless.body.targeting.rules] }, reason: 'Pro is off.', schedule: { local, timeZone: 'UTC' } } })
    expect(proposed.body.status).toBe('scheduled')
    ahead += 180_000
    await applyDueChanges(server.deps, new AbortController().signal)
    const change = { ...params, change: proposed.body.key }
    expect((await server.admin(routes.getChange, { params: change })).body).toMatchObject({ status: 'approved', failure: expect.stringContaining(`exposed to ${experiment}`) as string })
    expect((await server.admin(routes.applyChange, { params: change, body: { revision: 1 } })).error?.code).toBe('confirmation_required')

    // Off and on again breaks no assignment: the switch never asks.
    expect((await server.admin(routes.turnOff, { params: at('express-pay'), body: {} })).status).toBe(200)
    const off = await live('express-pay')
    expect((await server.admin(routes.turnOn, { params: at('express-pay'), body: { basedOn: off.revision } })).status).toBe(200)
    expect((await server.admin(routes.applyChange, { params: change, body: { revision: 1, confirmMoves: true } })).body.status).toBe('applied')
  })
})

describe.each(['pglite', 'postgres'] as const)('the policy of an environment on %s', (database) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ database })
    await server.admin(routes.createFlag, { params, body: { key: 'banner', name: 'Banner', kind: 'release', type: 'boolean', variants } })
    await server.admin(routes.updateEnvironment, { params: { ...params, environment: 'production' }, body: { basedOn: 1, policy: { approvals: 1, approvers: ['engineer', 'admin'], requireReason: true } } })
    await server.admin(routes.updateEnvironment, { params: { ...params, environment: 'staging' }, body: { basedOn: 1, policy: { approvals: 0, approvers: ['admin'], requireReason: true } } })
  })
  afterAll(() => server.close())
  const at = (environment: string) => ({ ...params, flag: 'banner', environment })

  test('every way to write asks for a review, but turning off', async () => {
    const engineer = await server.as('engineer')
    const { environments } = (await engineer(routes.getFlag, { params: { ...params, flag: 'banner' } })).body
    const state = environments.find(({ environment }) => environment === 'production')
    if (!state) throw new Error('production')
    const on: Targeting = { ...state.targeting, enabled: true }
    const body = { basedOn: 1, reason: 'Because.' }
    const attempts = [
      await engineer(routes.saveTargeting, { params: at('production'), body: { ...body, targeting: on } }),
      await engineer(routes.turnOn, { params: at('production'), body }),
      await engineer(routes.promoteTargeting, { params: at('production'), body: { ...body, from: 'development' } }),
    ]
    // Promoting the same "off" is no more than turning off.
    expect(attempts.map(({ error }) => error?.code ?? null)).toEqual(['approval_required', 'approval_required', null])
    expect(attempts[0]?.error?.details).toEqual({ policy: { approvals: 1, approvers: ['engineer', 'admin'], requireReason: true } })
    expect((await engineer(routes.turnOff, { params: at('production'), body: {} })).status).toBe(200)
    expect((await engineer(routes.turnOn, { params: at('production'), body: { ...body, basedOn: 3, bypass: true } })).error?.code).toBe('forbidden')
  })

  test('an admin goes past the review with a reason, and the audit log says so', async () => {
    const now = (await server.admin(routes.getFlag, { params: { ...params, flag: 'banner' } })).body.environments.find(({ environment }) => environment === 'production')
    const body = { basedOn: now?.revision ?? 0, bypass: true as const }
    expect((await server.admin(routes.turnOn, { params: at('production'), body })).error?.code).toBe('reason_required')
    expect((await server.admin(routes.turnOn, { params: at('production'), body: { ...body, reason: 'Checkout is down.' } })).body.targeting.enabled).toBe(true)
    const [entry] = (await server.admin(routes.listAudit, { params, query: { kind: 'flag', key: 'banner' } })).body.entries
    expect(entry).toMatchObject({ action: 'flag.bypassed', reason: 'Checkout is down.', actor: { name: 'Ada Admin' }, before: { enabled: false }, after: { enabled: true } })
  })

  test('an environment may ask for a reason without a review', async () => {
    expect((await server.admin(routes.turnOn, { params: at('staging'), body: { basedOn: 1 } })).error?.code).toBe('reason_required')
    expect((await server.admin(routes.turnOn, { params: at('staging'), body: { basedOn: 1, reason: 'Ready.' } })).status).toBe(200)
  })
  test('the value of a variant that is served where changes are reviewed is not changed behind the review', async () => {
    const { revision } = (await server.admin(routes.createFlag, { params, body: { key: 'limit', name: 'Limit', kind: 'operational', type: 'integer', variants: [{ key: 'low', value: 1 }, { key: 'high', value: 9 }] } })).body
    const update = (low: number, high: number) => server.admin(routes.updateFlag, { params: { ...params, flag: 'limit' }, body: { basedOn: revision, variants: [{ key: 'low', value: low }, { key: 'high', value: high }] } })
    // Off, the flag serves low everywhere.
    expect((await update(2, 9)).error).toMatchObject({ code: 'approval_required', details: { environment: 'production', variant: 'low' } })
    expect((await update(1, 10)).error).toBeNull()
  })
})

test('while the event store is away, moves cannot be counted: a write asks, a preview says so', async () => {
  const server = await startTestServer({ events: false })
  try {
    for (const metric of ['orders', 'refunds', 'revenue']) await server.admin(routes.createMetric, { params, body: { key: metric, name: metric, description: '', type: 'conversion', event: metric, direction: metric === 'refunds' ? 'decrease' : 'increase', unitLabel: '', windowHours: null } })
    await server.admin(routes.createFlag, { params, body: { key: 'express-pay', name: 'Express pay', kind: 'experiment', type: 'boolean', variants } })
    const place = { ...params, flag: 'express-pay', environment: 'production' }
    await server.admin(routes.turnOn, { params: place, body: { basedOn: 1 } })
    const hypothesis = await server.admin(routes.createHypothesis, { params, body: completeDraft() })
    const draft = await server.admin(routes.createExperiment, { params, body: { hypothesis: hypothesis.body.key, setup: completeSetup() } })
    await connectSdk(server)
    const started = await server.admin(routes.startExperiment, { params: { ...params, experiment: draft.body.key }, body: { basedOn: draft.body.revision, sealing: draft.body.sealing, reason: 'A test needs it.' } })
    expect(started.error).toBeNull()
    const state = (await server.admin(routes.getFlag, { params: { ...params, flag: 'express-pay' } })).body.environments.find(({ environment }) => environment === 'production')
    if (!state) throw new Error('production')
    const targeting: Targeting = { ...state.targeting, rules: [{ id: 'all', name: '', serve: { variant: 'off' } }, ...state.targeting.rules] }
    expect((await server.admin(routes.previewImpact, { params: place, body: { targeting } })).error?.code).toBe('storage_unavailable')
    const refused = await server.admin(routes.saveTargeting, { params: place, body: { basedOn: state.revision, targeting } })
    expect(refused.error).toMatchObject({ code: 'confirmation_required', details: { basis: { units: 0 }, running: { experiment: draft.body.key } } })
    expect(refused.error?.message).toContain('cannot be counted')
    expect((await server.admin(routes.saveTargeting, { params: place, body: { basedOn: state.revision, targeting, confirmMoves: true } })).status).toBe(200)
  } finally {
    await server.close()
  }
})
