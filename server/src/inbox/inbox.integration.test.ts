import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WaitingItem } from '../contract/inbox.ts'
import { routes } from '../contract/routes.ts'
import type { Api } from '../testing/api.ts'
import { completeDraft } from '../testing/drafts.ts'
import { recordExperiment } from '../testing/recorded-experiment.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const params = { project: 'shop' }
const names = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}-${index}`)

describe('the inbox', () => {
  let server: TestServer
  let engineer: Api
  let owner: Api
  let ahead = 0

  beforeAll(async () => {
    server = await startTestServer({ now: () => new Date(Date.now() + ahead) })
    engineer = await server.as('engineer')
    owner = await server.as('product_owner')
  })
  afterAll(() => server.close())

  async function inbox(api: Api, ...kinds: WaitingItem['kind'][]): Promise<Pick<WaitingItem, 'key' | 'urgency' | 'sentence'>[]> {
    const { body, error } = await api(routes.getInbox, { params })
    expect(error).toBeNull()
    return body.items.filter(({ kind }) => kinds.includes(kind)).map(({ key, urgency, sentence }) => ({ key, urgency, sentence }))
  }
  async function flag(key: string): Promise<void> {
    expect((await engineer(routes.createFlag, { params, body: { key, name: key, kind: 'release', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })).error).toBeNull()
  }
  async function propose(api: Api, key: string): Promise<string> {
    const state = (await api(routes.getFlag, { params: { ...params, flag: key } })).body.environments.find(({ environment }) => environment === 'production')
    if (!state) throw new Error(key)
    const proposed = await api(routes.proposeChange, { params: { ...params, flag: key, environment: 'production' }, body: { basedOn: state.revision, targeting: { ...state.targeting, enabled: true }, reason: 'It is time.' } })
    expect(proposed.error).toBeNull()
    return proposed.body.key
  }

  test('is empty for everybody in a fresh project', async () => {
    for (const api of [server.admin, engineer, owner]) expect((await api(routes.getInbox, { params })).body).toEqual({ items: [], counts: { now: 0, next: 0, later: 0 } })
  })

  test('asks the engineer for the exposure of a hypothesis that the product owner wrote, and nobody once there is an experiment', async () => {
    await flag('express-pay')
    const metrics = ['orders', 'refunds', 'revenue']
    for (const key of metrics) await owner(routes.createMetric, { params, body: { key, name: key, description: '', type: 'conversion', event: key, direction: 'increase', unitLabel: '', windowHours: null } })
    const begun = (await owner(routes.createHypothesis, { params, body: { ...completeDraft(), because: '' } })).body
    expect(await inbox(owner, 'write', 'expose')).toEqual([{ key: begun.key, urgency: 'later', sentence: 'You began it. Say why you believe it.' }])
    expect(await inbox(engineer, 'write', 'expose')).toEqual([])

    await owner(routes.saveHypothesis, { params: { ...params, hypothesis: begun.key }, body: { basedOn: begun.revision, draft: completeDraft() } })
    expect(await inbox(owner, 'write', 'expose')).toEqual([])
    expect(await inbox(engineer, 'expose')).toEqual([{ key: begun.key, urgency: 'next', sentence: 'product_owner 2 has written it down. It needs exposure: say which flag shows the change, and to whom.' }])
    const start = await owner(routes.createExperiment, { params, body: { hypothesis: begun.key, setup: { flag: 'express-pay', environment: 'production', unitType: 'user', assignment: 'internal', arms: [{ variant: 'off', weight: 1 }, { variant: 'on', weight: 1 }], control: 'off', coverage: 1, mode: 'fixed', plannedUnits: 1000, plannedDays: null, minDays: 0, alpha: 0.05, power: 0.8 } } })
    expect(start.error).toBeNull()
    expect(await inbox(engineer, 'expose')).toEqual([])
    expect(await inbox(owner, 'start')).toMatchObject([{ key: start.body.key, urgency: 'later' }])
  })

  test('holds a change for whoever takes the next step, and its rejection for its author until they propose another', async () => {
    await flag('banner')
    const key = await propose(owner, 'banner')
    expect(await inbox(engineer, 'review')).toEqual([{ key, urgency: 'next', sentence: 'product_owner 2 proposes to change banner in production, and you may approve it.' }])
    expect(await inbox(owner, 'review', 'apply', 'revise')).toEqual([])
    await engineer(routes.reviewChange, { params: { ...params, change: key }, body: { revision: 1, verdict: 'changes_requested', comment: 'To half of them first.' } })
    expect(await inbox(owner, 'revise')).toEqual([{ key, urgency: 'next', sentence: 'engineer 1 asked for changes before it goes to banner in production.' }])
    await engineer(routes.withdrawChange, { params: { ...params, change: key }, body: { reason: 'Not this week' } })
    expect(await inbox(owner, 'revise', 'rejected')).toEqual([{ key, urgency: 'later', sentence: 'engineer 1 rejected your change of banner in production. They said: Not this week.' }])
    expect(await inbox(engineer, 'rejected')).toEqual([])
    const another = await propose(owner, 'banner')
    expect(await inbox(owner, 'rejected')).toEqual([])
    await engineer(routes.reviewChange, { params: { ...params, change: another }, body: { revision: 1, verdict: 'approved', comment: '' } })
    expect(await inbox(engineer, 'apply')).toEqual([{ key: another, urgency: 'next', sentence: 'It is approved, and product_owner 2 may not apply it: apply it to banner in production.' }])
  })

  test('names a webhook to which nothing comes through, and a rotated key that is still used, to whoever made and rotated it', async () => {
    const { id: projectId } = await server.db.project.findUniqueOrThrow({ where: { key: 'shop' } })
    const by = (await engineer(routes.getMe)).body.name
    const at = new Date(Date.now() - 2 * 3_600_000)
    await server.db.webhook.create({ data: { projectId, name: 'Chat', url: 'https://chat.example/hook', kinds: [], enabled: true, secret: 'secret', failingSince: at, createdAt: at, createdBy: by } })
    expect(await inbox(engineer, 'webhook')).toMatchObject([{ urgency: 'now' }])
    expect(await inbox(server.admin, 'webhook')).toEqual([])

    const { key } = (await engineer(routes.createKey, { params, body: { environment: 'staging', kind: 'server', name: 'checkout' } })).body
    expect((await engineer(routes.rotateKey, { params: { ...params, id: key.id }, body: { overlapHours: 168 } })).error).toBeNull()
    expect(await inbox(engineer, 'key')).toEqual([])
    await server.db.sdkKey.update({ where: { id: key.id }, data: { lastUsedAt: new Date(Date.now() + ahead + 60_000), lastUsedBy: 'checkout-service' } })
    expect(await inbox(engineer, 'key')).toEqual([{ key: key.prefix, urgency: 'next', sentence: 'This SDK key was rotated and stops in 7 days, and checkout-service has used it since: hand out the new one.' }])
    expect(await inbox(server.admin, 'key')).toEqual([])
  })

  test('asks for a decision once the rule has fired, whom the plan names first, and everybody who may after a week', async () => {
    const { expose, track, analyse, key } = await recordExperiment(server, { metrics: [{ key: 'bought' }], draft: { decider: 'product_owner 2', guardrails: [], minimumEffect: 0.1 }, setup: { plannedUnits: 200 }, origin: new Date(Date.now() - 48 * 3_600_000) })
    await expose('off', names('a', 100))
    await expose('on', names('b', 100))
    for (const unit of [...names('a', 10), ...names('b', 60)]) await track('bought', unit, undefined, 2)
    const { verdict } = await analyse()
    expect(verdict).toMatchObject({ kind: 'confirmed', final: true })
    expect(await inbox(owner, 'decide')).toEqual([{ key, urgency: 'next', sentence: `${verdict?.sentence} You are named to decide.` }])
    expect(await inbox(server.admin, 'decide')).toEqual([])
    ahead = 8 * 86_400_000
    for (const api of [server.admin, owner, engineer]) expect((await api(routes.refreshSession)).error).toBeNull()
    expect(await inbox(owner, 'decide')).toMatchObject([{ key, urgency: 'now' }])
    expect(await inbox(server.admin, 'decide')).toEqual([{ key, urgency: 'now', sentence: `${verdict?.sentence} product_owner 2 was to decide, and has not for 8 days.` }])
    await owner(routes.decideExperiment, { params: { ...params, experiment: key }, body: { choice: 'ship', note: 'It sells.', learning: 'Fewer steps help.' } })
    expect(await inbox(server.admin, 'decide')).toEqual([])
    expect((await inbox(engineer, 'task')).map(({ urgency }) => urgency)).toEqual(['next'])
  })

  test('says that a running experiment cannot be trusted, or does harm', async () => {
    const unsound = await recordExperiment(server, { metrics: [{ key: 'bought' }], draft: { guardrails: [] }, origin: new Date(Date.now() - 48 * 3_600_000) })
    await unsound.expose('off', names('c', 100))
    await unsound.expose('on', [...names('d', 100), ...names('c', 10)], 1)
    const { verdict } = await unsound.analyse()
    expect(verdict?.kind).toBe('invalid')
    // The admin started it.
    expect(await inbox(server.admin, 'distrust')).toEqual([{ key: unsound.key, urgency: 'now', sentence: `${verdict?.sentence} Find the cause before anybody believes the numbers.` }])
    expect(await inbox(engineer, 'distrust')).toEqual([])

    const harmful = await recordExperiment(server, { metrics: [{ key: 'bought' }], draft: { guardrails: [], minimumEffect: 0.1 }, setup: { plannedUnits: 200 }, origin: new Date(Date.now() - 48 * 3_600_000) })
    await harmful.expose('off', names('e', 100))
    await harmful.expose('on', names('f', 100))
    for (const unit of [...names('e', 60), ...names('f', 10)]) await harmful.track('bought', unit, undefined, 2)
    const read = (await harmful.analyse()).verdict
    for (const api of [server.admin, engineer, owner]) expect(await inbox(api, 'harm')).toEqual([{ key: harmful.key, urgency: 'now', sentence: `${read?.sentence} Stop it, or say why it goes on.` }])
    await engineer(routes.stopExperiment, { params: { ...params, experiment: harmful.key }, body: { reason: 'It does harm.' } })
    expect(await inbox(server.admin, 'harm')).toEqual([])
    expect((await inbox(server.admin, 'decide')).map((item) => item.key)).toEqual([harmful.key])
  })

  test('names flags past their day to their owner', async () => {
    await flag('old-promo')
    const { revision } = (await engineer(routes.getFlag, { params: { ...params, flag: 'old-promo' } })).body
    await engineer(routes.updateFlag, { params: { ...params, flag: 'old-promo' }, body: { basedOn: revision, owner: 'engineer 1', expectedRemoval: '2026-03-01' } })
    expect((await inbox(engineer, 'remove')).map(({ key }) => key)).toEqual(['old-promo'])
    expect(await inbox(server.admin, 'remove')).toEqual([])
  })

  test('names an export that failed to the person in whose name it runs', async () => {
    const by = (await engineer(routes.getMe)).body
    const { id: projectId } = await server.db.project.findUniqueOrThrow({ where: { key: 'shop' } })
    const at = new Date(Date.now() - 3_600_000).toISOString()
    const run = { state: 'failed', dueAt: at, startedAt: at, finishedAt: at, attempt: 3, rows: null, bytes: null, location: null, error: 'The bucket does not exist.', retryAt: null }
    await server.db.exportSchedule.create({ data: { projectId, name: 'Nightly flags', source: { resource: 'flags', filters: {}, hour: 3, by: { id: by.id, name: by.name } }, format: 'csv', every: 'day', destination: { kind: 'folder', folder: '' }, enabled: true, nextRunAt: new Date(at), lastRunAt: new Date(at), lastRun: run, createdBy: by.name } })
    expect(await inbox(engineer, 'export')).toMatchObject([{ urgency: 'now', sentence: 'This export runs in your name and failed. The bucket does not exist.' }])
    expect(await inbox(server.admin, 'export')).toEqual([])
  })
})
