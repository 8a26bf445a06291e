import { createClient } from '@assay/sdk'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ExperimentSetup } from '../contract/experiments.ts'
import type { Targeting, TargetingRule } from '../contract/flags.ts'
import { routes } from '../contract/routes.ts'
import { connectSdk } from '../testing/connected-sdk.ts'
import { completeDraft, completeSetup } from '../testing/drafts.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

describe.each(['pglite', 'postgres'] as const)('layers and holdouts on %s', (database) => {
  let server: TestServer
  let serverKey: string
  const params = { project: 'shop' }

  beforeAll(async () => {
    server = await startTestServer({ database })
    await connectSdk(server)
    serverKey = await server.key('server', 'production')
    await server.admin(routes.updateProject, { params, body: { basedOn: 1, unitTypes: [{ key: 'user', attribute: 'targetingKey' }, { key: 'company', attribute: 'company.id' }] } })
    for (const [key, direction] of [['orders', 'increase'], ['refunds', 'decrease'], ['revenue', 'increase']] as const) {
      await server.admin(routes.createMetric, { params, body: { key, name: key, description: '', type: key === 'revenue' ? 'mean' : 'conversion', event: key, direction, unitLabel: '', windowHours: null } })
    }
  })
  afterAll(() => server.close())

  async function create(key: string): Promise<void> {
    const created = await server.admin(routes.createFlag, { params, body: { key, name: key, kind: 'experiment', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })
    expect(created.error).toBeNull()
  }
  async function save(flag: string, change: Partial<Targeting>, environment = 'production') {
    const { body } = await server.admin(routes.getFlag, { params: { ...params, flag } })
    const state = body.environments.find((item) => item.environment === environment)
    if (!state) throw new Error(`${flag} is not in ${environment}`)
    return server.admin(routes.saveTargeting, { params: { ...params, flag, environment }, body: { basedOn: state.revision, targeting: { ...state.targeting, ...change } } })
  }
  const inLayer = (from: number, to: number, more: { unit?: string; layer?: string } = {}): TargetingRule => ({
    id: 'part', name: '', serve: { unit: more.unit ?? 'user', salt: 'p', hash: 'murmur3', arms: [{ variant: 'off', weight: 50_000 }, { variant: 'on', weight: 50_000 }], coverage: 100_000, layer: { key: more.layer ?? 'checkout', from, to } },
  })
  async function ruleset() {
    const response = await fetch(new URL('/sdk/v1/ruleset', server.url), { headers: { authorization: `Bearer ${serverKey}` } })
    return (await response.json()) as { version: number; layers: object[]; holdouts: { key: string; salt: string }[]; flags: { key: string; rules: { heldOut?: true }[] }[] }
  }
  const audit = async (kind: string, key: string) => (await server.admin(routes.listAudit, { params, query: { kind, key } })).body.entries
  async function draftExperiment(flag: string, change: Partial<ExperimentSetup> = {}) {
    const hypothesis = await server.admin(routes.createHypothesis, { params, body: completeDraft() })
    const draft = await server.admin(routes.createExperiment, { params, body: { hypothesis: hypothesis.body.key, setup: { ...completeSetup(), flag, ...change } } })
    expect(draft.error).toBeNull()
    return draft
  }
  async function startExperiment(flag: string): Promise<string> {
    const draft = await draftExperiment(flag)
    const started = await server.admin(routes.startExperiment, { params: { ...params, experiment: draft.body.key }, body: { basedOn: draft.body.revision, sealing: draft.body.sealing, reason: 'A test needs it.' } })
    expect(started.error).toBeNull()
    return draft.body.key
  }

  test('a layer is served with a salt of its own, and says what takes which part', async () => {
    const created = await server.admin(routes.createLayer, { params, body: { key: 'checkout', name: 'Checkout', unit: 'user' } })
    expect(created.status).toBe(201)
    expect(created.body).toMatchObject({ key: 'checkout', unit: 'user', createdBy: 'Ada Admin', taken: [] })
    expect((await ruleset()).layers).toEqual([{ key: 'checkout', unit: 'user', salt: expect.stringMatching(/^checkout\.[0-9a-f]{12}$/) as unknown }])
    expect((await audit('layer', 'checkout'))[0]).toMatchObject({ action: 'layer.created', after: { name: 'Checkout', unit: 'user' } })
    for (const key of ['first', 'second']) await create(key)
    expect((await save('second', { rules: [inLayer(50_000, 100_000)] })).error).toBeNull()
    expect((await save('first', { rules: [inLayer(0, 50_000)] })).error).toBeNull()
    const { layers } = (await server.admin(routes.listLayers, { params })).body
    expect(layers).toMatchObject([{ key: 'checkout', taken: [{ flag: 'first', environment: 'production', rule: 'part', experiment: null, from: 0, to: 50_000 }, { flag: 'second', from: 50_000, to: 100_000 }] }])
    expect((await server.admin(routes.createLayer, { params, body: { key: 'checkout', name: 'Again', unit: 'user' } })).error?.code).toBe('already_exists')
    expect((await server.admin(routes.createLayer, { params, body: { key: 'other', name: 'Other', unit: 'planet' } })).error).toMatchObject({ code: 'invalid_request', details: [{ path: 'unit' }] })
    expect((await (await server.as('product_owner'))(routes.createLayer, { params, body: { key: 'other', name: 'Other', unit: 'user' } })).status).toBe(403)
  })

  test('a part that somebody has, and a split by another unit, are refused', async () => {
    await create('third')
    const taken = await save('third', { rules: [inLayer(40_000, 60_000)] })
    expect(taken.error).toMatchObject({ code: 'invalid_ruleset', details: expect.arrayContaining([{ path: 'flags.third.rules.0.serve.layer', message: 'Rule 1 of third takes 40% to 60% of the layer checkout, of which rule 1 of first has 0% to 50%: choose a part that is free.' }]) as unknown })
    // Elsewhere the same part is free.
    expect((await save('third', { rules: [inLayer(40_000, 60_000)] }, 'staging')).error).toBeNull()
    const unit = await save('third', { rules: [inLayer(0, 1, { unit: 'company' })] })
    expect(unit.error?.message).toContain('splits by company, but the layer checkout is one of user')
    const unknown = await save('third', { rules: [inLayer(0, 1, { layer: 'nowhere' })] })
    expect(unknown.error?.message).toContain('refers to the layer nowhere, which does not exist')
  })

  test('a layer is deleted once nothing takes a part of it', async () => {
    const refused = await server.admin(routes.deleteLayer, { params: { ...params, layer: 'checkout' } })
    expect(refused.error).toMatchObject({ code: 'wrong_state', message: 'The layer Checkout cannot be deleted: first in production and 2 more take a part of it.' })
    for (const [flag, environment] of [['first', 'production'], ['second', 'production'], ['third', 'staging']] as const) await save(flag, { rules: [] }, environment)
    expect((await server.admin(routes.deleteLayer, { params: { ...params, layer: 'checkout' } })).status).toBe(204)
    expect((await ruleset()).layers).toEqual([])
    expect((await audit('layer', 'checkout'))[0]).toMatchObject({ action: 'layer.deleted' })
    expect((await server.admin(routes.deleteLayer, { params: { ...params, layer: 'checkout' } })).status).toBe(404)
  })

  test('two experiments in one layer share nobody, and a part that is taken starts none', async () => {
    expect((await server.admin(routes.createLayer, { params, body: { key: 'search', name: 'Search', unit: 'user' } })).error).toBeNull()
    const started: string[] = []
    for (const [flag, from, to] of [['ranking', 0, 50_000], ['filters', 50_000, 100_000]] as const) {
      await create(flag)
      await save(flag, { enabled: true })
      const draft = await draftExperiment(flag, { layer: { key: 'search', from, to } })
      const answer = await server.admin(routes.startExperiment, { params: { ...params, experiment: draft.body.key }, body: { basedOn: draft.body.revision, sealing: draft.body.sealing, reason: 'A test needs it.' } })
      expect(answer.error).toBeNull()
      expect(answer.body.plan?.layer).toEqual({ key: 'search', from, to })
      started.push(answer.body.key)
    }
    expect((await server.admin(routes.listLayers, { params })).body.layers).toMatchObject([{ taken: [{ flag: 'ranking', experiment: started[0] }, { flag: 'filters', experiment: started[1] }] }])
    await create('late')
    await save('late', { enabled: true })
    const late = await draftExperiment('late', { layer: { key: 'search', from: 49_000, to: 50_000 } })
    const taken = { id: 'layer', state: 'blocker', evidence: `It asks for 49% to 50% of the layer search, of which ${started[0] ?? ''} has 0% to 50% in production: choose a part that is free, or end what has it.` }
    expect(late.body.checklist.find(({ id }) => id === 'layer')).toMatchObject(taken)
    const refused = await server.admin(routes.startExperiment, { params: { ...params, experiment: late.body.key }, body: { basedOn: late.body.revision, sealing: late.body.sealing, reason: 'A test needs it.' } })
    expect(refused.error).toMatchObject({ code: 'plan_incomplete', message: `${late.body.key} cannot start yet. ${taken.evidence}`, details: [taken] })

    const client = createClient({ url: server.url, key: serverKey })
    expect(await client.ready()).toBe('ready')
    const met = Array.from({ length: 400 }, (_, i) => ['ranking', 'filters'].filter((flag) => client.getBooleanDetails(flag, false, { targetingKey: `u${i}` }).experiment !== undefined))
    await client.close()
    expect(met.filter((flags) => flags.length !== 1)).toEqual([])
    expect(met.filter(([flag]) => flag === 'ranking').length).toBeGreaterThan(150)
    expect((await server.admin(routes.stopExperiment, { params: { ...params, experiment: started[0] ?? '' }, body: { reason: 'Enough.' } })).error).toBeNull()
    const { checklist } = (await server.admin(routes.getExperiment, { params: { ...params, experiment: late.body.key } })).body
    expect(checklist.find(({ id }) => id === 'layer')).toMatchObject({ state: 'ok', evidence: 'Nobody else has any of 49% to 50% in production.' })
    const again = await server.admin(routes.startExperiment, { params: { ...params, experiment: late.body.key }, body: { basedOn: late.body.revision, sealing: late.body.sealing, reason: 'A test needs it.' } })
    expect(again.error).toBeNull()
  })

  test('a draft says where its layer is missing or divides by another unit, and does not start', async () => {
    expect((await server.admin(routes.createLayer, { params, body: { key: 'firms', name: 'Firms', unit: 'company' } })).error).toBeNull()
    await create('invoices')
    for (const [key, evidence] of [['firms', 'The layer firms divides by company, and the experiment by user: choose a layer that divides by user, or none.'], ['nowhere', 'There is no layer nowhere: create it, or choose another layer or none.']] as const) {
      const draft = await draftExperiment('invoices', { layer: { key, from: 0, to: 50_000 } })
      expect(draft.body.checklist.find(({ id }) => id === 'layer')).toMatchObject({ state: 'blocker', evidence })
      const refused = await server.admin(routes.startExperiment, { params: { ...params, experiment: draft.body.key }, body: { basedOn: draft.body.revision, sealing: draft.body.sealing, reason: 'A test needs it.' } })
      expect(refused.error).toMatchObject({ code: 'plan_incomplete', message: `${draft.body.key} cannot start yet. ${evidence}` })
    }
  })

  test('a holdout keeps its share out of an experiment, and what both see arrives', async () => {
    await create('express-pay')
    await save('express-pay', { enabled: true })
    const experiment = await startExperiment('express-pay')
    const created = await server.admin(routes.createHoldout, { params, body: { key: 'year', name: 'The year', unit: 'user', share: 30_000, reason: 'To see what all of it is worth.' } })
    expect(created.body).toMatchObject({ key: 'year', from: 0, to: 30_000, createdBy: 'Ada Admin' })
    expect((await audit('holdout', 'year'))[0]).toMatchObject({ action: 'holdout.created', reason: 'To see what all of it is worth.', after: { unit: 'user', from: 0, to: 30_000 } })
    expect((await ruleset()).holdouts).toMatchObject([{ key: 'year', unit: 'user', from: 0, to: 30_000 }])

    const client = createClient({ url: server.url, key: serverKey, flushIntervalMs: 50 })
    expect(await client.ready()).toBe('ready')
    const held = new Set<string>()
    for (let i = 0; i < 300; i++) {
      const unit = `customer-${i}`
      const { experiment: met } = client.getBooleanDetails('express-pay', false, { targetingKey: unit })
      if (met === undefined) held.add(unit)
    }
    expect(held.size).toBeGreaterThan(60)
    expect(held.size).toBeLessThan(120)
    expect(await client.close()).toMatchObject({ rejected: 0, dropped: {} })

    const exposed = async (of: string) => (await server.deps.events.query({ query: 'SELECT unit, variant FROM exposure FINAL WHERE experiment = {of:String} ORDER BY unit', query_params: { of }, format: 'JSONEachRow' })).json<{ unit: string; variant: string }>()
    await vi.waitFor(async () => { expect(await exposed('holdout:year')).toHaveLength(300) }, { timeout: 20_000 })
    const seen = await exposed('holdout:year')
    expect(new Set(seen.filter(({ variant }) => variant === 'held').map(({ unit }) => unit))).toEqual(held)
    expect(seen.filter(({ variant }) => variant === 'open')).toHaveLength(300 - held.size)
    expect((await exposed(experiment)).map(({ unit }) => unit)).toEqual(seen.filter(({ variant }) => variant === 'open').map(({ unit }) => unit))

    const decided = await server.admin(routes.decideExperiment, { params: { ...params, experiment }, body: { choice: 'ship', variant: 'on', note: 'Nobody waits for it.', learning: 'It works.' } })
    expect(decided.error).toBeNull()
    expect((await ruleset()).flags.find(({ key }) => key === 'express-pay')?.rules).toMatchObject([{ serve: { variant: 'on' }, heldOut: true }])
  })

  test('an unknown holdout, a wrong unit type and another variant are refused by index', async () => {
    const item = (change: object) => ({ kind: 'exposure', id: crypto.randomUUID(), at: new Date().toISOString(), experiment: 'holdout:year', phase: 1, unitType: 'user', unit: 'u', variant: 'held', ...change })
    const response = await fetch(new URL('/sdk/v1/events', server.url), {
      method: 'POST', headers: { authorization: `Bearer ${serverKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ sentAt: new Date().toISOString(), items: [item({}), item({ experiment: 'holdout:none' }), item({ unitType: 'company' }), item({ variant: 'on' }), item({ phase: 2 })] }),
    })
    expect(await response.json()).toMatchObject({ accepted: 1, rejected: [{ index: 1, code: 'unknown_experiment' }, { index: 2, code: 'wrong_unit_type' }, { index: 3, code: 'unknown_variant' }, { index: 4, code: 'unknown_phase' }] })
  })

  test('a released holdout is over for everybody, and its key is not used again', async () => {
    const unitInUse = await server.admin(routes.createHoldout, { params, body: { key: 'companies', name: 'Companies', unit: 'company', share: 1000 } })
    expect(unitInUse.error).toBeNull()
    const lost = await server.admin(routes.updateProject, { params, body: { basedOn: 2, unitTypes: [{ key: 'user', attribute: 'targetingKey' }] } })
    expect(lost.error?.message).toBe('The unit type company cannot be removed: the holdout companies uses it.')

    const release = async (holdout: string) => server.admin(routes.releaseHoldout, { params: { ...params, holdout } })
    expect((await release('companies')).status).toBe(204)
    expect((await ruleset()).flags.find(({ key }) => key === 'express-pay')?.rules).toMatchObject([{ heldOut: true }])
    expect((await release('year')).status).toBe(204)
    const served = await ruleset()
    expect(served.holdouts).toEqual([])
    expect(served.flags.find(({ key }) => key === 'express-pay')?.rules[0]).not.toHaveProperty('heldOut')
    expect((await audit('holdout', 'year'))[0]).toMatchObject({ action: 'holdout.released', before: { from: 0, to: 30_000 } })
    expect((await audit('flag', 'express-pay'))[0]).toMatchObject({ action: 'flag.targeting_changed', environment: 'production' })
    expect((await server.admin(routes.listHoldouts, { params })).body.holdouts).toEqual([])
    expect((await release('year')).status).toBe(404)
    const again = await server.admin(routes.createHoldout, { params, body: { key: 'year', name: 'Again', unit: 'user', share: 1000 } })
    expect([again.status, again.error?.code]).toEqual([409, 'key_retired'])
    expect((await server.admin(routes.verifyAudit, { params, query: {} })).body.verified).toBe(true)
  })

  test('a share of nobody, or of more than half, is refused', async () => {
    for (const share of [0, 50_001, 0.5]) expect((await server.admin(routes.createHoldout, { params, body: { key: 'odd', name: 'Odd', unit: 'user', share } })).error?.code).toBe('invalid_request')
  })
})
