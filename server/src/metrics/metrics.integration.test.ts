import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RequestIssue } from '../contract/errors.ts'
import type { MetricDefinition } from '../contract/metrics.ts'
import { routes } from '../contract/routes.ts'
import { recordExperiment } from '../testing/recorded-experiment.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

describe.each(['pglite', 'postgres'] as const)('metrics on %s', (database) => {
  let server: TestServer
  const params = { project: 'shop' }
  const editable = { name: 'Orders', description: 'At least one order', type: 'conversion', event: 'order', direction: 'increase', unitLabel: '', windowHours: 24 } as const
  beforeAll(async () => { server = await startTestServer({ database }) })
  afterAll(() => server.close())

  test('a metric is created once, changed on its newest revision, and audited', async () => {
    const created = await server.admin(routes.createMetric, { params, body: { key: 'orders', ...editable } })
    expect([created.status, created.body]).toEqual([201, expect.objectContaining({ key: 'orders', ...editable, revision: 1, changedBy: 'Ada Admin' })])
    expect((await server.admin(routes.createMetric, { params, body: { key: 'orders', ...editable } })).error?.code).toBe('already_exists')

    const path = { ...params, metric: 'orders' }
    const saved = await server.admin(routes.saveMetric, { params: path, body: { basedOn: 1, ...editable, windowHours: null } })
    expect(saved.body).toMatchObject({ revision: 2, windowHours: null })
    const stale = await server.admin(routes.saveMetric, { params: path, body: { basedOn: 1, ...editable, name: 'Lost' } })
    expect([stale.status, stale.error?.code]).toEqual([409, 'revision_conflict'])
    expect(stale.error?.details).toMatchObject({ basedOn: 1, currentRevision: 2, current: { name: 'Orders' }, yours: { name: 'Lost' } })
    expect((await server.admin(routes.getMetric, { params: path })).body).toEqual(saved.body)

    const { body } = await server.admin(routes.listAudit, { params, query: {} })
    expect(body.entries.filter((entry) => entry.entity.key === 'orders').map((entry) => entry.action)).toEqual(['metric.changed', 'metric.created'])
  })

  test('of two changes at once one wins', async () => {
    await server.admin(routes.createMetric, { params, body: { key: 'raced', ...editable } })
    const answers = await Promise.all(['One', 'Two'].map((name) => server.admin(routes.saveMetric, { params: { ...params, metric: 'raced' }, body: { basedOn: 1, ...editable, name } })))
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
  })

  test('a metric that does not exist is not found', async () => {
    expect((await server.admin(routes.getMetric, { params: { ...params, metric: 'none' } })).status).toBe(404)
    expect((await server.admin(routes.saveMetric, { params: { ...params, metric: 'none' }, body: { basedOn: 1, ...editable } })).status).toBe(404)
  })

  test('every definition stays as it was, newest first, with who and why', async () => {
    await server.admin(routes.createMetric, { params, body: { key: 'kept', ...editable, owner: 'Checkout' } })
    const path = { ...params, metric: 'kept' }
    const filter = [{ property: 'country', op: 'in' as const, values: ['DE', 'FR'] }]
    await server.admin(routes.saveMetric, { params: path, body: { basedOn: 1, ...editable, filter, reason: 'Only our countries.' } })
    await server.admin(routes.saveMetric, { params: path, body: { basedOn: 2, ...editable, type: 'mean', property: 'net' } })
    const { body } = await server.admin(routes.listMetricRevisions, { params: path })
    expect(body.revisions.map(({ metric, reason }) => [metric.revision, metric.changedBy, reason])).toEqual([[3, 'Ada Admin', null], [2, 'Ada Admin', 'Only our countries.'], [1, 'Ada Admin', null]])
    const [newest, middle, first] = body.revisions.map(({ metric }) => metric)
    expect(newest).toMatchObject({ type: 'mean', property: 'net' })
    expect(middle).toMatchObject({ type: 'conversion', filter })
    expect(first).toMatchObject({ ...editable, owner: 'Checkout' })
    expect(first).not.toHaveProperty('filter')
    expect((await server.admin(routes.listMetricRevisions, { params: { ...params, metric: 'none' } })).status).toBe(404)
  })

  test('sealed plans that name a metric are told with the revision they hold', async () => {
    await server.admin(routes.createMetric, { params, body: { key: 'unsealed', ...editable } })
    const experiment = await recordExperiment(server, { metrics: [{ key: 'sealed' }, { key: 'beside' }], origin: new Date(Date.now() - 3_600_000) })
    const { body: { plan } } = await server.admin(routes.getExperiment, { params: { ...params, experiment: experiment.key } })
    const [primary, beside] = plan?.metrics ?? []
    const path = { ...params, metric: primary?.key ?? '' }
    await server.admin(routes.saveMetric, { params: path, body: { basedOn: 1, ...editable, event: 'another' } })
    const plans = async (metric: string) => (await server.admin(routes.listMetricPlans, { params: { ...params, metric } })).body.plans
    expect(await plans(path.metric)).toEqual([{ experiment: experiment.key, title: plan?.hypothesis.draft.title, status: 'running', phase: 1, role: 'primary', revision: 1 }])
    expect(await plans(beside?.key ?? '')).toMatchObject([{ experiment: experiment.key, role: 'secondary' }])
    expect(await plans('unsealed')).toEqual([])
    expect((await server.admin(routes.listMetricPlans, { params: { ...params, metric: 'none' } })).status).toBe(404)
    // The plan still measures what it was sealed with, and the revision it names says what that was.
    expect((await server.admin(routes.getExperiment, { params: { ...params, experiment: experiment.key } })).body.plan?.metrics[0]).toMatchObject({ revision: 1, event: primary?.event })
    const { revisions } = (await server.admin(routes.listMetricRevisions, { params: path })).body
    expect(revisions.map(({ metric }) => metric.event)).toEqual(['another', primary?.event])
  })

  test.each<[string, Partial<MetricDefinition>, string[]]>([
    ['a ratio without a denominator', { type: 'ratio' }, ['denominator']],
    ['a conversion with a cap and steps', { cap: { value: 1 }, steps: [{ event: 'pay' }] }, ['steps', 'cap']],
    ['retention that ends before it starts', { type: 'retention', windowHours: null, retention: { fromHours: 48, toHours: 24 } }, ['retention.toHours']],
    ['a quantile of everything', { type: 'quantile', quantile: { q: 1, of: 'units' } }, ['quantile.q']],
    ['a cap that takes half', { type: 'sum', cap: { percentile: 0.5 } }, ['cap.percentile']],
    ['conditions without values', { filter: [{ property: 'a', op: 'equals', values: [] }] }, ['filter.0.values']],
    ['an unknown way to compare', { filter: [{ property: 'a', op: 'like' as 'in', values: ['a'] }] }, ['filter.0.op']],
    ['an event without a name', { event: '' }, ['event']],
    ['a denominator without an event', { type: 'ratio', denominator: { event: '', aggregate: 'count' } }, ['denominator.event']],
  ])('%s is refused by its path, new or changed', async (what, wrong, paths) => {
    const key = `refused-${what.replaceAll(/[^a-z]+/gi, '-').toLowerCase()}`
    const created = await server.admin(routes.createMetric, { params, body: { key, ...editable, ...wrong } })
    expect([created.status, created.error?.code, (created.error?.details as RequestIssue[]).map(({ path }) => path)]).toEqual([400, 'invalid_request', paths])
    await server.admin(routes.createMetric, { params, body: { key, ...editable } })
    const saved = await server.admin(routes.saveMetric, { params: { ...params, metric: key }, body: { basedOn: 1, ...editable, ...wrong } })
    expect([saved.status, (saved.error?.details as RequestIssue[]).map(({ path }) => path)]).toEqual([400, paths])
    expect((await server.admin(routes.getMetric, { params: { ...params, metric: key } })).body).toMatchObject({ revision: 1, ...editable })
  })

  test('names that look like machinery are kept as they are', async () => {
    const event = `it's "a" \\ {unit:String} \n') OR 1 --`
    const created = await server.admin(routes.createMetric, { params, body: { key: 'hostile', ...editable, event, filter: [{ property: 'constructor', op: 'equals', values: [event] }] } })
    expect(created.body).toMatchObject({ event, filter: [{ property: 'constructor', op: 'equals', values: [event] }] })
    for (const lost of ['a\0b', '\ud800']) expect((await server.admin(routes.createMetric, { params, body: { key: 'lost', ...editable, event: lost } })).status).toBe(400)
  })

  test('viewers read and do not write', async () => {
    const viewer = await server.as('viewer')
    expect((await viewer(routes.listMetrics, { params })).status).toBe(200)
    expect((await viewer(routes.createMetric, { params, body: { key: 'mine', ...editable } })).error?.code).toBe('forbidden')
  })
})
