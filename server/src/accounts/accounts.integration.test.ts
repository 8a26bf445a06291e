import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../contract/routes.ts'
import { createApi, type Api } from '../testing/api.ts'
import { setCookiesOf } from '../testing/set-cookies.ts'
import { type Instance, PASSWORD, startInstance, startTestServer, type TestServer } from '../testing/test-server.ts'
import { hashSecret } from './secret.ts'

const params = { project: 'shop' }
const DAY_MS = 24 * 60 * 60_000

describe.each(['pglite', 'postgres'] as const)('the set-up on %s', (database) => {
  let instance: Instance
  beforeAll(async () => { instance = await startInstance({ database }) })
  afterAll(() => instance.close())

  const setUp = (token: string, email = 'ada@example.com') => createApi(instance.url)(routes.completeSetup, { body: { token, name: 'Ada', email, password: PASSWORD, project: 'Müller & Söhne' } })

  test('takes the newest token only, and stores none', async () => {
    const api = createApi(instance.url)
    expect((await api(routes.getSetup)).body).toEqual({ needed: true })
    const old = (await instance.deps.setup.issueToken()) ?? ''
    const token = (await instance.deps.setup.issueToken()) ?? ''
    for (const wrong of [old, '', 'guess', `${token}x`]) expect(await setUp(wrong)).toMatchObject({ status: 403, error: { code: 'invalid_setup_token' } })
    const row = await instance.db.installation.findFirstOrThrow()
    expect(row.setupTokenHash).toBe(hashSecret(token))
    expect(JSON.stringify(row)).not.toContain(token)
    expect(await instance.db.user.count()).toBe(0)
  })

  test('of several at the same time exactly one succeeds, and after it none', async () => {
    const token = (await instance.deps.setup.issueToken()) ?? ''
    const answers = await Promise.all(Array.from({ length: 6 }, (_, index) => setUp(token, `First-${index}@Example.com`)))
    expect(answers.map((answer) => answer.error?.code ?? answer.status).sort()).toEqual([201, ...Array.from({ length: 5 }, () => 'setup_done')])
    const [me] = answers.filter((answer) => answer.status === 201).map((answer) => answer.body)
    expect(me).toMatchObject({ name: 'Ada', email: expect.stringMatching(/^first-\d@example\.com$/) as string, projects: [{ key: 'muller-sohne', name: 'Müller & Söhne', role: 'admin' }] })
    expect([await instance.db.user.count(), await instance.db.project.count(), await instance.db.session.count()]).toEqual([1, 1, 1])

    expect(await setUp(token)).toMatchObject({ status: 409, error: { code: 'setup_done' } })
    expect(await instance.deps.setup.issueToken()).toBeNull()
    expect((await createApi(instance.url)(routes.getSetup)).body).toEqual({ needed: false })
    expect(await instance.db.installation.findFirstOrThrow()).toMatchObject({ setupTokenHash: null })
  })

  test('made a project whose environments are served at once', async () => {
    const environments = await instance.db.environment.findMany({ orderBy: { position: 'asc' }, include: { rulesets: true } })
    expect(environments.map(({ key, production, rulesetVersion, rulesets }) => [key, production, rulesetVersion, rulesets.length])).toEqual([['development', false, 1, 1], ['staging', false, 1, 1], ['production', true, 1, 1]])
    for (const { id } of environments) expect(instance.deps.rulesets.current(id)).toMatchObject({ version: 1, source: 'database' })
    const audit = await instance.db.auditEntry.findMany({ orderBy: { seq: 'asc' } })
    expect(audit.map((entry) => [entry.action, entry.actorName])).toEqual([['project.created', 'Ada'], ['member.added', 'Ada']])
    expect(JSON.stringify(audit)).not.toMatch(/argon2|correct horse/)
  })
})

describe.each(['pglite', 'postgres'] as const)('sessions on %s', (database) => {
  let server: TestServer
  // Moved by the tests, never backwards.
  let now = Date.now()
  const pass = (ms: number) => { now += ms }

  beforeAll(async () => { server = await startTestServer({ database, now: () => new Date(now) }) })
  afterAll(() => server.close())

  interface Browser {
    access: string
    refresh: string
  }

  function browserOf(headers: Headers): Browser {
    const cookies = new Map(setCookiesOf(headers).map(({ name, value }) => [name, value]))
    return { access: cookies.get('assay_session') ?? '', refresh: cookies.get('assay_refresh') ?? '' }
  }

  const cookie = ({ access, refresh }: Partial<Browser>) => [access === undefined ? [] : [`assay_session=${access}`], refresh === undefined ? [] : [`assay_refresh=${refresh}`]].flat().join('; ')

  async function send(method: string, path: string, browser: Partial<Browser>, body?: object) {
    const response = await fetch(new URL(path, server.url), { method, headers: { cookie: cookie(browser), ...(body ? { 'content-type': 'application/json' } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}) })
    const text = await response.text()
    const code = response.ok || text === '' ? null : (JSON.parse(text) as { error: { code: string } }).error.code
    return { status: response.status, code, text, headers: response.headers, browser: browserOf(response.headers) }
  }

  async function signIn(browser: Partial<Browser> = {}, email = 'admin@example.com', password = PASSWORD) {
    return send('POST', '/api/v1/session', browser, { email, password })
  }
  const refresh = (browser: Partial<Browser>) => send('POST', '/api/v1/session/refresh', browser)
  const me = async (browser: Partial<Browser>) => (await send('GET', '/api/v1/me', browser)).status

  test('a wrong password and an unknown person get the same answer', async () => {
    const wrong = await signIn({}, 'admin@example.com', 'correct horse batterz')
    const unknown = await signIn({}, 'nobody@example.com')
    const invited = await server.admin(routes.inviteMember, { params, body: { email: 'invited@example.com', name: 'Not Yet', role: 'viewer' } })
    expect(invited.status).toBe(201)
    const notYet = await signIn({}, 'invited@example.com')
    for (const answer of [wrong, unknown, notYet]) expect([answer.status, answer.text, answer.headers.getSetCookie()]).toEqual([401, wrong.text, []])
    expect(wrong.code).toBe('invalid_credentials')
  })

  test('signing in gives cookies that no script reads and no other site sends', async () => {
    const signedIn = await signIn({}, ' Admin@Example.com ')
    expect(JSON.parse(signedIn.text)).toMatchObject({ email: 'admin@example.com', projects: [{ key: 'shop', role: 'admin' }] })
    expect(setCookiesOf(signedIn.headers).map(({ name, attributes }) => [name, ...attributes])).toEqual([
      ['assay_session', 'Max-Age=600', 'Path=/api', 'HttpOnly', 'SameSite=Strict'],
      ['assay_refresh', `Max-Age=${14 * 86_400}`, 'Path=/api/v1/session', 'HttpOnly', 'SameSite=Strict'],
    ])
    expect(signedIn.headers.get('cache-control')).toBe('no-store')
    expect(await me(signedIn.browser)).toBe(200)
    const stored = JSON.stringify(await server.db.session.findMany())
    expect(stored).not.toContain(signedIn.browser.refresh.split('.')[1])
    expect(stored).toContain(hashSecret(signedIn.browser.refresh))
  })

  test('every sign-in is a new session, and ends the one the browser had', async () => {
    const first = await signIn()
    const second = await signIn(first.browser)
    expect(second.browser.refresh.split('.')[0]).not.toBe(first.browser.refresh.split('.')[0])
    expect(await me(first.browser)).toBe(401)
    expect((await refresh(first.browser)).status).toBe(401)
    expect(await me(second.browser)).toBe(200)
    const elsewhere = await signIn()
    expect([await me(second.browser), await me(elsewhere.browser)]).toEqual([200, 200])
  })

  test('an access token ends after ten minutes, and the refresh token brings the next one', async () => {
    const { browser } = await signIn()
    pass(599_000)
    expect(await me(browser)).toBe(200)
    pass(2_000)
    expect(await me(browser)).toBe(401)
    const refreshed = await refresh({ refresh: browser.refresh })
    expect(refreshed.status).toBe(200)
    expect(JSON.parse(refreshed.text)).toMatchObject({ email: 'admin@example.com' })
    expect(refreshed.browser.refresh).not.toBe(browser.refresh)
    expect(await me(refreshed.browser)).toBe(200)
  })

  test('two tabs that refresh at the same time both stay signed in', async () => {
    const { browser } = await signIn()
    const tabs = await Promise.all(Array.from({ length: 5 }, () => refresh(browser)))
    expect(tabs.map((tab) => tab.status)).toEqual([200, 200, 200, 200, 200])
    const [next = ''] = new Set(tabs.map((tab) => tab.browser.refresh))
    expect(new Set(tabs.map((tab) => tab.browser.refresh)).size).toBe(1)
    pass(29_000)
    expect((await refresh(browser)).browser.refresh).toBe(next)
    expect((await refresh({ refresh: next })).status).toBe(200)
  })

  test('a refresh token used again after the grace period ends the whole session', async () => {
    const { browser } = await signIn()
    const current = await refresh(browser)
    pass(31_000)
    expect(await me(current.browser)).toBe(200)
    const stolen = await refresh(browser)
    expect([stolen.status, stolen.code, stolen.headers.getSetCookie()]).toEqual([401, 'session_expired', []])
    expect(await me(current.browser)).toBe(401)
    expect((await refresh(current.browser)).code).toBe('session_expired')
  })

  test('an older token than the one before ends the session even within the grace period', async () => {
    const { browser } = await signIn()
    const second = await refresh(browser)
    const third = await refresh(second.browser)
    expect((await refresh(browser)).code).toBe('session_expired')
    expect(await me(third.browser)).toBe(401)
  })

  test('a session ends two weeks after its last use, and after ninety days in any case', async () => {
    const idle = (await signIn()).browser
    pass(14 * DAY_MS)
    expect((await refresh(idle)).code).toBe('session_expired')

    let { browser } = await signIn()
    for (let day = 0; day < 90 - 10; day += 10) {
      pass(10 * DAY_MS)
      const refreshed = await refresh(browser)
      expect(refreshed.status).toBe(200)
      browser = refreshed.browser
    }
    pass(10 * DAY_MS)
    expect((await refresh(browser)).code).toBe('session_expired')
  })

  test('signing out is real: neither token of the session works any more', async () => {
    const { browser } = await signIn()
    const out = await send('DELETE', '/api/v1/session', browser)
    expect(out.status).toBe(204)
    expect(setCookiesOf(out.headers).map(({ name, value, attributes }) => [name, value, attributes[0]])).toEqual([['assay_session', '', 'Max-Age=0'], ['assay_refresh', '', 'Max-Age=0']])
    expect(await me(browser)).toBe(401)
    expect((await refresh(browser)).code).toBe('session_expired')

    // The access token of a browser that comes back after a while is expired: the refresh token ends the session.
    const late = (await signIn()).browser
    pass(700_000)
    expect((await send('DELETE', '/api/v1/session', late)).status).toBe(204)
    expect((await refresh(late)).code).toBe('session_expired')
    expect((await send('DELETE', '/api/v1/session', {})).status).toBe(204)
  })

  test('knowing the name of a session is not enough to sign it out', async () => {
    const { browser } = await signIn()
    const [id] = browser.refresh.split('.')
    expect((await send('DELETE', '/api/v1/session', { refresh: `${id}.${'A'.repeat(43)}` })).status).toBe(204)
    expect(await me(browser)).toBe(200)
  })

  test.each(['', 'x', 'a.b.c', `01930000-0000-7000-8000-000000000001.${'A'.repeat(43)}`, '%00'])('the tokens %j are of no session', async (text) => {
    const browser = { access: text, refresh: text }
    expect(await me(browser)).toBe(401)
    expect((await refresh(browser)).status).toBe(401)
    expect((await send('DELETE', '/api/v1/session', browser)).status).toBe(204)
  })

  test('after the signing key changed old tokens are valid until they expire, not longer', async () => {
    const kid = (token: string) => (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid
    const before = (await signIn()).browser
    await server.deps.sessions.rotateSigningKey()
    const after = (await signIn()).browser
    expect(kid(after.access)).not.toBe(kid(before.access))
    expect([await me(before), await me(after)]).toEqual([200, 200])
    // The refresh token follows from the server's secret: it must survive the change.
    const refreshed = await refresh(before)
    expect(refreshed.status).toBe(200)
    pass(700_000)
    expect((await signIn()).status).toBe(200)
    expect(await server.db.signingKey.findMany({ where: { retiredAt: null }, select: { kid: true } })).toEqual([{ kid: kid(after.access) }])
  })

  test('after ten wrong passwords for one person an address has to wait, for this person only', async () => {
    const email = 'admin@example.com'
    pass(16 * 60_000)
    const statuses: number[] = []
    for (let attempt = 0; attempt < 11; attempt++) statuses.push((await signIn({}, email, `wrong password ${attempt}`)).status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429])
    const right = await signIn()
    expect([right.status, right.code, Number(right.headers.get('retry-after')) > 0]).toEqual([429, 'rate_limited', true])
    expect((await signIn({}, 'somebody-else@example.com')).status).toBe(401)
    pass(16 * 60_000)
    expect((await signIn()).status).toBe(200)
  })
})

describe.each(['pglite', 'postgres'] as const)('members on %s', (database) => {
  let server: TestServer
  let admin: Api
  let now = Date.now()

  beforeAll(async () => {
    server = await startTestServer({ database, now: () => new Date(now) })
    admin = server.admin
  })
  afterAll(() => server.close())

  const tokenOf = (link: string) => new URL(link, server.url).searchParams.get('token') ?? ''
  const accept = (token: string) => server.anonymous()(routes.acceptInvitation, { body: { token, password: PASSWORD } })

  async function invite(email: string, { name = 'New Member', role = 'viewer', project = 'shop' }: { name?: string; role?: 'viewer' | 'engineer' | 'admin'; project?: string } = {}) {
    const invited = await admin(routes.inviteMember, { params: { project }, body: { email, name, role } })
    expect(invited.status).toBe(201)
    return { ...invited.body, token: tokenOf(invited.body.link) }
  }

  const idOf = async (email: string) => (await server.db.user.findUniqueOrThrow({ where: { email } })).id

  test('an invitation is good once, for the person it was made for', async () => {
    const { member, token } = await invite('Bob@Example.com', { name: 'Bob', role: 'engineer' })
    expect(member).toMatchObject({ email: 'bob@example.com', name: 'Bob', role: 'engineer', invited: true, lastSeenAt: null })
    expect(JSON.stringify(await server.db.user.findMany())).not.toContain(token)

    const answers = await Promise.all(Array.from({ length: 4 }, () => accept(token)))
    expect(answers.map((answer) => answer.error?.code ?? answer.status).sort()).toEqual([200, 'not_found', 'not_found', 'not_found'])
    expect(answers.find((answer) => answer.status === 200)?.body).toMatchObject({ email: 'bob@example.com', projects: [{ key: 'shop', role: 'engineer' }] })
    expect((await accept(token)).error?.code).toBe('not_found')

    const bob = server.anonymous()
    expect((await bob(routes.signIn, { body: { email: 'bob@example.com', password: PASSWORD } })).status).toBe(200)
    expect((await admin(routes.listMembers, { params })).body.members.find((item) => item.email === 'bob@example.com')).toMatchObject({ invited: false, lastSeenAt: new Date(now).toISOString() })
    expect((await admin(routes.inviteMember, { params, body: { email: 'bob@example.com', name: 'Bob', role: 'admin' } })).error?.code).toBe('already_exists')
  })

  test('a guessed invitation, an expired one and a replaced one open nothing', async () => {
    expect((await accept('guess')).error?.code).toBe('not_found')
    const old = await invite('carol@example.com', { name: 'Carrol' })
    const { member, token } = await invite('carol@example.com', { name: 'Carol', role: 'engineer' })
    expect(member).toMatchObject({ name: 'Carol', role: 'engineer' })
    expect((await accept(old.token)).error?.code).toBe('not_found')
    now += 7 * DAY_MS + 1
    await admin(routes.signIn, { body: { email: 'admin@example.com', password: PASSWORD } })
    expect((await accept(token)).error?.code).toBe('not_found')
    expect((await accept((await invite('carol@example.com')).token)).status).toBe(200)
  })

  test('removing somebody withdraws their invitation', async () => {
    const { member, token } = await invite('dan@example.com')
    expect((await admin(routes.removeMember, { params: { ...params, userId: member.userId } })).status).toBe(204)
    expect((await accept(token)).error?.code).toBe('not_found')
    expect((await admin(routes.removeMember, { params: { ...params, userId: member.userId } })).error?.code).toBe('not_found')
  })

  test('somebody with a password joins another project without a link, and nobody else can see it', async () => {
    expect((await admin(routes.createProject, { body: { key: 'blog', name: 'Blog' } })).status).toBe(201)
    const bob = server.anonymous()
    await bob(routes.signIn, { body: { email: 'bob@example.com', password: PASSWORD } })
    expect((await bob(routes.getProject, { params: { project: 'blog' } })).error?.code).toBe('not_found')
    const { link, member } = await invite('bob@example.com', { name: 'Robert', project: 'blog' })
    expect([link, member.name, member.invited]).toEqual(['/', 'Bob', false])
    expect((await bob(routes.getProject, { params: { project: 'blog' } })).status).toBe(200)

    // A project may not make a link that opens what another project has shared.
    await invite('erin@example.com', { role: 'admin' })
    const second = await admin(routes.inviteMember, { params: { project: 'blog' }, body: { email: 'erin@example.com', name: 'Erin', role: 'viewer' } })
    expect(second.error?.code).toBe('wrong_state')
  })

  test('a change of role or a removal holds for the very next request', async () => {
    const person = await server.as('engineer')
    const { id } = (await person(routes.getMe)).body
    expect((await person(routes.listKeys, { params })).status).toBe(200)
    expect((await admin(routes.changeMember, { params: { ...params, userId: id }, body: { basedOn: 1, role: 'viewer' } })).body).toMatchObject({ role: 'viewer', revision: 2 })
    expect((await person(routes.listKeys, { params })).error?.code).toBe('forbidden')
    expect((await admin(routes.removeMember, { params: { ...params, userId: id } })).status).toBe(204)
    // It was their only project: they are signed out.
    expect((await person(routes.getProject, { params })).error?.code).toBe('not_signed_in')
  })

  test('a role that somebody changed in between is not changed unread', async () => {
    const person = await server.as('engineer')
    const { id } = (await person(routes.getMe)).body
    const other = await server.as('admin')
    expect((await other(routes.changeMember, { params: { ...params, userId: id }, body: { basedOn: 1, role: 'viewer' } })).body.revision).toBe(2)
    const late = await admin(routes.changeMember, { params: { ...params, userId: id }, body: { basedOn: 1, role: 'product_owner' } })
    expect(late).toMatchObject({ status: 409, error: { code: 'revision_conflict', details: { basedOn: 1, currentRevision: 2, current: { role: 'viewer' }, yours: { role: 'product_owner' } } } })
    const { id: otherId, name } = (await other(routes.getMe)).body
    expect(late.error?.details).toMatchObject({ changedBy: name })
    expect((await admin(routes.changeMember, { params: { ...params, userId: id }, body: { basedOn: 2, role: 'product_owner' } })).body).toMatchObject({ role: 'product_owner', revision: 3 })
    await admin(routes.removeMember, { params: { ...params, userId: otherId } })
  })

  test('the last admin who can sign in stays one', async () => {
    const own = { ...params, userId: await idOf('admin@example.com') }
    await invite('frank@example.com', { role: 'admin' })
    expect((await admin(routes.changeMember, { params: own, body: { basedOn: 1, role: 'engineer' } })).error?.code).toBe('wrong_state')
    expect((await admin(routes.removeMember, { params: own })).error?.code).toBe('wrong_state')
    expect((await admin(routes.changeMember, { params: own, body: { basedOn: 1, role: 'admin' } })).status).toBe(200)
  })

  test('two admins who demote each other leave one', async () => {
    const other = await server.as('admin')
    const [adminId, otherId] = [await idOf('admin@example.com'), (await other(routes.getMe)).body.id]
    const answers = await Promise.all([
      admin(routes.changeMember, { params: { ...params, userId: otherId }, body: { basedOn: 1, role: 'viewer' } }),
      other(routes.changeMember, { params: { ...params, userId: adminId }, body: { basedOn: 1, role: 'viewer' } }),
    ])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 403])
    const left = await server.db.membership.findMany({ where: { project: { key: 'shop' }, role: 'admin', userId: { in: [adminId, otherId] } } })
    expect(left).toHaveLength(1)
    const survivor = left[0]?.userId === adminId ? admin : other
    const revision = (await survivor(routes.listMembers, { params })).body.members.find(({ userId }) => userId === adminId)?.revision ?? 0
    expect((await survivor(routes.changeMember, { params: { ...params, userId: adminId }, body: { basedOn: revision, role: 'admin' } })).status).toBe(200)
  })

  test.each(['viewer', 'product_owner', 'engineer'] as const)('a %s gives nobody a role, themselves least of all', async (role) => {
    const person = await server.as(role)
    const { id } = (await person(routes.getMe)).body
    expect((await person(routes.changeMember, { params: { ...params, userId: id }, body: { basedOn: 1, role: 'admin' } })).error?.code).toBe('forbidden')
    expect((await person(routes.inviteMember, { params, body: { email: 'friend@example.com', name: 'Friend', role: 'viewer' } })).error?.code).toBe('forbidden')
  })

  test('an id that is none, and one of another project, are not found', async () => {
    const stranger = await idOf('bob@example.com')
    for (const userId of ['nobody', '00000000-0000-7000-8000-000000000000', "1' or '1'='1"]) {
      expect((await admin(routes.changeMember, { params: { ...params, userId }, body: { basedOn: 1, role: 'viewer' } })).error?.code).toBe('not_found')
    }
    await admin(routes.createProject, { body: { key: 'lab', name: 'Lab' } })
    expect((await admin(routes.removeMember, { params: { project: 'lab', userId: stranger } })).error?.code).toBe('not_found')
  })

  test('every change of members is in the audit, without a secret', async () => {
    const { entries } = (await admin(routes.listAudit, { params, query: { kind: 'member', key: 'bob@example.com' } })).body
    expect(entries.map((entry) => entry.action)).toEqual(['member.joined', 'member.invited'])
    const all = JSON.stringify((await admin(routes.listAudit, { params, query: { limit: 200 } })).body)
    expect(all).not.toMatch(/argon2|correct horse|accept\?token/)
    expect((await admin(routes.verifyAudit, { params, query: {} })).body).toMatchObject({ verified: true })
  })
})

describe('where people reach Assay by https', () => {
  let server: TestServer
  beforeAll(async () => { server = await startTestServer({ env: { ASSAY_PUBLIC_URL: 'https://assay.example.com' } }) })
  afterAll(() => server.close())

  test('the cookies belong to this very host, and a cookie of another name signs nobody in', async () => {
    const signedIn = await server.anonymous()(routes.signIn, { body: { email: 'admin@example.com', password: PASSWORD } })
    const cookies = setCookiesOf(signedIn.headers)
    expect(cookies.map(({ name, attributes }) => [name, ...attributes.slice(1)])).toEqual([
      ['__Host-assay_session', 'Path=/', 'HttpOnly', 'SameSite=Strict', 'Secure'],
      ['__Host-assay_refresh', 'Path=/', 'HttpOnly', 'SameSite=Strict', 'Secure'],
    ])
    const [access] = cookies
    const me = (name: string) => fetch(new URL('/api/v1/me', server.url), { headers: { cookie: `${name}=${access?.value}` } })
    expect((await me('__Host-assay_session')).status).toBe(200)
    expect((await me('assay_session')).status).toBe(401)
  })

  test('a page of another site cannot sign anybody out', async () => {
    const response = await server.admin.fetch('/api/v1/session', { method: 'DELETE', headers: { 'sec-fetch-site': 'cross-site' } })
    expect(response.status).toBe(403)
    expect((await server.admin(routes.getMe)).status).toBe(200)
  })
})
