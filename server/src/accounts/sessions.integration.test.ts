import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { routes } from '../contract/routes.ts'
import type { Api } from '../testing/api.ts'
import { PASSWORD, startTestServer, type TestServer } from '../testing/test-server.ts'

const MINUTE = 60_000
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const params = { project: 'shop' }

let clock = Date.now()
let server: TestServer
beforeAll(async () => { server = await startTestServer({ now: () => new Date(clock) }) })
afterAll(() => server.close())
// Nobody's earlier sign-in or wrong password matters.
beforeEach(() => { clock += 20 * MINUTE })

/** A member with a browser of their own, and their e-mail address. */
async function person(role: 'viewer' | 'engineer' | 'admin' = 'viewer') {
  await signIn(server.admin, 'admin@example.com')
  const api = await server.as(role)
  return { api, ...(await api(routes.getMe)).body }
}

async function signIn(api: Api, email: string, { password = PASSWORD, userAgent = CHROME } = {}) {
  const response = await api.fetch('/api/v1/session', { method: 'POST', headers: { 'content-type': 'application/json', 'user-agent': userAgent }, body: JSON.stringify({ email, password }) })
  return response.status
}
const sessionsOf = async (api: Api) => (await api(routes.listSessions)).body.sessions
const audit = async (email: string) => (await server.admin(routes.listAudit, { params, query: { kind: 'member', key: email } })).body.entries.map(({ action, actor, after }) => [action, actor.name, after])

test('somebody sees each browser that they are signed in with, and which one this is', async () => {
  const { api, email } = await person()
  const other = server.anonymous()
  expect(await signIn(other, email)).toBe(200)
  clock += 6 * MINUTE
  await other(routes.getMe)
  const signedInAt = new Date(clock - 6 * MINUTE).toISOString()
  const session = { id: expect.any(String), signedInAt, lastActiveAt: new Date(clock).toISOString() }
  expect((await sessionsOf(api)).sort((a, b) => Number(b.current) - Number(a.current))).toEqual([
    { ...session, browser: 'node', system: null, current: true },
    { ...session, browser: 'Chrome 140', system: 'Linux', current: false },
  ])
  expect(await sessionsOf(await person().then((somebody) => somebody.api))).toHaveLength(1)
})

test('a browser that is signed out is refused at once', async () => {
  const { api, email, name } = await person()
  const [other, third] = [server.anonymous(), server.anonymous()]
  for (const browser of [other, third]) await signIn(browser, email)
  const one = (await sessionsOf(other)).find(({ current }) => current)
  expect((await api(routes.endSession, { params: { session: one?.id ?? '' } })).status).toBe(204)
  expect((await other(routes.getMe)).error?.code).toBe('not_signed_in')
  expect((await other(routes.refreshSession)).error?.code).toBe('session_expired')
  expect((await api(routes.endSession, { params: { session: one?.id ?? '' } })).error?.code).toBe('not_found')
  expect((await third(routes.getMe)).status).toBe(200)
  expect((await api(routes.endOtherSessions)).body).toEqual({ ended: 1 })
  expect((await third(routes.getMe)).error?.code).toBe('not_signed_in')
  expect((await api(routes.getMe)).status).toBe(200)
  expect((await api(routes.endOtherSessions)).body).toEqual({ ended: 0 })
  expect((await audit(email)).slice(0, 2)).toEqual([['member.session_ended', name, { ended: 1 }], ['member.session_ended', name, { ended: 1 }]])
})

test('nobody ends the session of somebody else by its id', async () => {
  const [ada, bob] = [await person(), await person()]
  const [theirs] = await sessionsOf(bob.api)
  for (const session of [theirs?.id ?? '', 'nonsense']) expect((await ada.api(routes.endSession, { params: { session } })).error?.code).toBe('not_found')
  expect((await bob.api(routes.getMe)).status).toBe(200)
})

test('an admin signs a member out everywhere', async () => {
  const { api, id: userId, email } = await person('engineer')
  const other = server.anonymous()
  await signIn(other, email)
  expect((await server.admin(routes.endMemberSessions, { params: { ...params, userId } })).body).toEqual({ ended: 2 })
  for (const browser of [api, other]) expect((await browser(routes.getMe)).error?.code).toBe('not_signed_in')
  expect((await audit(email))[0]).toEqual(['member.signed_out', 'Ada Admin', { ended: 2 }])
  expect((await server.admin(routes.endMemberSessions, { params: { ...params, userId } })).body).toEqual({ ended: 0 })
  expect((await server.admin(routes.endMemberSessions, { params: { ...params, userId: 'nonsense' } })).error?.code).toBe('not_found')
})

test('whoever is removed from their last project is signed out; whoever has another is not', async () => {
  const [last, elsewhere] = [await person(), await person()]
  expect((await elsewhere.api(routes.createProject, { body: { key: 'elsewhere', name: 'Elsewhere' } })).status).toBe(201)
  for (const { id: userId } of [last, elsewhere]) expect((await server.admin(routes.removeMember, { params: { ...params, userId } })).status).toBe(204)
  expect((await last.api(routes.getMe)).error?.code).toBe('not_signed_in')
  expect((await elsewhere.api(routes.getMe)).body.projects.map(({ key }) => key)).toEqual(['elsewhere'])
})

test('a new password ends every other session and asks for the old one', async () => {
  const { api, email, name } = await person()
  const other = server.anonymous()
  await signIn(other, email)
  const wrong = await api(routes.changePassword, { body: { current: 'not my password', password: 'battery staple horse' } })
  expect([wrong.status, wrong.error?.code]).toEqual([403, 'wrong_password'])
  expect((await api(routes.changePassword, { body: { current: PASSWORD, password: 'short' } })).error).toMatchObject({ code: 'invalid_request', details: [{ path: 'password' }] })
  expect((await api(routes.changePassword, { body: { current: PASSWORD, password: 'battery staple horse' } })).status).toBe(200)
  expect((await api(routes.getMe)).status).toBe(200)
  expect((await other(routes.getMe)).error?.code).toBe('not_signed_in')
  expect(await signIn(other, email)).toBe(401)
  expect(await signIn(other, email, { password: 'battery staple horse' })).toBe(200)
  expect((await audit(email))[0]).toEqual(['member.password_changed', name, { ended: 2 }])
})

test('keys and roles ask for a password that was given lately; taking away does not', async () => {
  const { id: userId } = await person('engineer')
  const key = { environment: 'production', kind: 'server', name: 'Checkout' } as const
  const { body: made } = await server.admin(routes.createKey, { params, body: key })
  const member = (await server.admin(routes.listMembers, { params })).body.members.find((item) => item.userId === userId)

  // The access token is renewed meanwhile: that the browser is in use is no password.
  clock += 9 * MINUTE
  await server.admin(routes.refreshSession)
  clock += 6 * MINUTE
  const asked = [
    await server.admin(routes.createKey, { params, body: key }),
    await server.admin(routes.rotateKey, { params: { ...params, id: made.key.id }, body: {} }),
    await server.admin(routes.inviteMember, { params, body: { email: 'late@example.com', name: 'Late', role: 'viewer' } }),
    await server.admin(routes.changeMember, { params: { ...params, userId }, body: { basedOn: member?.revision ?? 0, role: 'admin' } }),
  ]
  for (const { status, error } of asked) expect([status, error?.code]).toEqual([403, 'reauthentication_required'])
  expect((await server.admin(routes.listKeys, { params })).body.keys.filter(({ name }) => name === 'Checkout')).toHaveLength(1)

  const before = (await sessionsOf(server.admin)).find(({ current }) => current)
  expect((await server.admin(routes.confirmPassword, { body: { password: 'not my password' } })).error?.code).toBe('wrong_password')
  expect((await server.admin(routes.createKey, { params, body: key })).error?.code).toBe('reauthentication_required')
  expect((await server.admin(routes.confirmPassword, { body: { password: PASSWORD } })).status).toBe(200)
  const after = (await sessionsOf(server.admin)).find(({ current }) => current)
  expect(after?.id).not.toBe(before?.id)
  expect((await server.admin(routes.createKey, { params, body: key })).status).toBe(201)

  clock += 9 * MINUTE
  await server.admin(routes.refreshSession)
  clock += 7 * MINUTE
  expect((await server.admin(routes.revokeKey, { params: { ...params, id: made.key.id } })).status).toBe(204)
  expect((await server.admin(routes.removeMember, { params: { ...params, userId } })).status).toBe(204)
})

test('who may not do it is told so, not asked for a password', async () => {
  const { api } = await person('viewer')
  clock += 9 * MINUTE
  await api(routes.refreshSession)
  clock += 9 * MINUTE
  expect((await api(routes.createKey, { params, body: { environment: 'production', kind: 'server', name: 'x' } })).error?.code).toBe('forbidden')
})

test('an API token never stands for a password', async () => {
  await signIn(server.admin, 'admin@example.com')
  const { value } = (await server.admin(routes.createApiToken, { params, body: { name: 'Pipeline', role: 'admin', expiresAt: new Date(clock + 60 * MINUTE).toISOString() } })).body
  // Also beside the cookies of a session whose password was given a moment ago.
  const response = await server.admin.fetch('/api/v1/projects/shop/keys', { method: 'POST', headers: { authorization: `Bearer ${value}`, 'content-type': 'application/json' }, body: '{"environment":"production","kind":"server","name":"x"}' })
  expect([response.status, await response.json()]).toMatchObject([403, { error: { code: 'forbidden', message: expect.stringContaining('API token') } }])
})

test('passwords are not guessed through a session', async () => {
  const { api } = await person()
  for (let attempt = 0; attempt < 10; attempt += 1) expect((await api(routes.confirmPassword, { body: { password: `guess ${attempt}` } })).error?.code).toBe('wrong_password')
  expect((await api(routes.confirmPassword, { body: { password: PASSWORD } })).error?.code).toBe('rate_limited')
  expect((await api(routes.changePassword, { body: { current: PASSWORD, password: 'battery staple horse' } })).error?.code).toBe('rate_limited')
})
