import { afterAll, beforeAll, expect, test } from 'vitest'
import { allows, roles } from '../contract/roles.ts'
import type { Route } from '../contract/route.ts'
import { routes } from '../contract/routes.ts'
import type { Api } from '../testing/api.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

// Generated from the contract: a new route is held to its permission without a line here.
let server: TestServer
const people = new Map<string, Api>()

beforeAll(async () => {
  server = await startTestServer()
  for (const role of roles) people.set(role, await server.as(role))
})
afterAll(async () => { await server.close() })

const all = Object.entries(routes) as [string, Route][]
const inProject = all.filter(([, { access }]) => access !== 'public' && access !== 'session')

/** Calls a route with parameters that name nothing and a body that fits nothing: only the gate in front can say 401, 403 or the project's 404. */
async function knock(api: Api, { method, path }: Route, project = 'shop') {
  const at = path.replace(':project', project).replace(/:\w+/g, 'no-such-thing')
  const response = await api.fetch(at, { method, headers: { 'content-type': 'application/json' }, ...(method === 'GET' || method === 'DELETE' ? {} : { body: '{"no":"such field"}' }) })
  const text = await response.text()
  return { status: response.status, code: response.ok || text === '' ? undefined : (JSON.parse(text) as { error: { code: string } }).error.code }
}

test.each(all.filter(([, { access }]) => access !== 'public'))('%s asks who it is', async (_name, route) => {
  expect(await knock(server.anonymous(), route)).toEqual({ status: 401, code: 'not_signed_in' })
})

test.each(inProject)('%s does not say that a project exists to those outside it', async (_name, route) => {
  expect(await knock(server.admin, route, 'somebody-elses')).toEqual({ status: 404, code: 'not_found' })
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
