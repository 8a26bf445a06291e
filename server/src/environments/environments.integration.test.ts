import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ReviewPolicy } from '../contract/projects.ts'
import { routes } from '../contract/routes.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const params = { project: 'shop' }
const FREE: ReviewPolicy = { approvals: 0, approvers: ['engineer', 'admin'], requireReason: false }

describe.each(['pglite', 'postgres'] as const)('environments on %s', (database) => {
  let server: TestServer
  beforeAll(async () => { server = await startTestServer({ database }) })
  afterAll(() => server.close())

  test('name, mark and policy of an environment change with an audit entry, and no ruleset', async () => {
    const before = (await server.admin(routes.getProject, { params })).body.environments.find(({ key }) => key === 'production')
    expect(before).toMatchObject({ name: 'Production', production: true, policy: FREE })
    const policy: ReviewPolicy = { approvals: 2, approvers: ['admin', 'admin'], requireReason: true }
    const to = { ...params, environment: 'production' }
    const changed = await server.admin(routes.updateEnvironment, { params: to, body: { basedOn: 1, name: 'Live', production: false, policy } })
    expect(changed.body).toEqual({ ...before, name: 'Live', production: false, policy: { ...policy, approvers: ['admin'] }, revision: 2 })
    // The same again is no change.
    expect((await server.admin(routes.updateEnvironment, { params: to, body: { basedOn: 2, name: 'Live', policy } })).body).toEqual(changed.body)
    const { entries } = (await server.admin(routes.listAudit, { params, query: { kind: 'environment', key: 'production' } })).body
    expect(entries).toMatchObject([{ action: 'environment.changed', environment: 'production', before: { name: 'Production', production: true, policy: FREE }, after: { name: 'Live', production: false } }])
  })

  test('what somebody set in between is not overwritten unread', async () => {
    const to = { ...params, environment: 'development' }
    const policy: ReviewPolicy = { approvals: 1, approvers: ['engineer'], requireReason: true }
    expect((await server.admin(routes.updateEnvironment, { params: to, body: { basedOn: 1, policy } })).body.revision).toBe(2)
    const late = await server.admin(routes.updateEnvironment, { params: to, body: { basedOn: 1, policy: FREE } })
    expect(late).toMatchObject({ status: 409, error: { code: 'revision_conflict', details: { basedOn: 1, currentRevision: 2, current: { policy }, yours: { policy: FREE }, changedBy: 'Ada Admin' } } })
  })

  test.each<[string, object]>([
    ['more than five approvals', { ...FREE, approvals: 6 }],
    ['nobody who approves', { ...FREE, approvers: [] }],
    ['a role that does not exist', { ...FREE, approvers: ['owner'] }],
  ])('a policy with %s is refused', async (_, policy) => {
    const response = await server.admin.fetch('/api/v1/projects/shop/environments/staging', { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ basedOn: 1, policy }) })
    expect(response.status).toBe(400)
  })

  test('an environment that does not exist is named', async () => {
    expect((await server.admin(routes.updateEnvironment, { params: { ...params, environment: 'moon' }, body: { basedOn: 1, name: 'Moon' } })).error).toMatchObject({ code: 'not_found', message: 'This project has no environment moon.' })
  })
})
