import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../contract/routes.ts'
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

  test('viewers read and do not write', async () => {
    const viewer = await server.as('viewer')
    expect((await viewer(routes.listMetrics, { params })).status).toBe(200)
    expect((await viewer(routes.createMetric, { params, body: { key: 'mine', ...editable } })).error?.code).toBe('forbidden')
  })
})
