import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Ruleset } from '@assay/sdk/core'
import { routes } from '../contract/routes.ts'
import { startInstance, startTestServer, type TestServer } from '../testing/test-server.ts'

const STARTING = [['development', false, 0, 1], ['staging', false, 1, 1], ['production', true, 2, 1]]

describe.each(['pglite', 'postgres'] as const)('projects on %s', (database) => {
  let server: TestServer
  const params = { project: 'shop' }
  const user = { key: 'user', attribute: 'targetingKey' }

  beforeAll(async () => { server = await startTestServer({ database }) })
  afterAll(() => server.close())

  async function rulesetOf(project: string, environment: string): Promise<Ruleset> {
    const created = await server.admin(routes.createKey, { params: { project }, body: { environment, kind: 'server', name: 'Reader' } })
    expect(created.status).toBe(201)
    const response = await fetch(new URL('/sdk/v1/ruleset', server.url), { headers: { authorization: `Bearer ${created.body.secret}` } })
    expect(response.status).toBe(200)
    return (await response.json()) as Ruleset
  }

  async function flag(key: string, project = 'shop') {
    const created = await server.admin(routes.createFlag, { params: { project }, body: { key, name: key, kind: 'release', type: 'boolean', variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })
    expect(created.status).toBe(201)
    return created.body
  }

  test('a new project has its environments, each of which answers SDKs at once', async () => {
    const created = await server.admin(routes.createProject, { body: { key: 'blog', name: ' Blog ' } })
    expect(created.status).toBe(201)
    expect(created.body).toMatchObject({ key: 'blog', name: 'Blog', unitTypes: [user] })
    expect(created.body.environments.map(({ key, production, position, rulesetVersion }) => [key, production, position, rulesetVersion])).toEqual(STARTING)
    for (const environment of ['development', 'staging', 'production']) expect(await rulesetOf('blog', environment)).toMatchObject({ project: 'blog', environment, version: 1, flags: [] })
    expect((await server.admin(routes.getMe)).body.projects).toContainEqual({ key: 'blog', name: 'Blog', role: 'admin' })
    expect((await server.admin(routes.getProject, { params: { project: 'blog' } })).body).toEqual(created.body)
  })

  test('a key is taken once, also by several at the same time', async () => {
    const people = [server.admin, await server.as('viewer'), await server.as('engineer')]
    const answers = await Promise.all(people.map((person) => person(routes.createProject, { body: { key: 'race', name: 'Race' } })))
    expect(answers.map((answer) => answer.error?.code ?? answer.status).sort()).toEqual([201, 'already_exists', 'already_exists'])
    const winner = people[answers.findIndex((answer) => answer.status === 201)]
    expect((await winner?.(routes.getProject, { params: { project: 'race' } }))?.status).toBe(200)
    for (const loser of people.filter((person) => person !== winner)) expect((await loser(routes.getProject, { params: { project: 'race' } })).error?.code).toBe('not_found')
    for (const key of ['Race', '../race', '', '-x']) expect((await server.admin(routes.createProject, { body: { key, name: 'x' } })).error?.code).toBe('invalid_request')
  })

  test('a project is renamed and declares unit types that the engine can read', async () => {
    const unitTypes = [user, { key: 'company', attribute: 'company.id' }]
    const updated = await server.admin(routes.updateProject, { params, body: { basedOn: 1, name: 'The shop', unitTypes } })
    expect(updated.body).toMatchObject({ key: 'shop', name: 'The shop', unitTypes, revision: 2 })
    expect((await server.admin(routes.updateProject, { params, body: { basedOn: 2, name: 'The shop' } })).body).toEqual(updated.body)
    expect(await server.admin(routes.updateProject, { params, body: { basedOn: 2, unitTypes: [{ key: 'company', attribute: 'org' }] } })).toMatchObject({
      status: 400, error: { code: 'invalid_request', details: [{ path: 'unitTypes' }, { path: 'unitTypes.0.attribute' }] },
    })
    const { entries } = (await server.admin(routes.listAudit, { params, query: { kind: 'project' } })).body
    expect(entries.map((entry) => entry.action)).toEqual(['project.changed', 'project.created'])
    expect(entries[0]).toMatchObject({ before: { name: 'Shop', unitTypes: [user] }, after: { name: 'The shop', unitTypes } })

    const late = await server.admin(routes.updateProject, { params, body: { basedOn: 1, name: 'My shop' } })
    expect(late).toMatchObject({ status: 409, error: { code: 'revision_conflict', details: { basedOn: 1, currentRevision: 2, current: { name: 'The shop' }, yours: { name: 'My shop' }, changedBy: 'Ada Admin', changedAt: entries[0]?.at } } })
  })

  test('what is a bot is said in conditions that mean something', async () => {
    const bots = [{ property: 'agent', op: 'in' as const, values: ['probe', 'crawler'] }, { property: 'agent', op: 'equals' as const, values: ['test'] }]
    const current = (await server.admin(routes.getProject, { params })).body
    const empty = await server.admin(routes.updateProject, { params, body: { basedOn: current.revision, bots: [{ property: 'agent', op: 'in', values: [] }] } })
    expect(empty).toMatchObject({ status: 400, error: { details: [{ path: 'bots.0.values', message: 'Give one or more values.' }] } })
    const saved = await server.admin(routes.updateProject, { params, body: { basedOn: current.revision, bots } })
    expect(saved.body).toMatchObject({ bots, revision: current.revision + 1, name: current.name })
    expect((await server.admin(routes.listAudit, { params, query: { kind: 'project' } })).body.entries[0]).toMatchObject({ before: { bots: [] }, after: { bots } })
  })

  test('a unit type that something uses stays', async () => {
    const company = { key: 'company', attribute: 'company.id' }
    const device = { key: 'device', attribute: 'device' }
    const revision = async () => (await server.admin(routes.getProject, { params })).body.revision
    expect((await server.admin(routes.updateProject, { params, body: { basedOn: await revision(), unitTypes: [user, company, device] } })).status).toBe(200)
    const split = { unit: 'company', salt: 's', hash: 'murmur3' as const, arms: [{ variant: 'off', weight: 50_000 }, { variant: 'on', weight: 50_000 }], coverage: 100_000 }
    const { environments } = await flag('by-company')
    const [development] = environments
    if (!development) throw new Error('no environment')
    const path = { ...params, flag: 'by-company', environment: 'development' }
    const ruled = await server.admin(routes.saveTargeting, { params: path, body: { basedOn: development.revision, targeting: { ...development.targeting, rules: [{ id: 'r', name: '', serve: split }] } } })
    expect(ruled.status).toBe(200)
    const drop = async () => server.admin(routes.updateProject, { params, body: { basedOn: await revision(), unitTypes: [user] } })
    expect(await drop()).toMatchObject({ status: 409, error: { code: 'wrong_state', message: 'The unit type company cannot be removed: the flag by-company uses it.' } })

    const asFallthrough = await server.admin(routes.saveTargeting, { params: path, body: { basedOn: ruled.body.revision, targeting: { ...development.targeting, fallthrough: split } } })
    expect((await drop()).error?.message).toContain('the flag by-company')
    await server.admin(routes.saveTargeting, { params: path, body: { basedOn: asFallthrough.body.revision, targeting: development.targeting } })

    await server.admin(routes.createCohort, { params, body: { key: 'phones', name: 'Phones', description: '', unit: 'device', when: null, included: [], excluded: [] } })
    expect((await drop()).error?.message).toContain('the cohort phones')
    await server.admin(routes.deleteCohort, { params: { ...params, cohort: 'phones' }, query: { basedOn: 1 } })
    expect((await drop()).body.unitTypes).toEqual([user])
  })

  test('in a new environment every flag is off, and its first ruleset says so at once', async () => {
    await flag('checkout')
    const before = (await server.admin(routes.getFlag, { params: { ...params, flag: 'checkout' } })).body
    const production = before.environments.find((item) => item.environment === 'production')
    await server.admin(routes.turnOn, { params: { ...params, flag: 'checkout', environment: 'production' }, body: { basedOn: production?.revision ?? 0 } })

    const created = await server.admin(routes.createEnvironment, { params, body: { key: 'preview', name: 'Preview', production: false } })
    expect(created.status).toBe(201)
    expect(created.body).toEqual({ key: 'preview', name: 'Preview', production: false, position: 3, policy: { approvals: 0, approvers: ['engineer', 'admin'], requireReason: false }, ofrepExtras: true, revision: 1, rulesetVersion: 1 })
    const ruleset = await rulesetOf('shop', 'preview')
    expect(ruleset).toMatchObject({ environment: 'preview', version: 1 })
    expect(ruleset.flags.find((item) => item.key === 'checkout')).toMatchObject({ enabled: false, offVariant: 'off', rules: [], fallthrough: { variant: 'on' } })
    expect((await rulesetOf('shop', 'production')).flags.find((item) => item.key === 'checkout')).toMatchObject({ enabled: true })

    const { environments } = (await server.admin(routes.getFlag, { params: { ...params, flag: 'checkout' } })).body
    const state = environments.find((item) => item.environment === 'preview')
    expect(state?.targeting.enabled).toBe(false)
    expect((await server.admin(routes.turnOn, { params: { ...params, flag: 'checkout', environment: 'preview' }, body: { basedOn: state?.revision ?? 0 } })).status).toBe(200)
    expect(await rulesetOf('shop', 'preview')).toMatchObject({ version: 2 })

    const { entries } = (await server.admin(routes.listAudit, { params, query: { kind: 'environment' } })).body
    expect(entries).toMatchObject([{ action: 'environment.created', environment: 'preview', entity: { key: 'preview' }, after: { name: 'Preview', production: false } }])
  })

  test('an environment is added once, also by several at the same time', async () => {
    const create = () => server.admin(routes.createEnvironment, { params, body: { key: 'canary', name: 'Canary', production: true } })
    const answers = await Promise.all([create(), create(), create()])
    expect(answers.map((answer) => answer.error?.code ?? answer.status).sort()).toEqual([201, 'already_exists', 'already_exists'])
    const { environments } = (await server.admin(routes.getProject, { params })).body
    expect(environments.map((item) => item.position)).toEqual(environments.map((_, index) => index))
  })

  test('somebody outside sees nothing of a project', async () => {
    await server.admin(routes.createProject, { body: { key: 'secret', name: 'Secret' } })
    const stranger = await server.as('engineer')
    const inside = { params: { project: 'secret' } }
    for (const answer of [await stranger(routes.getProject, inside), await stranger(routes.listKeys, inside), await stranger(routes.listMembers, inside), await stranger(routes.listAudit, { ...inside, query: {} })]) {
      expect([answer.status, answer.error?.code]).toEqual([404, 'not_found'])
    }
    expect((await stranger(routes.getProject, { params: { project: 'no-such-project' } })).error?.message.replace('no-such-project', 'secret')).toBe((await stranger(routes.getProject, inside)).error?.message)
  })
})

test('another instance on the same PostgreSQL serves a new project', async () => {
  const server = await startTestServer({ database: 'postgres' })
  const other = await startInstance({ database: 'postgres', env: { DATABASE_URL: server.deps.config.databaseUrl ?? '' } })
  try {
    await server.admin(routes.createProject, { body: { key: 'blog', name: 'Blog' } })
    const created = await server.admin(routes.createKey, { params: { project: 'blog' }, body: { environment: 'staging', kind: 'server', name: 'Reader' } })
    await vi.waitFor(async () => {
      const response = await fetch(new URL('/sdk/v1/ruleset', other.url), { headers: { authorization: `Bearer ${created.body.secret}` } })
      expect([response.status, ((await response.json()) as Ruleset).project]).toEqual([200, 'blog'])
    }, { timeout: 20_000, interval: 10 })
  } finally {
    await other.close()
    await server.close()
  }
})
