import { afterAll, beforeAll, expect, test } from 'vitest'
import { allows, roles } from '../contract/roles.ts'
import type { Route } from '../contract/route.ts'
import { routes } from '../contract/routes.ts'
import type { Api } from '../testing/api.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

// Generated from the contract: a new route is held to its permission without a line here.
let server: TestServer
const people = new Map<string, Api>()
/** Admin of another project, where the people above are nobody. */
let stranger: Api

beforeAll(async () => {
  server = await startTestServer()
  for (const role of roles) people.set(role, await server.as(role))
  stranger = await server.as('viewer')
  const { id } = (await stranger(routes.getMe)).body
  expect((await stranger(routes.createProject, { body: { key: 'somebody-elses', name: 'Somebody else’s' } })).status).toBe(201)
  expect((await server.admin(routes.removeMember, { params: { project: 'shop', userId: id } })).status).toBe(204)
})
afterAll(async () => { await server.close() })

const all = Object.entries(routes) as [string, Route][]
const inProject = all.filter(([, { access }]) => access !== 'public' && access !== 'session')

/** Calls a route with parameters that name nothing and a body that fits nothing: only the gate in front can say 401, 403 or the project's 404. */
async function knock(api: Api, { method, path }: Route, project = 'shop') {
  const at = path.replace(':project', project).replace(/:\w+/g, 'no-such-thing')
  const response = await api.fetch(at, { method, headers: { 'content-type': 'application/json' }, ...(method === 'GET' || method === 'DELETE' ? {} : { body: '{"no":"such field"}' }) })
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
  // A stream does not end by itself.
  if (isStream) await response.body?.cancel()
  const text = isStream ? '' : await response.text()
  const error = response.ok || text === '' ? undefined : (JSON.parse(text) as { error: { code: string; message: string } }).error
  return { status: response.status, code: error?.code, message: error?.message }
}

test.each(all.filter(([, { access }]) => access !== 'public'))('%s asks who it is', async (_name, route) => {
  expect(await knock(server.anonymous(), route)).toMatchObject({ status: 401, code: 'not_signed_in' })
})

test.each(inProject)('%s does not say that a project exists to those outside it', async (_name, route) => {
  const missing = await knock(stranger, route, 'no-such-project')
  expect(missing).toMatchObject({ status: 404, code: 'not_found' })
  const answers = [await knock(stranger, route, 'shop'), ...(await Promise.all([...people.values()].map((api) => knock(api, route, 'somebody-elses'))))]
  for (const answer of answers) expect({ ...answer, message: answer.message?.replace(/shop|somebody-elses/, 'no-such-project') }).toEqual(missing)
})

test.each(all.filter(([, { access }]) => access === 'session'))('%s is for everybody signed in', async (_name, route) => {
  for (const api of [...people.values(), stranger]) expect([200, 400, 404]).toContain((await knock(api, route)).status)
})

test.each(all.filter(([, { access }]) => access === 'public'))('%s breaks for nobody', async (_name, route) => {
  const { status, code } = await knock(server.anonymous(), route)
  expect(code).not.toBe('forbidden')
  expect(status).toBeLessThan(500)
})

test.each([['GET', 'ruleset'], ['GET', 'stream'], ['POST', 'seen'], ['POST', 'events']])('%s /sdk/v1/%s asks for a key, and a person is none', async (method, path) => {
  for (const api of [server.anonymous(), server.admin]) {
    const response = await api.fetch(`/sdk/v1/${path}`, { method, headers: { 'content-type': 'application/json' }, ...(method === 'POST' ? { body: '{}' } : {}) })
    expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([401, 'invalid_key'])
  }
})

test.each(inProject.flatMap(([name, route]) => roles.map((role) => [name, role, route] as const)))('%s as %s is decided by the table of permissions', async (_name, role, route) => {
  const api = people.get(role)
  if (!api) throw new Error(role)
  const { status, code } = await knock(api, route)
  const permitted = allows(role, route.access as Parameters<typeof allows>[1])
  if (permitted) expect(code).not.toBe('forbidden')
  else expect({ status, code }).toEqual({ status: 403, code: 'forbidden' })
  expect(status).toBeLessThan(500)
})

test('the document of the API is served', async () => {
  const response = await server.anonymous().fetch('/api/v1/openapi.json')
  expect(await response.json()).toMatchObject({ openapi: '3.1.0' })
})

test('metrics count what was really answered', async () => {
  await server.anonymous().fetch('/api/v1/me')
  const text = await (await server.anonymous().fetch('/metrics')).text()
  expect(text).toMatch(/assay_http_requests_total\{method="GET",route="\/api\/v1\/me",status="401"\} [1-9]/)
  expect(text).toContain('process_resident_memory_bytes')
})

test('alive and ready are said without a key', async () => {
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
})
