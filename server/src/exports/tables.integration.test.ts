import { randomUUID } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportResourceNames, exportResources, type ExportFormat, type ExportResource } from '../contract/exports.ts'
import { allows, type Role, roles } from '../contract/roles.ts'
import { routes } from '../contract/routes.ts'
import type { Api } from '../testing/api.ts'
import { recordExperiment, type RecordedExperiment } from '../testing/recorded-experiment.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import type { ColumnType } from './columns.ts'
import { exportTables } from './tables.service.ts'

let server: TestServer
let experiment: RecordedExperiment
const people = new Map<Role, Api>()
const params = { project: 'shop' }
const arms = [{ variant: 'off', weight: 50_000 }, { variant: 'on', weight: 50_000 }]

beforeAll(async () => {
  server = await startTestServer()
  const { admin } = server
  for (const role of roles) people.set(role, await server.as(role))
  experiment = await recordExperiment(server, { origin: new Date('2026-03-02T08:00:00Z'), metrics: [{ key: 'spent', type: 'mean', unitLabel: 'EUR' }, { key: 'bought', windowHours: 24 }], draft: { title: '=HYPERLINK("http://evil.example")' } })
  await experiment.expose('off', ['=1+1', ...Array.from({ length: 40 }, (_, i) => `off-${i}`)])
  await experiment.expose('on', Array.from({ length: 40 }, (_, i) => `on-${i}`), 25)
  for (let i = 0; i < 30; i++) {
    await experiment.track('spent', `off-${i}`, i, 4)
    await experiment.track('spent', `on-${i}`, 1.1 * i, 30)
  }
  await experiment.send([{ kind: 'event', id: randomUUID(), at: experiment.at(50), name: 'elsewhere', units: { user: 'on-1' } }])
  await experiment.analyse()
  const decided = await recordExperiment(server, { origin: new Date('2026-03-02T08:00:00Z'), metrics: [{ key: 'clicked' }] })
  await decided.expose('off', ['a', 'b'])
  await decided.expose('on', ['c', 'd'])
  await decided.analyse()
  await admin(routes.stopExperiment, { params: { ...params, experiment: decided.key }, body: { reason: 'Enough.' } })
  expect((await admin(routes.decideExperiment, { params: { ...params, experiment: decided.key }, body: { choice: 'iterate', note: 'Too few.', learning: '-nothing' } })).error).toBeNull()
  for (const [key, kind] of [['checkout.pay', 'release'], ['search.rank', 'operational'], ['old.banner', 'release']] as const) {
    await admin(routes.createFlag, { params, body: { key, name: `=${key}`, kind, type: 'boolean', tags: ['team:pay'], variants: [{ key: 'off', value: false }, { key: 'on', value: true }] } })
  }
  await admin(routes.turnOn, { params: { ...params, flag: 'checkout.pay', environment: 'production' }, body: { basedOn: 1 } })
  await admin(routes.archiveFlag, { params: { ...params, flag: 'old.banner' }, body: { basedOn: 1 } })
  await admin(routes.createCohort, { params, body: { key: 'nordics', name: 'Nordics', description: '', unit: 'user', when: { attribute: 'country', op: 'in', values: ['SE', 'NO'] }, included: ['a', 'b'], excluded: [] } })
  await admin(routes.createLayer, { params, body: { key: 'checkout', name: 'Checkout', unit: 'user' } })
  await admin(routes.createLayer, { params, body: { key: 'free', name: 'Free', unit: 'user' } })
  await admin(routes.createHoldout, { params, body: { key: 'winter', name: 'Winter', unit: 'user', share: 5_000 } })
  const targeting = { enabled: true, offVariant: 'off', prerequisites: [], rules: [{ id: 'all', name: '', serve: { unit: 'user', salt: 's', hash: 'murmur3' as const, arms, coverage: 100_000, layer: { key: 'checkout', from: 0, to: 40_000 } } }], fallthrough: { variant: 'off' } }
  const proposed = await admin(routes.proposeChange, { params: { ...params, flag: 'search.rank', environment: 'staging' }, body: { basedOn: 1, targeting, reason: '@rank by taste' } })
  expect(proposed.error).toBeNull()
})
afterAll(() => server.close())

/** What a table cannot do without; of the audit log, what the exports of this file do not add to. */
function filtersOf(resource: ExportResource): Record<string, string> {
  if (resource === 'audit') return { kind: 'flag' }
  return resource === 'exposures' || resource === 'events' ? { experiment: experiment.key } : {}
}

async function fetchTable(api: Api, resource: ExportResource, format: ExportFormat, filters = filtersOf(resource)): Promise<Response> {
  return api.fetch(`/api/v1/projects/shop/exports/${resource}?${new URLSearchParams({ format, ...filters }).toString()}`)
}

type Rows = Record<string, unknown>[]
async function rowsOf(resource: ExportResource, format: ExportFormat, filters = filtersOf(resource)): Promise<Rows> {
  const response = await fetchTable(server.admin, resource, format, filters)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename=shop-${resource}.${format}`)
  if (format === 'parquet') return parquetReadObjects({ file: await response.arrayBuffer() })
  const text = await response.text()
  if (format === 'csv') return parse(text, { columns: true }) as unknown as Rows
  return format === 'json' ? (JSON.parse(text) as { rows: Rows }).rows : text.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Rows[number])
}

/** A cell as each format is to have it, from the cell that the JSON document has. */
const expected: Readonly<Record<Exclude<ExportFormat, 'json'>, (value: unknown, type: ColumnType) => unknown>> = {
  ndjson: (value) => value,
  csv(value, type) {
    if (value === null) return ''
    if (type === 'json') return defused(JSON.stringify(value))
    return type === 'text' ? defused(String(value)) : String(value)
  },
  parquet(value, type) {
    if (value === null) return null
    if (type === 'json') return JSON.stringify(value)
    if (type === 'integer') return BigInt(Number(value))
    return type === 'instant' || type === 'day' ? new Date(String(value)) : value
  },
}
const defused = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

describe.each(exportResourceNames)('the table %s', (resource) => {
  test('has the same rows in every format, under the columns that are documented', async () => {
    const rows = await rowsOf(resource, 'json')
    expect(rows.length, 'rows to compare').toBeGreaterThan(0)
    const { columns } = exportTables[resource]
    expect(Object.keys(rows[0] ?? {})).toEqual(columns.map(({ name }) => name))
    for (const format of ['ndjson', 'csv', 'parquet'] as const) {
      const cells = rows.map((row) => Object.fromEntries(columns.map(({ name, type }) => [name, expected[format](row[name], type)])))
      expect(await rowsOf(resource, format), format).toEqual(cells)
    }
  })

  test('is for those who may see it, and on record', async () => {
    const { access } = exportResources[resource].route
    const before = (await server.admin(routes.listAudit, { params, query: { kind: 'export', limit: 1 } })).body.entries[0]?.seq ?? 0
    for (const [role, api] of people) {
      const response = await fetchTable(api, resource, 'ndjson')
      await response.text()
      expect([role, response.status]).toEqual([role, allows(role, access) ? 200 : 403])
    }
    const { entries } = (await server.admin(routes.listAudit, { params, query: { kind: 'export' } })).body
    const taken = entries.filter(({ seq }) => seq > before)
    expect(taken.map(({ actor }) => actor.name.split(' ')[0]).reverse()).toEqual(roles.filter((role) => allows(role, access)))
    for (const entry of taken) expect(entry).toMatchObject({ action: 'export.downloaded', entity: { kind: 'export', key: resource }, after: { format: 'ndjson', filters: filtersOf(resource), rows: resource === 'results' || resource === 'daily' ? null : expect.any(Number) } })
  })

  test('refuses a filter that is not its own, and a format that is none', async () => {
    for (const query of ['format=csv&colour=red', 'format=xlsx', '']) {
      const response = await server.admin.fetch(`/api/v1/projects/shop/exports/${resource}?${query}`)
      expect([query, response.status]).toEqual([query, 400])
    }
  })
})

test('a table of a list has the rows of the list', async () => {
  const { admin } = server
  const keys = async (resource: ExportResource, filters: Record<string, string> = {}) => (await rowsOf(resource, 'ndjson', filters)).map((row) => row['key'] ?? row['seq'] ?? row['userId'])
  expect(await keys('flags')).toEqual((await admin(routes.listFlags, { params, query: {} })).body.flags.map(({ key }) => key))
  expect(await keys('changes')).toEqual((await admin(routes.listChanges, { params, query: {} })).body.changes.map(({ key }) => key))
  expect(await keys('cohorts')).toEqual((await admin(routes.listCohorts, { params })).body.cohorts.map(({ key }) => key))
  expect(await keys('metrics')).toEqual((await admin(routes.listMetrics, { params })).body.metrics.map(({ key }) => key))
  expect(await keys('hypotheses')).toEqual((await admin(routes.listHypotheses, { params })).body.hypotheses.map(({ key }) => key))
  expect(await keys('experiments')).toEqual((await admin(routes.listExperiments, { params })).body.experiments.map(({ key }) => key))
  expect(await keys('holdouts')).toEqual((await admin(routes.listHoldouts, { params })).body.holdouts.map(({ key }) => key))
  expect(await keys('members')).toEqual((await admin(routes.listMembers, { params })).body.members.map(({ userId }) => userId))
  expect(await keys('layers')).toEqual((await admin(routes.listLayers, { params })).body.layers.map(({ key }) => key))
})

test('the filters are those of the page', async () => {
  const flags = async (filters: Record<string, string>) => (await rowsOf('flags', 'csv', filters)).map((row) => row['key']).sort()
  expect(await flags({ view: 'live' })).toEqual(['checkout.pay'])
  expect(await flags({ view: 'archived' })).toEqual(['old.banner'])
  expect(await flags({ view: 'review' })).toEqual(['search.rank'])
  expect(await flags({ kind: 'operational', tag: 'team:pay' })).toEqual(['search.rank'])
  expect(await flags({ q: 'PAY checkout' })).toEqual(['checkout.pay'])
  expect(await flags({ owner: 'nobody' })).toEqual([])
  expect((await rowsOf('changes', 'csv', { view: 'open', environment: 'staging', q: 'taste' })).map((row) => row['flag'])).toEqual(['search.rank'])
  expect(await rowsOf('changes', 'csv', { environment: 'production' })).toEqual([])
  expect((await rowsOf('experiments', 'csv', { view: 'running' })).map((row) => row['key'])).toEqual([experiment.key])
  expect(await rowsOf('results', 'csv', { view: 'draft' })).toEqual([])
  expect((await rowsOf('learnings', 'csv', { search: 'nothing' })).map((row) => row['text'])).toEqual(["'-nothing"])
  expect(await rowsOf('tasks', 'csv', { state: 'done' })).toEqual([])
  expect((await rowsOf('audit', 'ndjson', { kind: 'cohort' })).map((row) => row['action'])).toEqual(['cohort.created'])
})

test('results are tidy: a row per metric and arm, with every number and what made it', async () => {
  const rows = await rowsOf('results', 'parquet', { experiment: experiment.key })
  const { body } = await server.admin(routes.getExperiment, { params: { ...params, experiment: experiment.key } })
  const [metric] = body.analysis?.metrics ?? []
  const [row] = rows.filter((one) => one['metric'] === metric?.key && one['arm'] === 'on')
  const comparison = metric?.comparisons[0]
  expect(rows).toHaveLength((body.analysis?.metrics.length ?? 0) * 2)
  expect(row).toMatchObject({
    experiment: experiment.key, phase: 1n, currentPhase: true, isControl: false, n: 40n, mean: metric?.arms[1]?.mean, variance: metric?.arms[1]?.variance, diff: comparison?.diff, se: comparison?.se, p: comparison?.p,
    ciLower: comparison?.ciLower, ciUpper: comparison?.ciUpper, lift: comparison?.lift, liftLower: comparison?.liftLower, srmP: body.analysis?.srm.p, verdict: body.verdict?.kind, alpha: 0.05, mode: body.mode,
    planHash: body.planHash, engineVersion: body.analysis?.engineVersion, analysedAt: new Date(body.analysis?.at ?? ''), deviations: '[]',
  })
  expect(rows.filter((one) => one['isControl'] === true).map((one) => [one['diff'], one['p']])).toEqual([[null, null], [null, null]])
  expect(await server.admin.fetch(`/api/v1/projects/shop/exports/results?format=csv&experiment=EXP-99`).then(({ status }) => status)).toBe(404)
})

test('keys are exported without anything that opens a door', async () => {
  const secret = await server.key()
  const text = await (await fetchTable(server.admin, 'keys', 'json')).text()
  expect(text).toContain('Test server')
  expect(text).not.toContain(secret)
  expect(text).not.toMatch(/hash|secret/)
})
