import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NewApiToken } from '../contract/api-tokens.ts'
import { allows, isForTokens, isRoleWithin, roles, type Role } from '../contract/roles.ts'
import type { Route } from '../contract/route.ts'
import { routes } from '../contract/routes.ts'
import { type Api, createApi } from '../testing/api.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { createApiTokenValue } from './api-token.ts'
import { hashSecret } from './secret.ts'

const DAY_MS = 24 * 60 * 60_000
const params = { project: 'shop' }
const start = new Date('2026-06-01T09:00:00Z')
let clock = start
let server: TestServer

beforeAll(async () => { server = await startTestServer({ now: () => clock }) })
afterAll(() => server.close())

const inDays = (days: number) => new Date(clock.getTime() + days * DAY_MS).toISOString()
const bearer = (value: string): Api => createApi(server.url, { authorization: `Bearer ${value}` })
let made = 0

async function make(person: Api, wanted: Partial<NewApiToken> = {}) {
  made += 1
  const { status, body, error } = await person(routes.createApiToken, { params, body: { name: `Token ${made}`, role: 'viewer', expiresAt: inDays(30), ...wanted } })
  if (status !== 201) throw new Error(JSON.stringify(error))
  return { ...body, api: bearer(body.value) }
}

/** A change that needs a role, and a read that needs none. */
const newCohort = (key: string) => ({ params, body: { key, name: key, description: '', unit: 'user', when: null, included: ['1'], excluded: [] } })

describe('an API token', () => {
  test('acts for its person, and the audit log says through which token', async () => {
    const { token, value, api } = await make(server.admin, { name: 'Nightly', role: 'engineer' })
    expect(value.startsWith(token.prefix)).toBe(true)
    expect((await api(routes.createCohort, newCohort('by-token'))).status).toBe(201)
    const { entries } = (await api(routes.listAudit, { params, query: { kind: 'cohort', key: 'by-token' } })).body
    expect(entries.map(({ actor }) => [actor.name, actor.token])).toEqual([['Ada Admin', 'Nightly']])
    expect((await server.admin(routes.verifyAudit, { params, query: {} })).body).toMatchObject({ verified: true })
    const created = (await server.admin(routes.listAudit, { params, query: { kind: 'token', key: token.prefix } })).body.entries
    expect(created.map(({ action, after, actor }) => [action, after, actor.token])).toEqual([['token.created', { name: 'Nightly', role: 'engineer', expiresAt: token.expiresAt }, undefined]])
    expect(JSON.stringify(created)).not.toContain(value)
  })

  test('is stored as a hash alone, and its value is told once', async () => {
    const { token, value } = await make(server.admin)
    const row = await server.db.apiToken.findUniqueOrThrow({ where: { id: token.id } })
    expect(row.hash).toBe(hashSecret(value))
    expect(JSON.stringify(row)).not.toContain(value)
    expect(JSON.stringify((await server.admin(routes.listApiTokens, { params })).body)).not.toContain(value)
  })

  test('is refused after its end, and once it is revoked, on the next request', async () => {
    const { token, api } = await make(server.admin)
    expect((await api(routes.getProject, { params })).status).toBe(200)
    expect((await server.admin(routes.revokeApiToken, { params: { ...params, token: token.id } })).status).toBe(204)
    expect(await api(routes.getProject, { params })).toMatchObject({ status: 401, error: { code: 'invalid_token', message: expect.stringContaining('revoked') as string } })
    const listed = (await server.admin(routes.listApiTokens, { params })).body.tokens.find(({ id }) => id === token.id)
    expect(listed).toMatchObject({ revokedBy: 'Ada Admin', revokedAt: clock.toISOString(), lastUsedAt: clock.toISOString() })
    // Once more is no change.
    expect((await server.admin(routes.revokeApiToken, { params: { ...params, token: token.id } })).status).toBe(204)
    expect((await server.admin(routes.listAudit, { params, query: { kind: 'token', key: token.prefix } })).body.entries.map(({ action }) => action)).toEqual(['token.revoked', 'token.created'])

    const short = await make(server.admin, { expiresAt: inDays(1) })
    clock = new Date(clock.getTime() + DAY_MS - 1000)
    // Signed in sessions end sooner than that day: only the token is asked.
    expect((await short.api(routes.getProject, { params })).status).toBe(200)
    clock = new Date(clock.getTime() + 1000)
    expect(await short.api(routes.getProject, { params })).toMatchObject({ status: 401, error: { code: 'invalid_token', message: expect.stringContaining('expired') as string } })
    clock = start
  })

  test.each<[string, Partial<NewApiToken>, string]>([
    ['an end in the past', { expiresAt: '2026-05-31T00:00:00Z' }, 'expiresAt'],
    ['an end in more than a year', { expiresAt: '2027-06-10T00:00:00Z' }, 'expiresAt'],
    ['no name', { name: ' ' }, 'name'],
  ])('needs better than %s', async (_name, wanted, path) => {
    expect(await server.admin(routes.createApiToken, { params, body: { name: 'Odd', role: 'viewer', expiresAt: inDays(1), ...wanted } })).toMatchObject({ status: 400, error: { code: 'invalid_request', details: [{ path }] } })
  })

  test('needs an end at all', async () => {
    const response = await server.admin.fetch('/api/v1/projects/shop/tokens', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'For ever', role: 'viewer' }) })
    expect([response.status, await response.json()]).toMatchObject([400, { error: { code: 'invalid_request', details: [{ path: 'expiresAt' }] } }])
  })

  test('has a name of its own among those of its person that work', async () => {
    const { token } = await make(server.admin, { name: 'Twice' })
    const again = { params, body: { name: 'Twice', role: 'viewer', expiresAt: inDays(1) } } as const
    expect(await server.admin(routes.createApiToken, again)).toMatchObject({ status: 409, error: { code: 'already_exists' } })
    await server.admin(routes.revokeApiToken, { params: { ...params, token: token.id } })
    expect((await server.admin(routes.createApiToken, again)).status).toBe(201)
  })

  test('of another project or of no known value opens nothing', async () => {
    const { api } = await make(server.admin, { role: 'admin' })
    expect((await server.admin(routes.createProject, { body: { key: 'blog', name: 'Blog' } })).status).toBe(201)
    expect((await server.admin(routes.getProject, { params: { project: 'blog' } })).status).toBe(200)
    expect(await api(routes.getProject, { params: { project: 'blog' } })).toMatchObject({ status: 404, error: { message: 'There is no project blog, or you are not a member of it.' } })
    expect(await bearer(createApiTokenValue())(routes.getProject, { params })).toMatchObject({ status: 401, error: { code: 'invalid_token' } })
    expect(await bearer('assay_pat_short')(routes.getProject, { params })).toMatchObject({ status: 401, error: { code: 'invalid_token' } })
  })

  test('counts alone: the cookies beside it count for nothing, and what is no token of ours is not taken for one', async () => {
    const response = await server.admin.fetch('/api/v1/projects/shop/flags', { headers: { authorization: `Bearer ${createApiTokenValue()}` } })
    expect(response.status).toBe(401)
    expect((await server.admin.fetch('/api/v1/projects/shop/flags', { headers: { authorization: 'Basic cHJveHk6cHJveHk=' } })).status).toBe(200)
  })

  test('changes things from another site too, where a cookie is refused', async () => {
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }
    const body = JSON.stringify(newCohort('from-elsewhere').body)
    const { api } = await make(server.admin, { role: 'engineer' })
    expect((await server.admin.fetch('/api/v1/projects/shop/cohorts', { method: 'POST', headers, body })).status).toBe(403)
    expect((await api.fetch('/api/v1/projects/shop/cohorts', { method: 'POST', headers, body })).status).toBe(201)
  })
})

describe('what a token may do', () => {
  test.each(roles)('%s makes tokens with roles that allow no more', async (person) => {
    const api = await server.as(person)
    for (const role of roles) {
      const { status, error } = await api(routes.createApiToken, { params, body: { name: `As ${role}`, role, expiresAt: inDays(1) } })
      if (isRoleWithin(role, person)) expect(status).toBe(201)
      else expect([status, error]).toMatchObject([400, { code: 'invalid_request', details: [{ path: 'role' }] }])
    }
  })

  test('shrinks with what its person may do, grows back no further than its role, and ends with their membership', async () => {
    const person = await server.as('engineer')
    const { id } = (await person(routes.getMe)).body
    const { token, api } = await make(person, { role: 'engineer' })
    const become = async (role: Role) => {
      const member = (await server.admin(routes.listMembers, { params })).body.members.find(({ userId }) => userId === id)
      expect((await server.admin(routes.changeMember, { params: { ...params, userId: id }, body: { basedOn: member?.revision ?? 0, role } })).status).toBe(200)
    }
    const shown = async () => (await server.admin(routes.listApiTokens, { params })).body.tokens.find((one) => one.id === token.id)
    expect((await api(routes.createCohort, newCohort('first'))).status).toBe(201)
    await become('viewer')
    expect(await api(routes.createCohort, newCohort('second'))).toMatchObject({ status: 403, error: { code: 'forbidden', details: { role: 'viewer' } } })
    expect(await shown()).toMatchObject({ role: 'engineer', actsAs: 'viewer' })
    // Neither is within the other: what both allow is left.
    await become('product_owner')
    expect((await api(routes.createCohort, newCohort('second'))).status).toBe(403)
    await become('admin')
    expect((await api(routes.createCohort, newCohort('second'))).status).toBe(201)
    expect((await api(routes.createEnvironment, { params, body: { key: 'mine', name: 'Mine', production: false } })).status).toBe(403)
    expect((await server.admin(routes.removeMember, { params: { ...params, userId: id } })).status).toBe(204)
    expect(await api(routes.getProject, { params })).toMatchObject({ status: 401, error: { code: 'invalid_token' } })
    expect(await shown()).toBeUndefined()
  })

  test('people see their own tokens and admins all, and revoke no others', async () => {
    const [one, other] = [await server.as('viewer'), await server.as('viewer')]
    const { token } = await make(one)
    const ids = async (api: Api) => (await api(routes.listApiTokens, { params })).body.tokens.map(({ id }) => id)
    expect([await ids(one), await ids(other)]).toEqual([[token.id], []])
    expect(await ids(server.admin)).toContain(token.id)
    expect(await other(routes.revokeApiToken, { params: { ...params, token: token.id } })).toMatchObject({ status: 404, error: { code: 'not_found' } })
    expect((await server.admin(routes.revokeApiToken, { params: { ...params, token: token.id } })).status).toBe(204)
    expect(await one(routes.revokeApiToken, { params: { ...params, token: 'no-such' } })).toMatchObject({ status: 404 })
  })
})

describe('every route with a token', () => {
  let api: Api
  beforeAll(async () => { ({ api } = await make(server.admin, { name: 'All', role: 'admin' })) })

  const all = (Object.entries(routes) as [string, Route][]).filter(([, { access }]) => access !== 'public')
  test.each(all)('%s takes it, or says that it is for people', async (_name, { method, path, access, asksPassword }) => {
    const at = path.replace(':project', 'shop').replace(/:\w+/g, 'no-such-thing')
    const response = await api.fetch(at, { method, headers: { 'content-type': 'application/json' }, ...(method === 'GET' || method === 'DELETE' ? {} : { body: '{"no":"such field"}' }) })
    const text = access === 'session' || response.status >= 400 ? await response.text() : ''
    await response.body?.cancel().catch(() => undefined)
    if (access !== 'session' && access !== 'public' && !asksPassword && isForTokens(access)) {
      expect([401, 403]).not.toContain(response.status)
      expect(allows('admin', access)).toBe(true)
    } else expect([response.status, text]).toEqual([403, expect.stringContaining('an API token cannot do it')])
  })
})

test('an address that presents one bad token after the other has to wait, and good ones go on', async () => {
  const { api } = await make(server.admin)
  const bad = bearer(createApiTokenValue())
  let last = await bad(routes.getProject, { params })
  for (let times = 1; times <= 100 && last.status === 401; times++) last = await bad(routes.getProject, { params })
  expect(last).toMatchObject({ status: 429, error: { code: 'rate_limited' } })
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(60)
  expect((await api(routes.getProject, { params })).status).toBe(200)
})
