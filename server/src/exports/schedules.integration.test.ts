import { createHmac } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ExportDestination, ExportSchedule, ExportSetup } from '../contract/export-schedules.ts'
import { routes } from '../contract/routes.ts'
import { type BucketServer, startBucketServer } from '../testing/bucket-server.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { runDueExports } from './run-schedules.service.ts'

let server: TestServer
let bucket: BucketServer
let hook: Server
let root: string
let now = new Date('2026-11-25T04:55:00.000Z')
const params = { project: 'shop' }
const received: { headers: IncomingHttpHeaders; url: string; body: Buffer }[] = []
let answerWith: { status: number; headers?: Record<string, string> } = { status: 204 }

beforeAll(async () => {
  bucket = await startBucketServer()
  root = mkdtempSync(join(tmpdir(), 'assay-exports-'))
  hook = createServer((req, res) => {
    const pieces: Buffer[] = []
    req.on('data', (piece: Buffer) => pieces.push(piece))
    req.on('end', () => {
      received.push({ headers: req.headers, url: req.url ?? '', body: Buffer.concat(pieces) })
      res.writeHead(answerWith.status, answerWith.headers).end()
    })
  })
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve))
  server = await startTestServer({ now: () => now, env: { ASSAY_EXPORT_DIR: root, ASSAY_EXPORT_ADDRESSES: 'any', ASSAY_BUCKET_KEY_ID: bucket.accessKeyId, ASSAY_BUCKET_SECRET: bucket.secretAccessKey } })
  for (const key of ['one', '=two']) await server.admin(routes.createFlag, { params, body: { key: key.replace('=', ''), name: key, kind: 'release', type: 'boolean', variants: [{ key: 'off', value: false }] } })
})
afterAll(async () => {
  await server.close()
  await bucket.close()
  hook.close()
  rmSync(root, { recursive: true, force: true })
})
beforeEach(async () => {
  now = new Date('2026-11-25T04:55:00.000Z')
  answerWith = { status: 204 }
  received.length = 0
  for (const { id } of await schedules()) await server.admin(routes.deleteExportSchedule, { params: { ...params, schedule: id } })
})

const hookUrl = () => `http://127.0.0.1:${(hook.address() as AddressInfo).port}/take?team=a`
const setup = (destination: ExportDestination, more: Partial<ExportSetup> = {}): ExportSetup => ({ name: 'Flags of the week', source: { resource: 'flags', filters: {} }, format: 'csv', every: 'day', hour: 5, destination, enabled: true, ...more })
const schedules = async () => (await server.admin(routes.listExportSchedules, { params })).body.schedules
const only = async (): Promise<ExportSchedule> => (await schedules())[0] ?? never()
const runDue = () => runDueExports(server.deps, new AbortController().signal)

async function create(destination: ExportDestination, more: Partial<ExportSetup> = {}, api = server.admin) {
  const { status, body, error } = await api(routes.createExportSchedule, { params, body: setup(destination, more) })
  expect([status, error]).toEqual([201, null])
  return body
}

async function runNow(schedule: ExportSchedule): Promise<ExportSchedule> {
  expect((await server.admin(routes.runExportSchedule, { params: { ...params, schedule: schedule.id } })).status).toBe(202)
  await runDue()
  return only()
}

test('an export goes to a folder at its time, whole and under one name, and says what it did', async () => {
  const { schedule, secret } = await create({ kind: 'folder', folder: 'weekly/flags' })
  expect([schedule.nextRunAt, schedule.runsAs, schedule.lastRun, secret]).toEqual(['2026-11-25T05:00:00.000Z', 'Ada Admin', null, null])
  await runDue()
  expect((await only()).lastRun).toBeNull()
  now = new Date('2026-11-25T05:00:01.000Z')
  await runDue()
  const { lastRun, nextRunAt } = await only()
  const folder = join(root, 'shop', 'weekly', 'flags')
  const name = `flags-of-the-week-${schedule.id.slice(-6)}-20261125T050000Z.csv`
  expect(readdirSync(folder)).toEqual([name])
  const text = readFileSync(join(folder, name), 'utf8')
  expect((parse(text, { columns: true }) as unknown as Record<string, string>[]).map((row) => row['name']).sort()).toEqual(["'=two", 'one'])
  expect(nextRunAt).toBe('2026-11-26T05:00:00.000Z')
  expect(lastRun).toEqual({ state: 'done', dueAt: '2026-11-25T05:00:00.000Z', startedAt: now.toISOString(), finishedAt: now.toISOString(), attempt: 1, rows: 2, bytes: Buffer.byteLength(text), location: `shop/weekly/flags/${name}`, error: null, retryAt: null })
  const { entries } = (await server.admin(routes.listAudit, { params, query: { kind: 'export', limit: 1 } })).body
  expect(entries).toMatchObject([{ action: 'export.sent', actor: { name: 'Ada Admin' }, entity: { key: 'flags' }, after: { schedule: schedule.name, format: 'csv', filters: {}, rows: 2, location: lastRun?.location } }])
})

test('it can be run now, by the filters that it was given, and not while it is off', async () => {
  const { schedule } = await create({ kind: 'folder', folder: 'now' }, { format: 'parquet', source: { resource: 'flags', filters: { q: 'two' } } })
  const { lastRun } = await runNow(schedule)
  expect(lastRun).toMatchObject({ state: 'done', rows: 1, dueAt: now.toISOString() })
  const bytes = readFileSync(join(root, lastRun?.location ?? ''))
  expect(await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength), columns: ['key'] })).toEqual([{ key: 'two' }])
  const off = await server.admin(routes.saveExportSchedule, { params: { ...params, schedule: schedule.id }, body: { basedOn: schedule.revision, setup: { ...setup({ kind: 'folder', folder: 'now' }), enabled: false } } })
  expect(off.body.schedule.nextRunAt).toBeNull()
  now = new Date('2026-11-25T05:01:00.000Z')
  await runDue()
  expect((await only()).lastRun).toEqual(lastRun)
  expect((await server.admin(routes.runExportSchedule, { params: { ...params, schedule: schedule.id } })).error?.code).toBe('wrong_state')
})

test.each(['../elsewhere', 'a/../../b', '/etc', 'a//b', './a', 'a/..', 'a\\b', 'a/', ''].filter((folder) => folder !== ''))('a folder such as %j is refused', async (folder) => {
  const { status, error } = await server.admin(routes.createExportSchedule, { params, body: setup({ kind: 'folder', folder }) })
  expect([status, error?.code]).toEqual([400, 'invalid_request'])
})

test('a link that leads out of the root is not followed', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'assay-outside-'))
  mkdirSync(join(root, 'shop'), { recursive: true })
  symlinkSync(outside, join(root, 'shop', 'link'))
  const { lastRun } = await runNow((await create({ kind: 'folder', folder: 'link/deep' })).schedule)
  expect(lastRun).toMatchObject({ state: 'failed', retryAt: null })
  expect(lastRun?.error).toContain('leads out of the folder')
  expect(readdirSync(outside)).toEqual([])
  rmSync(outside, { recursive: true })
})

test('a small file goes to a bucket in one signed request', async () => {
  const s3 = { kind: 's3', endpoint: bucket.url, region: 'eu-central-1', bucket: 'assay-exports', prefix: 'shop/daily', style: 'path' } as const
  const { lastRun } = await runNow((await create(s3, { format: 'ndjson' })).schedule)
  expect(lastRun).toMatchObject({ state: 'done', rows: 2, error: null })
  const [key, body] = [...bucket.objects][0] ?? []
  expect(`s3://${key ?? ''}`).toBe(lastRun?.location)
  expect(key).toMatch(/^assay-exports\/shop\/daily\/flags-of-the-week-\w{6}-20261125T045500Z\.ndjson$/)
  expect(body?.toString().split('\n')).toHaveLength(3)
})

test('a long file goes to a bucket part by part, and a part that fails leaves nothing', async () => {
  bucket.objects.clear()
  const units = Array.from({ length: 45_000 }, (_, i) => `${String(i).padStart(8, '0')}-${'x'.repeat(90)}`)
  for (const key of ['large', 'larger']) expect((await server.admin(routes.createCohort, { params, body: { key, name: key, description: '', unit: 'user', when: null, included: units, excluded: [] } })).error).toBeNull()
  const s3 = { kind: 's3', endpoint: bucket.url, region: 'eu-central-1', bucket: 'assay-exports', prefix: '', style: 'path' } as const
  bucket.failParts = 1
  const { schedule } = await create(s3, { source: { resource: 'cohorts', filters: {} }, format: 'json' })
  const failed = await runNow(schedule)
  expect(failed.lastRun).toMatchObject({ state: 'failed', attempt: 1, error: 'The bucket assay-exports answered 500 (InternalError).', retryAt: '2026-11-25T04:56:00.000Z' })
  expect([bucket.objects.size, bucket.openUploads()]).toEqual([0, 0])
  now = new Date('2026-11-25T04:56:00.000Z')
  await runDue()
  const { lastRun, nextRunAt } = await only()
  expect(lastRun).toMatchObject({ state: 'done', attempt: 2, dueAt: '2026-11-25T04:55:00.000Z', retryAt: null })
  expect(nextRunAt).toBe('2026-11-25T05:00:00.000Z')
  const [object] = [...bucket.objects.values()]
  expect(object?.length).toBe(lastRun?.bytes)
  expect(object?.length).toBeGreaterThan(8 * 1024 * 1024)
  expect((JSON.parse(object?.toString() ?? '') as { rows: { included: string[] }[] }).rows.map(({ included }) => included.length)).toEqual([45_000, 45_000])
  expect(bucket.openUploads()).toBe(0)
  for (const key of ['large', 'larger']) await server.admin(routes.deleteCohort, { params: { ...params, cohort: key }, query: { basedOn: 1 } })
})

test('a bucket that does not know the key says so', async () => {
  const { secretAccessKey } = bucket
  bucket.secretAccessKey = 'another'
  const { lastRun } = await runNow((await create({ kind: 's3', endpoint: bucket.url, region: 'eu-central-1', bucket: 'assay-exports', prefix: '', style: 'path' })).schedule)
  bucket.secretAccessKey = secretAccessKey
  expect(lastRun?.error).toBe('The bucket assay-exports answered 403 (SignatureDoesNotMatch).')
})

test('a webhook gets the file, signed by a secret that is shown once', async () => {
  const { schedule, secret } = await create({ kind: 'webhook', url: hookUrl() }, { format: 'json' })
  expect(secret).toMatch(/^whsec_/)
  expect(JSON.stringify(await schedules())).not.toContain(secret)
  const { lastRun } = await runNow(schedule)
  expect(lastRun).toMatchObject({ state: 'done', rows: 2 })
  const [{ headers, url, body } = never()] = received
  expect(url).toBe('/take?team=a')
  const signed = createHmac('sha256', Buffer.from((secret ?? '').slice(6), 'base64')).update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.`).update(body).digest('base64')
  expect(headers).toMatchObject({ 'webhook-signature': `v1,${signed}`, 'webhook-timestamp': String(now.getTime() / 1000), 'content-type': 'application/json; charset=utf-8', 'content-length': String(lastRun?.bytes), 'assay-table': 'flags' })
  expect((JSON.parse(body.toString()) as { rows: unknown[] }).rows).toHaveLength(2)
  const { entries } = (await server.admin(routes.listAudit, { params, query: { limit: 5 } })).body
  expect(JSON.stringify(entries)).not.toContain(secret)
  const renewed = (await server.admin(routes.renewExportSecret, { params: { ...params, schedule: schedule.id } })).body
  expect(renewed.secret).not.toBe(secret)
  now = new Date('2026-11-25T04:57:00.000Z')
  expect((await runNow(renewed.schedule)).lastRun?.state).toBe('done')
  expect(received[1]?.headers['webhook-id']).not.toBe(headers['webhook-id'])
})

test('a webhook that fails is tried again under the same id; a redirect is not followed', async () => {
  answerWith = { status: 503 }
  const { schedule } = await create({ kind: 'webhook', url: hookUrl() })
  expect((await runNow(schedule)).lastRun).toMatchObject({ state: 'failed', error: 'The service answered 503.', retryAt: '2026-11-25T04:56:00.000Z' })
  now = new Date('2026-11-25T04:56:00.000Z')
  answerWith = { status: 302, headers: { location: hookUrl() } }
  await runDue()
  expect((await only()).lastRun).toMatchObject({ state: 'failed', attempt: 2, retryAt: null })
  expect((await only()).lastRun?.error).toContain('Redirects are not followed')
  expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([received[0]?.headers['webhook-id'], received[0]?.headers['webhook-id']])
})

test('another address gets another secret, the same one keeps it', async () => {
  const { schedule } = await create({ kind: 'webhook', url: hookUrl() })
  const save = async (basedOn: number, url: string) => (await server.admin(routes.saveExportSchedule, { params: { ...params, schedule: schedule.id }, body: { basedOn, setup: setup({ kind: 'webhook', url }) } })).body
  expect((await save(1, hookUrl())).secret).toBeNull()
  expect((await save(2, `${hookUrl()}&b=1`)).secret).toMatch(/^whsec_/)
})

test('it runs with the rights that its person has when it runs', async () => {
  const engineer = await server.as('engineer')
  const { schedule } = await create({ kind: 'folder', folder: 'rights' }, { source: { resource: 'keys', filters: {} } }, engineer)
  expect((await runNow(schedule)).lastRun?.state).toBe('done')
  const member = (await server.admin(routes.listMembers, { params })).body.members.find(({ name }) => name === schedule.runsAs)
  await server.admin(routes.changeMember, { params: { ...params, userId: member?.userId ?? '' }, body: { basedOn: member?.revision ?? 0, role: 'viewer' } })
  const { lastRun } = await runNow(await only())
  expect(lastRun).toMatchObject({ state: 'failed', retryAt: null })
  expect(lastRun?.error).toContain(`in the name of ${schedule.runsAs}`)
})

test('what cannot be is told when it is set up', async () => {
  const refused = async (more: Partial<ExportSetup>) => (await server.admin(routes.createExportSchedule, { params, body: setup({ kind: 'folder', folder: '' }, more) })).error
  expect(await refused({ source: { resource: 'flags', filters: { colour: 'red' } } })).toMatchObject({ code: 'invalid_request', details: [{ path: 'source.filters' }] })
  expect(await refused({ source: { resource: 'exposures', filters: {} } })).toMatchObject({ code: 'invalid_request', details: [{ path: 'source.filters.experiment' }] })
  expect((await server.admin(routes.createExportSchedule, { params, body: setup({ kind: 'webhook', url: 'https://user:secret@example.com/' }) })).status).toBe(400)
  await create({ kind: 'folder', folder: '' })
  expect((await server.admin(routes.createExportSchedule, { params, body: setup({ kind: 'folder', folder: '' }) })).error?.code).toBe('already_exists')
  const { id } = await only()
  expect((await server.admin(routes.saveExportSchedule, { params: { ...params, schedule: id }, body: { basedOn: 7, setup: setup({ kind: 'folder', folder: '' }) } })).error?.code).toBe('revision_conflict')
})

test('a run that a stopped process left begins anew, and one that is stopped is due still', async () => {
  const { schedule } = await create({ kind: 'folder', folder: 'crash' })
  await server.admin(routes.runExportSchedule, { params: { ...params, schedule: schedule.id } })
  const stopping = new AbortController()
  const run = runDueExports(server.deps, stopping.signal)
  stopping.abort()
  await run
  now = new Date('2026-11-25T04:55:30.000Z')
  await runDue()
  expect((await only()).lastRun).toMatchObject({ state: 'done', dueAt: '2026-11-25T04:55:00.000Z' })
})

test('private addresses are refused unless the server allows them, and unconfigured destinations are named', async () => {
  const careful = await startTestServer()
  const listed = (await careful.admin(routes.listExportSchedules, { params })).body
  expect(listed).toEqual({ schedules: [], destinations: { folder: false, s3: false } })
  expect((await careful.admin(routes.createExportSchedule, { params, body: setup({ kind: 'folder', folder: 'a' }) })).error).toMatchObject({ details: [{ path: 'destination.folder' }] })
  expect((await careful.admin(routes.createExportSchedule, { params, body: setup({ kind: 's3', endpoint: null, region: 'eu-central-1', bucket: 'abc', prefix: '', style: 'host' }) })).error).toMatchObject({ details: [{ path: 'destination.bucket' }] })
  for (const url of [hookUrl(), hookUrl().replace('127.0.0.1', 'localhost'), 'http://[::1]:9/', 'http://2130706433/']) {
    const { body } = await careful.admin(routes.createExportSchedule, { params, body: setup({ kind: 'webhook', url }, { name: url }) })
    await careful.admin(routes.runExportSchedule, { params: { ...params, schedule: body.schedule.id } })
  }
  await runDueExports(careful.deps, new AbortController().signal)
  const { schedules: all } = (await careful.admin(routes.listExportSchedules, { params })).body
  expect(all).toHaveLength(4)
  for (const { lastRun } of all) expect(lastRun).toMatchObject({ state: 'failed', retryAt: null, error: expect.stringContaining('is an address of this machine or a private network.') as string })
  expect(received).toEqual([])
  await careful.close()
})

function never(): never {
  throw new Error('There is one.')
}
