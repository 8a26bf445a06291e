import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Ruleset } from '@assay/sdk/core'
import type { RevisionConflict } from '../contract/errors.ts'
import type { FlagDetail, Targeting } from '../contract/flags.ts'
import { routes } from '../contract/routes.ts'
import { connectSdk } from '../testing/connected-sdk.ts'
import { completeDraft, completeSetup } from '../testing/drafts.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

describe.each(['pglite', 'postgres'] as const)('flags on %s', (database) => {
  let server: TestServer
  let serverKey: string
  const params = { project: 'shop' }

  beforeAll(async () => {
    server = await startTestServer({ database })
    serverKey = await server.key('server', 'production')
  })
  afterAll(() => server.close())

  async function create(key: string, more: { kind?: 'release' | 'experiment' } = {}): Promise<FlagDetail> {
    const created = await server.admin(routes.createFlag, { params, body: { key, name: `Flag ${key}`, kind: 'release', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }], ...more } })
    expect(created.status).toBe(201)
    return created.body
  }
  const at = (flag: string, environment = 'production') => ({ ...params, flag, environment })
  function stateOf(flag: FlagDetail, environment = 'production') {
    const state = flag.environments.find((item) => item.environment === environment)
    if (!state) throw new Error(`${flag.key} is not in ${environment}`)
    return state
  }
  async function ruleset(): Promise<Ruleset> {
    return (await (await fetch(new URL('/sdk/v1/ruleset', server.url), { headers: { authorization: `Bearer ${serverKey}` } })).json()) as Ruleset
  }
  async function wireFlag(key: string) {
    return (await ruleset()).flags.find((flag) => flag.key === key)
  }
  async function auditOf(key: string) {
    return (await server.admin(routes.listAudit, { params, query: { kind: 'flag', key } })).body.entries
  }

  test('a new flag is off in every environment and served at once', async () => {
    const before = (await ruleset()).version
    const flag = await create('checkout')
    expect(flag.environments.map(({ environment, targeting }) => [environment, targeting.enabled, targeting.offVariant])).toEqual([['development', false, 'off'], ['staging', false, 'off'], ['production', false, 'off']])
    expect(flag.owner).toBe('Ada Admin')
    const served = await ruleset()
    expect(served.version).toBe(before + 1)
    expect(served.flags.find((item) => item.key === 'checkout')).toEqual({
      key: 'checkout', type: 'boolean', enabled: false, clientVisible: false, revision: 1, variants: [{ key: 'off', value: false }, { key: 'on', value: true }], offVariant: 'off', rules: [], fallthrough: { variant: 'on' },
    })
    expect((await server.admin(routes.createFlag, { params, body: { key: 'checkout', name: 'Again', kind: 'release', type: 'boolean', variants: [{ key: 'on', value: true }] } })).error?.code).toBe('already_exists')
  })

  test('turning on and off is one version, one audit entry and one step of the revision each', async () => {
    const flag = await create('banner')
    const before = (await ruleset()).version
    const on = await server.admin(routes.turnOn, { params: at('banner'), body: { basedOn: stateOf(flag).revision, reason: 'Ready.' } })
    expect(on.body).toMatchObject({ environment: 'production', revision: 2, targeting: { enabled: true }, changedBy: 'Ada Admin' })
    expect(await wireFlag('banner')).toMatchObject({ enabled: true, revision: 2 })
    const off = await server.admin(routes.turnOff, { params: at('banner'), body: {} })
    expect(off.body).toMatchObject({ revision: 3, targeting: { enabled: false } })
    expect((await ruleset()).version).toBe(before + 2)
    const [turnedOff, turnedOn, created] = await auditOf('banner')
    expect(turnedOff).toMatchObject({ action: 'flag.turned_off', environment: 'production', before: { enabled: true }, after: { enabled: false }, revision: 3, reason: null })
    expect(turnedOn).toMatchObject({ action: 'flag.turned_on', environment: 'production', reason: 'Ready.', actor: { name: 'Ada Admin' } })
    expect(created).toMatchObject({ action: 'flag.created', environment: null })
  })

  test('why it was turned off is recorded afterwards, without a new version', async () => {
    await create('explained')
    await server.admin(routes.turnOff, { params: at('explained'), body: {} })
    const before = (await ruleset()).version
    expect((await server.admin(routes.explainFlag, { params: at('explained'), body: { reason: 'Errors rose.' } })).status).toBe(204)
    expect((await ruleset()).version).toBe(before)
    expect((await auditOf('explained'))[0]).toMatchObject({ action: 'flag.explained', environment: 'production', reason: 'Errors rose.', before: null, after: null, revision: 2 })
    expect((await server.admin(routes.explainFlag, { params: at('explained'), body: { reason: ' ' } })).error?.code).toBe('invalid_request')
    expect((await server.admin(routes.explainFlag, { params: at('nowhere'), body: { reason: 'Why?' } })).error?.code).toBe('not_found')
  })

  test('environments and the definition have revisions of their own', async () => {
    const flag = await create('search')
    const staging = await server.admin(routes.turnOn, { params: at('search', 'staging'), body: { basedOn: 1 } })
    expect(staging.body.revision).toBe(2)
    expect((await wireFlag('search'))?.revision).toBe(1)
    const production = await server.admin(routes.turnOn, { params: at('search'), body: { basedOn: stateOf(flag).revision } })
    expect(production.body.revision).toBe(3)
    const renamed = await server.admin(routes.updateFlag, { params: { ...params, flag: 'search' }, body: { basedOn: flag.revision, name: 'Search', variants: [{ key: 'off', value: false }, { key: 'on', name: 'New', value: true }] } })
    expect(renamed.body).toMatchObject({ name: 'Search', revision: 4 })
    expect(stateOf(renamed.body).revision).toBe(3)
    expect((await wireFlag('search'))?.revision).toBe(4)
    expect((await server.admin(routes.turnOff, { params: at('search', 'staging'), body: {} })).status).toBe(200)
    expect((await wireFlag('search'))?.revision).toBe(4)
  })

  test('a write on an older revision is refused with both sides', async () => {
    const flag = await create('sorting')
    const state = stateOf(flag)
    const mine: Targeting = { ...state.targeting, fallthrough: { variant: 'off' } }
    const engineer = await server.as('engineer')
    expect((await engineer(routes.saveTargeting, { params: at('sorting'), body: { basedOn: state.revision, targeting: { ...state.targeting, enabled: true } } })).status).toBe(200)
    const conflict = await server.admin(routes.saveTargeting, { params: at('sorting'), body: { basedOn: state.revision, targeting: mine } })
    expect(conflict.status).toBe(409)
    expect(conflict.error?.code).toBe('revision_conflict')
    const details = conflict.error?.details as RevisionConflict
    expect(details).toMatchObject({ basedOn: 1, currentRevision: 2, current: { targeting: { enabled: true } }, yours: mine })
    expect(details.changedBy).toMatch(/^engineer/)
    expect((await wireFlag('sorting'))?.fallthrough).toEqual({ variant: 'on' })

    const definition = await server.admin(routes.updateFlag, { params: { ...params, flag: 'sorting' }, body: { basedOn: 9, name: 'Mine' } })
    expect(definition.error?.details).toMatchObject({ basedOn: 9, currentRevision: 1, changedBy: 'Ada Admin', yours: { name: 'Mine' } })
    // Turning off never waits for a revision.
    expect((await server.admin(routes.turnOff, { params: at('sorting'), body: {} })).status).toBe(200)
  })

  test('two rules of one id, or two needs of one flag, are refused in a sentence', async () => {
    const { targeting, revision } = stateOf(await create('twice'))
    const rule = { id: 'r', name: 'R', serve: { variant: 'on' } }
    const save = (change: Partial<Targeting>) => server.admin(routes.saveTargeting, { params: at('twice'), body: { basedOn: revision, targeting: { ...targeting, ...change } } })
    expect(await save({ rules: [rule, { ...rule, name: 'Again' }] })).toMatchObject({ status: 400, error: { code: 'invalid_ruleset', message: 'twice has two rules with the id r. Nothing was saved.' } })
    expect(await save({ prerequisites: [{ flag: 'banner', variants: ['on'] }, { flag: 'banner', variants: ['off'] }] })).toMatchObject({ status: 400, error: { code: 'invalid_ruleset', message: expect.stringContaining('twice needs banner twice') } })
    const proposed = await server.admin(routes.proposeChange, { params: at('twice'), body: { basedOn: revision, targeting: { ...targeting, rules: [rule, rule] }, reason: 'It is time.' } })
    expect(proposed).toMatchObject({ status: 400, error: { code: 'invalid_ruleset', message: expect.stringContaining('two rules with the id r') } })
  })

  test('weights never change under their salt, however they are written; an earlier division comes back with its own', async () => {
    await create('divided')
    const split = (on: number, more: object = {}) => ({ unit: 'user', salt: 's1', hash: 'murmur3' as const, coverage: 100_000, arms: [{ variant: 'on', weight: on }, { variant: 'off', weight: 100_000 - on }], ...more })
    let revision = 1
    const targeting = stateOf((await server.admin(routes.getFlag, { params: { ...params, flag: 'divided' } })).body).targeting
    const save = async (serve: ReturnType<typeof split>) => {
      const saved = await server.admin(routes.saveTargeting, { params: at('divided'), body: { basedOn: revision, targeting: { ...targeting, fallthrough: serve } } })
      if (saved.error === null) revision = saved.body.revision
      return saved
    }
    expect((await save(split(50_000))).status).toBe(200)
    expect(await save(split(30_000))).toMatchObject({ status: 400, error: { code: 'invalid_ruleset', message: expect.stringContaining('new salt'), details: [{ path: 'flags.divided.fallthrough.salt' }] } })
    expect(await server.admin(routes.proposeChange, { params: at('divided'), body: { basedOn: revision, targeting: { ...targeting, fallthrough: split(30_000) }, reason: 'It is time.' } })).toMatchObject({ status: 400, error: { code: 'invalid_ruleset' } })
    expect((await save(split(70_000))).status).toBe(200)
    // A proposal may restore what stood here; a save of the same by hand is no restore.
    expect((await save(split(50_000))).error?.code).toBe('invalid_ruleset')
    const back = await server.admin(routes.proposeChange, { params: at('divided'), body: { basedOn: revision, targeting: { ...targeting, fallthrough: split(50_000) }, reason: 'It went wrong.' } })
    expect(back.status).toBe(201)
    const applied = await server.admin(routes.applyChange, { params: { ...params, change: back.body.key }, body: { revision: back.body.revision } })
    expect(applied).toMatchObject({ status: 200, body: { status: 'applied' } })
    revision = applied.body.applied?.revision ?? 0
    expect((await save(split(30_000, { salt: 's2' }))).status).toBe(200)
    const restored = await server.admin(routes.restoreTargeting, { params: at('divided'), body: { revision: 2, basedOn: revision } })
    expect(restored).toMatchObject({ status: 200, body: { targeting: { fallthrough: split(50_000) } } })
  })

  test('saving a targeting that only turns off waits for no revision', async () => {
    const flag = await create('hurry')
    const { targeting } = stateOf(flag)
    expect((await server.admin(routes.turnOn, { params: at('hurry'), body: { basedOn: 1 } })).status).toBe(200)
    const save = (change: Partial<Targeting>) => server.admin(routes.saveTargeting, { params: at('hurry'), body: { basedOn: 1, targeting: { ...targeting, ...change } } })
    expect((await save({ enabled: false, fallthrough: { variant: 'off' } })).error?.code).toBe('revision_conflict')
    expect(await save({ enabled: false })).toMatchObject({ status: 200, body: { targeting: { enabled: false } } })
  })

  test('targeting is saved whole and read back as it was written', async () => {
    const flag = await create('recommendations')
    const targeting: Targeting = {
      enabled: true,
      offVariant: null,
      prerequisites: [{ flag: 'checkout', variants: ['on'] }],
      rules: [
        { id: 'staff', name: 'Staff', when: { all: [{ attribute: 'email', op: 'ends_with', values: ['@example.com'], ignoreCase: true }, { not: { attribute: 'plan', op: 'in', values: ['free', 1, true] } }] }, serve: { variant: 'on' } },
        { id: 'part', name: '', serve: { unit: 'user', salt: 'r-1', hash: 'murmur3', arms: [{ variant: 'off', weight: 50_000 }, { variant: 'on', weight: 50_000 }], coverage: 20_000 }, heldOut: true },
      ],
      fallthrough: { variant: 'off' },
    }
    const saved = await server.admin(routes.saveTargeting, { params: at('recommendations'), body: { basedOn: stateOf(flag).revision, targeting, reason: 'Begin small.' } })
    expect(saved.status).toBe(200)
    expect(saved.body.targeting).toEqual(targeting)
    const read = await server.admin(routes.getFlag, { params: { ...params, flag: 'recommendations' } })
    expect(stateOf(read.body).targeting).toEqual(targeting)
    const wire = await wireFlag('recommendations')
    expect(wire?.rules.map((rule) => rule.id)).toEqual(['staff', 'part'])
    expect(wire).not.toHaveProperty('offVariant')
    expect(wire?.rules[0]).not.toHaveProperty('name')
    const [entry] = await auditOf('recommendations')
    expect(entry).toMatchObject({ action: 'flag.targeting_changed', before: stateOf(flag).targeting, after: targeting, reason: 'Begin small.' })
  })

  test('what the check refuses leaves nothing behind', async () => {
    const flag = await create('strict')
    const before = { ruleset: await ruleset(), audit: (await server.admin(routes.listAudit, { params, query: {} })).body.entries[0]?.seq }
    const refused = await server.admin(routes.saveTargeting, {
      params: at('strict'),
      body: { basedOn: 1, targeting: { ...stateOf(flag).targeting, enabled: true, rules: [{ id: 'r', name: '', when: { cohort: 'nobody' }, serve: { variant: 'blue' } }] } },
    })
    expect([refused.status, refused.error?.code]).toEqual([400, 'invalid_ruleset'])
    expect(refused.error?.details).toEqual([
      { path: 'flags.strict.rules.0.when.cohort', message: 'Rule 1 of strict refers to the cohort nobody, which does not exist.' },
      { path: 'flags.strict.rules.0.serve.variant', message: 'Rule 1 of strict serves blue, which is not a variant of strict.' },
    ])
    expect(await ruleset()).toEqual(before.ruleset)
    expect((await server.admin(routes.listAudit, { params, query: {} })).body.entries[0]?.seq).toBe(before.audit)
    expect((await server.admin(routes.getFlag, { params: { ...params, flag: 'strict' } })).body).toEqual(flag)
    // The revision was not used up either.
    expect((await server.admin(routes.turnOn, { params: at('strict'), body: { basedOn: 1 } })).body.revision).toBe(2)
  })

  test.each(['.', '..', '...', '__proto__', 'constructor', 'prototype'])('%s is no key of a flag', async (key) => {
    const refused = await server.admin(routes.createFlag, { params, body: { key, name: 'Odd', kind: 'release', type: 'boolean', variants: [{ key: 'on', value: true }] } })
    expect(refused).toMatchObject({ status: 400, error: { code: 'invalid_request', details: [{ path: 'key', message: expect.stringMatching(/^(A key of dots alone|Choose another name)/) }] } })
    const variant = await server.admin(routes.createFlag, { params, body: { key: 'odd', name: 'Odd', kind: 'release', type: 'boolean', variants: [{ key: 'constructor', value: true }] } })
    expect(variant.error?.details).toEqual([{ path: 'variants.0.key', message: expect.stringContaining('Choose another name') }])
  })

  test.each(['{"__proto__":{"a":1}}', '{"a":[{"constructor":1}]}', '{"prototype":null}'])('the value %s is refused, not cut', async (value) => {
    const refused = await server.admin(routes.createFlag, { params, body: { key: 'cut', name: 'Cut', kind: 'release', type: 'object', variants: [{ key: 'v', value: JSON.parse(value) as { a: string } }] } })
    expect(refused).toMatchObject({ status: 400, error: { code: 'invalid_request', message: expect.stringMatching(/(__proto__|constructor|prototype).*choose another name/) } })
  })

  test('an attribute with a name of the language is refused', async () => {
    const { targeting, revision } = stateOf(await create('odd-attribute'))
    const refused = await server.admin(routes.saveTargeting, { params: at('odd-attribute'), body: { basedOn: revision, targeting: { ...targeting, rules: [{ id: 'r', name: '', when: { attribute: 'company.constructor', op: 'exists' }, serve: { variant: 'on' } }] } } })
    expect(refused).toMatchObject({ status: 400, error: { code: 'invalid_ruleset', message: expect.stringContaining('constructor is taken by programming languages') } })
  })

  test('prerequisites never form a circle, and a variant in use cannot be removed', async () => {
    const [first, second] = [await create('first'), await create('second')]
    const needs = (flag: FlagDetail, other: string) => server.admin(routes.saveTargeting, { params: at(flag.key), body: { basedOn: stateOf(flag).revision, targeting: { ...stateOf(flag).targeting, prerequisites: [{ flag: other, variants: ['on'] }] } } })
    expect((await needs(first, 'second')).status).toBe(200)
    const circle = await needs(second, 'first')
    expect(circle.error?.code).toBe('invalid_ruleset')
    expect(circle.error?.message).toContain('in a circle')
    const removed = await server.admin(routes.updateFlag, { params: { ...params, flag: 'second' }, body: { basedOn: 1, variants: [{ key: 'off', value: false }] } })
    expect(removed.error?.code).toBe('invalid_ruleset')
    expect(removed.error?.details).toEqual([
      { path: 'flags.second.fallthrough.variant', message: 'The fallthrough of second serves on, which is not a variant of second.' },
      { path: 'flags.first.prerequisites.0.variants', message: 'In production: first needs second to be on, which is not one of its variants.' },
    ])
  })

  test('a value that does not fit the type of the flag is refused', async () => {
    const refused = await server.admin(routes.createFlag, { params, body: { key: 'limit', name: 'Limit', kind: 'operational', type: 'integer', variants: [{ key: 'half', value: 0.5 }] } })
    expect([refused.status, refused.error?.code]).toEqual([400, 'invalid_ruleset'])
    expect(refused.error?.message).toContain('must be a whole number')
    const float = await server.admin(routes.createFlag, { params, body: { key: 'ratio', name: 'Ratio', kind: 'operational', type: 'float', variants: [{ key: 'whole', value: 1 }] } })
    expect(float.status).toBe(201)
    expect(await wireFlag('ratio')).toMatchObject({ type: 'float', variants: [{ key: 'whole', value: 1 }] })
  })

  test('a key that would be dropped without a word is refused', async () => {
    const body = '{"key":"layout","name":"Layout","kind":"release","type":"object","variants":[{"key":"wide","value":{"columns":3,"__proto__":{"columns":4}}}]}'
    const refused = await server.admin.fetch('/api/v1/projects/shop/flags', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({ error: { code: 'invalid_request', message: 'variants.0.value.__proto__: A key named __proto__ cannot be kept: choose another name.' } })
  })

  test('the rule and the arms of a running experiment are locked', async () => {
    for (const [key, direction] of [['orders', 'increase'], ['refunds', 'decrease'], ['revenue', 'increase']] as const) {
      await server.admin(routes.createMetric, { params, body: { key, name: key, description: '', type: key === 'revenue' ? 'mean' : 'conversion', event: key, direction, unitLabel: '', windowHours: null } })
    }
    const flag = await create('express-pay', { kind: 'experiment' })
    await server.admin(routes.turnOn, { params: at('express-pay'), body: { basedOn: stateOf(flag).revision } })
    const hypothesis = await server.admin(routes.createHypothesis, { params, body: completeDraft() })
    const draft = await server.admin(routes.createExperiment, { params, body: { hypothesis: hypothesis.body.key, setup: completeSetup() } })
    await connectSdk(server)
    const started = await server.admin(routes.startExperiment, { params: { ...params, experiment: draft.body.key }, body: { basedOn: draft.body.revision, sealing: draft.body.sealing, reason: 'A test needs it.' } })
    expect(started.status).toBe(200)

    const state = stateOf((await server.admin(routes.getFlag, { params: { ...params, flag: 'express-pay' } })).body)
    const [rule] = state.targeting.rules
    if (!rule || 'variant' in rule.serve) throw new Error('the experiment has no rule')
    const save = (rules: Targeting['rules']) => server.admin(routes.saveTargeting, { params: at('express-pay'), body: { basedOn: state.revision, targeting: { ...state.targeting, rules } } })
    for (const rules of [[], [{ ...rule, name: 'Mine' }], [{ ...rule, serve: { ...rule.serve, coverage: 1 } }]]) {
      const refused = await save(rules)
      expect([refused.status, refused.error?.code]).toEqual([409, 'wrong_state'])
      expect(refused.error?.message).toContain(draft.body.key)
    }
    const forged = await save([rule, { ...rule, id: 'copy' }])
    expect(forged.error?.code).toBe('invalid_ruleset')
    // Nor may its split stand in for everyone else, here or on another flag: its people would be mixed with others.
    const other = stateOf(await create('bystander', { kind: 'experiment' }))
    for (const [key, on] of [['express-pay', state], ['bystander', other]] as const) {
      const elsewhere = await server.admin(routes.saveTargeting, { params: at(key), body: { basedOn: on.revision, targeting: { ...on.targeting, fallthrough: rule.serve } } })
      expect([elsewhere.status, elsewhere.error?.code], key).toEqual([400, 'invalid_ruleset'])
      expect(elsewhere.error?.message).toBe(`The fallthrough splits for the experiment ${draft.body.key}: only starting the experiment adds such a split.`)
    }
    const value = await server.admin(routes.updateFlag, { params: { ...params, flag: 'express-pay' }, body: { basedOn: 1, variants: [{ key: 'off', value: false }, { key: 'on', value: false }] } })
    expect([value.status, value.error?.code]).toEqual([409, 'wrong_state'])
    // Rules around it stay free.
    expect((await save([{ id: 'staff', name: 'Staff', when: { attribute: 'staff', op: 'exists' }, serve: { variant: 'on' } }, rule])).status).toBe(200)

    const { flags } = (await server.admin(routes.listFlags, { params, query: { q: 'EXPRESS' } })).body
    expect(flags).toMatchObject([{ key: 'express-pay', experiment: { key: draft.body.key, hypothesis: hypothesis.body.key, level: 2, status: 'running' } }])
    expect(flags[0]?.environments.find(({ environment }) => environment === 'production')).toMatchObject({ enabled: true, rules: 2, fallthrough: { variant: 'off' }, offVariant: 'off', split: { experiment: draft.body.key } })
  })

  test('the list searches literally', async () => {
    await create('odd_name')
    const search = async (text: string) => (await server.admin(routes.listFlags, { params, query: { q: text } })).body.flags.map((flag) => flag.key)
    expect(await search('odd_n')).toEqual(['odd_name'])
    expect(await search('o_d')).toEqual([])
    expect(await search('%')).toEqual([])
    expect((await search('')).length).toBeGreaterThan(5)
  })

  test('who may not write is refused, what does not exist is named', async () => {
    const viewer = await server.as('viewer')
    expect((await viewer(routes.turnOff, { params: at('checkout'), body: {} })).status).toBe(403)
    expect((await viewer(routes.getFlag, { params: { ...params, flag: 'checkout' } })).status).toBe(200)
    expect((await server.admin(routes.getFlag, { params: { ...params, flag: 'gone' } })).error?.message).toBe('There is no flag with the key gone.')
    expect((await server.admin(routes.turnOff, { params: at('checkout', 'moon'), body: {} })).error?.message).toBe('This project has no environment moon.')
  })

  test('text that the database cannot store is a clear refusal', async () => {
    for (const bad of ['half \ud800', 'nul \0']) {
      const refused = await server.admin(routes.createFlag, { params, body: { key: 'odd', name: bad, kind: 'release', type: 'string', variants: [{ key: 'a', value: bad }] } })
      expect(refused.status, JSON.stringify(bad)).toBe(400)
    }
  })
})
