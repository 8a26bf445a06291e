import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import express from 'express'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod/mini'
import type { ErrorBody } from '../contract/errors.ts'
import { defineRoutes } from '../contract/route.ts'
import { createMeasures } from '../platform/measures.ts'
import { adminUi } from './admin-ui.ts'
import { AppError } from './app-error.ts'
import { refuseUnknownApi } from './api-fallback.ts'
import { createErrorHandler } from './error-handler.ts'
import { jsonBody } from './json-body.ts'
import { limitGuessing } from './rate-limit.ts'
import { createRegistrar } from './register.ts'
import { requestLog } from './request-log.ts'
import { requireSameOrigin } from './same-origin.ts'
import { securityHeaders } from './security-headers.ts'

// The HTTP shell with routes of its own: every answer below is what any route of the contract gives.
const table = defineRoutes({
  open: { method: 'POST', path: '/api/v1/open', summary: '', access: 'public', body: z.strictObject({ name: z.string(), size: z.exactOptional(z.int()) }), response: z.object({ name: z.string() }), status: 201 },
  broken: { method: 'GET', path: '/api/v1/broken', summary: '', access: 'public', response: z.object({ name: z.string() }) },
  wrongShape: { method: 'GET', path: '/api/v1/wrong-shape', summary: '', access: 'public', response: z.object({ name: z.string() }) },
  search: { method: 'GET', path: '/api/v1/search', summary: '', access: 'public', query: z.strictObject({ limit: z.exactOptional(z.coerce.number()) }), response: z.object({ limit: z.number() }) },
  own: { method: 'GET', path: '/api/v1/own', summary: '', access: 'session', response: z.object({ name: z.string() }) },
  remove: { method: 'DELETE', path: '/api/v1/projects/:project/thing', summary: '', access: 'flag.write' },
})

let folder: string
let server: Server
let url: string
const logged: string[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-ui-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<meta name="nonce" content="__NONCE__"><script nonce="__NONCE__" src="/assets/app-1a2b.js"></script>')
  writeFileSync(join(folder, 'assets/app-1a2b.js'), 'console.log(1)')
  writeFileSync(join(folder, 'icon.svg'), '<svg/>')

  const log = pino({ level: 'error' }, { write: (line: string) => { logged.push(line) } })
  const app = express()
  app.set('query parser', 'simple')
  app.use(requestLog(log, createMeasures()), securityHeaders(false))
  app.post('/sdk/v1/events', jsonBody('5mb'), (req, res) => { res.json({ items: (req.body as { items: unknown[] }).items.length }) })
  app.use('/api', requireSameOrigin('https://assay.example.com'), jsonBody('1mb'))
  app.post('/api/v1/session', limitGuessing(Date.now, { max: 4, windowMs: 60_000 }, { max: 2, windowMs: 60_000 }), (req, res) => { res.status((req.body as { password: string }).password === 'right' ? 200 : 401).json({}) })
  const people: Record<string, { id: string; name: string }> = { Ada: { id: 'a', name: 'Ada' }, Vic: { id: 'v', name: 'Vic' } }
  const on = createRegistrar(app, {
    async authenticate(req) {
      const actor = people[req.get('cookie') ?? '']
      return actor ? { actor, limits: null } : null
    },
    async assertConfirmed(req) {
      if (req.get('x-confirmed') === undefined) throw new AppError('reauthentication_required', 'Give your password again.')
    },
    scopeFor: async (userId, key) => (key === 'shop' ? { id: 'p', key, role: userId === 'a' ? 'admin' : 'viewer' } : null),
    onBrokenResponse: (route) => { throw new Error(`broken ${route.path}`) },
  })
  on(table.open, async ({ body }) => body)
  on(table.broken, async () => { throw new Error('the password is hunter2') })
  on(table.wrongShape, async () => JSON.parse('{"name":7}') as { name: string })
  on(table.search, async ({ query }) => ({ limit: query.limit ?? 0 }))
  on(table.own, async ({ actor }) => ({ name: actor.name }))
  on(table.remove, async () => undefined)
  app.use('/api', refuseUnknownApi(table))
  app.use(adminUi(folder))
  app.use(createErrorHandler(log))
  server = createServer(app)
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

async function call(method: string, path: string, { body, headers = {} }: { body?: string | Buffer<ArrayBuffer>; headers?: Record<string, string> } = {}) {
  const response = await fetch(new URL(path, url), { method, ...(body === undefined ? {} : { body }), headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers } })
  const text = await response.text()
  const error = response.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as Partial<ErrorBody>).error : undefined
  return { status: response.status, code: error?.code, message: error?.message, details: error?.details, text, headers: response.headers }
}

test('a valid request is answered with the status of the route, and unknown response fields stay inside', async () => {
  expect(await call('POST', '/api/v1/open', { body: '{"name":"x","size":2}' })).toMatchObject({ status: 201, text: '{"name":"x"}' })
})

test('what is wrong with a request is said by path', async () => {
  expect(await call('POST', '/api/v1/open', { body: '{"name":1,"colour":"red"}' })).toMatchObject({ status: 400, code: 'invalid_request', details: [{ path: 'name' }, { path: '' }] })
  expect(await call('GET', '/api/v1/search?limit=many')).toMatchObject({ status: 400, code: 'invalid_request', details: [{ path: 'limit' }] })
  expect(await call('GET', '/api/v1/search?limit=3')).toMatchObject({ status: 200, text: '{"limit":3}' })
})

test.each([
  ['broken JSON', { body: '{"name":' }, 400, 'invalid_json'],
  ['no body', {}, 415, 'unsupported_media_type'],
  ['a form', { body: 'name=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'unsupported_media_type'],
  ['another charset', { body: '{}', headers: { 'content-type': 'application/json; charset=utf-99' } }, 415, 'unsupported_media_type'],
  ['more than 1 MB', { body: JSON.stringify({ name: 'x'.repeat(1_100_000) }) }, 413, 'too_large'],
  ['a NUL character', { body: '{"name":"a\\u0000"}' }, 400, 'invalid_request'],
  ['100,000 levels', { body: '['.repeat(100_000) }, 400, 'invalid_request'],
  ['a body that is not gzip', { body: '{"name":"x"}', headers: { 'content-encoding': 'gzip' } }, 400, 'invalid_request'],
  ['an unknown encoding', { body: '{"name":"x"}', headers: { 'content-encoding': 'rot13' } }, 415, 'unsupported_media_type'],
])('%s is refused', async (_name, request, status, code) => {
  expect(await call('POST', '/api/v1/open', request)).toMatchObject({ status, code })
})

test('an unexpected error says nothing of itself, and its cause is logged under the request id', async () => {
  const answer = await call('GET', '/api/v1/broken')
  expect(answer).toMatchObject({ status: 500, code: 'internal' })
  expect(answer.text).not.toContain('hunter2')
  const line = logged.find((entry) => entry.includes('hunter2'))
  expect(line).toContain(answer.headers.get('x-request-id'))
})

test('a response that breaks the contract is noticed', async () => {
  expect(await call('GET', '/api/v1/wrong-shape')).toMatchObject({ status: 500, code: 'internal' })
})

test('an unknown path is 404 and a wrong method 405 with what is allowed', async () => {
  expect(await call('GET', '/api/v1/nothing')).toMatchObject({ status: 404, code: 'not_found' })
  const wrong = await call('PUT', '/api/v1/open', { body: '{}' })
  expect(wrong).toMatchObject({ status: 405, code: 'method_not_allowed' })
  expect(wrong.headers.get('allow')).toBe('POST')
  expect(await call('GET', '/api/v1/projects/%E0%A4%A/thing')).toMatchObject({ status: 400 })
})

test('a NUL character in a path is refused before anything looks for what is named', async () => {
  for (const path of ['/api/v1/projects/%00/thing', '/api/v1/projects/shop%00/thing']) {
    expect(await call('DELETE', path, { headers: { cookie: 'Ada' } }), path).toMatchObject({ status: 400, code: 'invalid_request', details: [{ path: 'project' }] })
  }
})

test('a route asks who it is, then for the project, then for the role', async () => {
  expect(await call('GET', '/api/v1/own')).toMatchObject({ status: 401, code: 'not_signed_in' })
  expect(await call('GET', '/api/v1/own', { headers: { cookie: 'Ada' } })).toMatchObject({ status: 200 })
  expect(await call('DELETE', '/api/v1/projects/shop/thing')).toMatchObject({ status: 401, code: 'not_signed_in' })
  expect(await call('DELETE', '/api/v1/projects/other/thing', { headers: { cookie: 'Ada' } })).toMatchObject({ status: 404, code: 'not_found' })
  expect(await call('DELETE', '/api/v1/projects/shop/thing', { headers: { cookie: 'Vic' } })).toMatchObject({ status: 403, code: 'forbidden' })
  expect(await call('DELETE', '/api/v1/projects/shop/thing', { headers: { cookie: 'Ada' } })).toMatchObject({ status: 204, text: '' })
})

test.each([
  [{ 'sec-fetch-site': 'cross-site' }, 403],
  [{ 'sec-fetch-site': 'same-site' }, 403],
  [{ 'sec-fetch-site': 'same-origin' }, 201],
  [{ origin: 'https://evil.example' }, 403],
  [{ origin: 'null' }, 403],
  [{ origin: 'https://assay.example.com' }, 201],
  [{}, 201],
])('a change with %o is answered %i', async (headers, status) => {
  expect((await call('POST', '/api/v1/open', { body: '{"name":"x"}', headers: headers })).status).toBe(status)
})

test('failed sign-ins run out per person and per address, others do not count', async () => {
  const signIn = (email: string, password: string) => call('POST', '/api/v1/session', { body: JSON.stringify({ email, password }) })
  for (let i = 0; i < 5; i++) expect((await signIn('ada@example.com', 'right')).status).toBe(200)
  expect((await signIn('ada@example.com', 'wrong')).status).toBe(401)
  expect((await signIn('Ada@example.com', 'wrong')).status).toBe(401)
  const refused = await signIn('ada@example.com', 'right')
  expect(refused).toMatchObject({ status: 429, code: 'rate_limited' })
  expect(refused.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
  expect((await signIn('bob@example.com', 'wrong')).status).toBe(401)
  expect((await signIn('cid@example.com', 'wrong')).status).toBe(401)
  expect((await signIn('dan@example.com', 'right')).status).toBe(429)
})

test('events are accepted compressed, up to 5 MB after inflating', async () => {
  const batch = Buffer.from(JSON.stringify({ items: Array.from({ length: 1000 }, () => ({ text: 'x'.repeat(2000) })) }))
  const send = (body: Buffer, encoding: string) => call('POST', '/sdk/v1/events', { body: Buffer.from(body), headers: { 'content-encoding': encoding } })
  expect(await send(gzipSync(batch), 'gzip')).toMatchObject({ status: 200, text: '{"items":1000}' })
  expect(await send(brotliCompressSync(batch), 'br')).toMatchObject({ status: 200, text: '{"items":1000}' })
  const bomb = gzipSync(Buffer.alloc(50_000_000, 0x20))
  expect(await send(bomb, 'gzip')).toMatchObject({ status: 413, code: 'too_large' })
})

test('every path that is not a file is the page, with a fresh nonce in its policy', async () => {
  const first = await call('GET', '/projects/shop/flags')
  const nonce = /content="([^"]+)"/.exec(first.text)?.[1] ?? ''
  expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/)
  expect(first.text).toContain(`<script nonce="${nonce}"`)
  expect(first.headers.get('content-security-policy')).toContain(`script-src 'self' 'nonce-${nonce}'`)
  expect(first.headers.get('content-security-policy')).not.toContain('unsafe')
  expect(first.headers.get('cache-control')).toBe('no-store')
  const second = await call('GET', '/')
  expect(second.text).not.toContain(nonce)
  expect((await call('GET', '/index.html')).text).not.toContain('__NONCE__')
})

test('hashed assets are kept for ever, other files are not, and a missing asset is no page', async () => {
  const asset = await call('GET', '/assets/app-1a2b.js')
  expect(asset).toMatchObject({ status: 200, text: 'console.log(1)' })
  expect(asset.headers.get('cache-control')).toBe('public,max-age=31536000,immutable')
  expect((await call('GET', '/icon.svg')).status).toBe(200)
  expect((await call('GET', '/assets/gone.js')).status).toBe(404)
  expect((await call('GET', '/../../etc/passwd')).text).not.toContain('root:')
})

test('every response says how a browser must treat it', async () => {
  const { headers } = await call('GET', '/api/v1/search')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
  expect(headers.get('referrer-policy')).toBe('no-referrer')
})
