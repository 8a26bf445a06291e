import { createHash, randomUUID } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canonicalJson } from '../contract/canonical-json.ts'
import type { ExperimentDetail } from '../contract/experiments.ts'
import { routes } from '../contract/routes.ts'
import { recordExperiment, type RecordedExperiment } from '../testing/recorded-experiment.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { createExportsStore, findPhase } from './exports.store.ts'

let server: TestServer
let experiment: RecordedExperiment
const origin = new Date('2026-03-02T08:00:00.000Z')
const params = () => ({ project: 'shop', experiment: experiment.key })

beforeAll(async () => {
  server = await startTestServer()
  experiment = await recordExperiment(server, {
    origin,
    metrics: [{ key: 'spent', type: 'mean', unitLabel: '=EUR' }, { key: 'bought', windowHours: 24 }],
    draft: { title: '=HYPERLINK("http://evil.example")', guardrails: [{ metric: 'bought', margin: 0.1 }] },
    setup: { mode: 'always_valid' },
  })
  await experiment.expose('off', ['=1+1', '-5', ...Array.from({ length: 60 }, (_, i) => `off-${i}`)])
  await experiment.expose('on', ['+cmd', 'multi\nline, "quoted"', ...Array.from({ length: 60 }, (_, i) => `on-${i}`)], 3)
  await experiment.expose('off', ['both'])
  await experiment.expose('on', ['both'], 2)
  for (let i = 0; i < 40; i++) {
    await experiment.track('spent', `off-${i}`, -1.25 * i, 4)
    await experiment.track('spent', `on-${i}`, 0.1 + i, 30)
  }
  await experiment.track('bought', '=1+1', undefined, 2)
  await experiment.track('bought', '=1+1', undefined, 48)
  await experiment.track('bought', 'both', undefined, 5)
  await experiment.analyse()
})
afterAll(() => server.close())

async function download(name: 'results?format=json' | 'results?format=csv' | 'exposures.csv' | 'events.csv') {
  const response = await server.admin.fetch(`/api/v1/projects/shop/experiments/${experiment.key}/${name}`)
  const text = await response.text()
  return { status: response.status, text, type: response.headers.get('content-type'), disposition: response.headers.get('content-disposition') }
}
const table = (text: string) => parse(text, { columns: true }) as unknown as Record<string, string>[]
const page = async (): Promise<ExperimentDetail> => (await server.admin(routes.getExperiment, { params: params() })).body

test('results as JSON are the page, with the plan whose hash can be computed again', async () => {
  const { hypothesis, plan } = await page()
  const { body } = await server.admin(routes.getHypothesis, { params: { project: 'shop', hypothesis } })
  if (!plan) throw new Error('The plan is not sealed.')
  await server.admin(routes.saveHypothesis, { params: { project: 'shop', hypothesis }, body: { basedOn: body.revision, draft: { ...plan.hypothesis.draft, minimumEffect: 0.5 } } })
  const { text, type, disposition } = await download('results?format=json')
  expect(type).toBe('application/json; charset=utf-8')
  expect(disposition).toBe(`attachment; filename=${experiment.key}-results.json`)
  const { format, formatVersion, exportedAt, project, ...exported } = JSON.parse(text) as Omit<ExperimentDetail, 'checklist' | 'sealing'> & Record<'format' | 'formatVersion' | 'exportedAt' | 'project', unknown>
  const { checklist: _, sealing: _now, ...shown } = await page()
  expect(exported).toEqual(shown)
  expect({ format, formatVersion, project }).toEqual({ format: 'assay.results', formatVersion: 1, project: 'shop' })
  expect(Date.parse(String(exportedAt))).not.toBeNaN()
  expect(createHash('sha256').update(canonicalJson(exported.plan)).digest('hex')).toBe(exported.planHash)
  expect(exported.deviations).toMatchObject([{ what: 'hypothesis minimumEffect', registered: '0.02', now: '0.5', by: 'Ada Admin' }])
})

test('results as CSV hold every number of the page, digit by digit', async () => {
  const { text, type, disposition } = await download('results?format=csv')
  expect(type).toBe('text/csv; charset=utf-8')
  expect(disposition).toBe(`attachment; filename=${experiment.key}-results.csv`)
  const rows = table(text)
  const { analysis, plan } = await page()
  const cells = new Set(rows.map((row) => row['value']))
  const missing = numbersIn([analysis, plan]).filter((number) => !cells.has(String(number)))
  expect(missing).toEqual([])
  const [spent] = analysis?.metrics ?? []
  const comparison = Object.fromEntries(rows.filter((row) => row['section'] === 'comparison' && row['metric'] === spent?.key && row['arm'] === 'on').map((row) => [row['name'], row['value']]))
  expect(Number(comparison['diff'])).toBe(spent?.comparisons[0]?.diff)
  expect(Number(comparison['ciUpper'])).toBe(spent?.comparisons[0]?.ciUpper)
  expect(rows.find((row) => row['section'] === 'verdict' && row['name'] === 'sentence')?.['value']).toBe(analysis?.verdict.sentence)
})

test('a text that a spreadsheet would take for a formula is defused, and a number stays one', async () => {
  const results = table((await download('results?format=csv')).text)
  expect(results.find((row) => row['name'] === 'title')?.['value']).toBe('\'=HYPERLINK("http://evil.example")')
  expect(results.find((row) => row['name'] === 'unitLabel')?.['value']).toBe("'=EUR")
  const negative = results.filter((row) => row['name'] === 'diff' || row['name'] === 'ciLower').map((row) => row['value'] ?? '')
  expect(negative.some((value) => value.startsWith('-'))).toBe(true)
  expect(negative.every((value) => Number.isFinite(Number(value)))).toBe(true)
  const units = table((await download('exposures.csv')).text).map((row) => row['unit'])
  expect(units).toEqual(expect.arrayContaining(["'=1+1", "'-5", "'+cmd", 'multi\nline, "quoted"']))
})

test('exposures list every unit once, with its first exposure and all arms it met', async () => {
  const { text, disposition } = await download('exposures.csv')
  expect(disposition).toBe(`attachment; filename=${experiment.key}-exposures.csv`)
  const rows = table(text)
  expect(rows).toHaveLength(125)
  expect(new Set(rows.map((row) => row['unit'])).size).toBe(125)
  expect(rows.find((row) => row['unit'] === 'both')).toEqual({ unit: 'both', person: 'both', variant: 'off', firstExposureAt: experiment.at(0), metArms: 'off on', bot: 'false', attributes: '{}' })
  expect(rows.find((row) => row['unit'] === 'on-3')).toMatchObject({ variant: 'on', firstExposureAt: experiment.at(3), metArms: 'on' })
})

test('events are those of analysed people, and say in which metrics they count: the means follow from them', async () => {
  const rows = table((await download('events.csv')).text)
  expect(rows).toHaveLength(82)
  expect(rows.filter((row) => row['unit'] === "'=1+1").map((row) => [row['countsFor'], row['value']])).toEqual([[expect.stringMatching(/^bought-\d+$/), ''], ['', '']])
  const { analysis } = await page()
  for (const arm of analysis?.metrics[0]?.arms ?? []) {
    const sum = rows.filter((row) => row['variant'] === arm.arm && row['countsFor'] === analysis?.metrics[0]?.key).reduce((total, row) => total + Number(row['value']), 0)
    expect(sum / arm.n).toBeCloseTo(arm.mean ?? NaN, 12)
  }
})

test('bots are marked among exposures and have no events; an event counts for a metric whose conditions it passes', async () => {
  const other = await startTestServer()
  const params = { project: 'shop' }
  const { body: project } = await other.admin(routes.getProject, { params })
  await other.admin(routes.updateProject, { params, body: { basedOn: project.revision, bots: [{ property: 'agent', op: 'in', values: ['probe'] }] } })
  const recorded = await recordExperiment(other, { origin, metrics: [{ key: 'bought' }, { key: 'dear', event: 'bought', filter: [{ property: 'amount', op: 'gt', values: [10] }] }] })
  await recorded.expose('off', ['person'], 0, { agent: 'browser' })
  await recorded.expose('on', ['probe'], 0, { agent: 'probe' })
  await recorded.trackAll([{ name: 'bought', unit: 'person', hours: 1, properties: { amount: 5 } }, { name: 'bought', unit: 'person', hours: 2, properties: { amount: 50 } }, { name: 'bought', unit: 'probe', hours: 2, properties: { amount: 50 } }])
  const csv = async (name: string) => table(await (await other.admin.fetch(`/api/v1/projects/shop/experiments/${recorded.key}/${name}`)).text())
  expect((await csv('exposures.csv')).map(({ unit, bot }) => [unit, bot])).toEqual([['person', 'false'], ['probe', 'true']])
  expect((await csv('events.csv')).map(({ unit, countsFor }) => [unit, countsFor?.replaceAll(/-\d+/g, '')])).toEqual([['person', 'bought'], ['person', 'bought dear']])
  await other.close()
})

test('linked units are one person in both exports', async () => {
  const linked = await startTestServer()
  const recorded = await recordExperiment(linked, { origin, metrics: [{ key: 'bought' }] })
  await recorded.expose('off', ['phone'])
  await recorded.send([{ kind: 'link', id: randomUUID(), at: recorded.at(1), anonymousId: 'phone', userId: 'owner' }])
  await recorded.track('bought', 'owner', undefined, 0.5)
  await recorded.track('bought', 'owner', undefined, 2)
  const csv = async (name: string) => table(await (await linked.admin.fetch(`/api/v1/projects/shop/experiments/${recorded.key}/${name}`)).text())
  expect(await csv('exposures.csv')).toMatchObject([{ unit: 'phone', person: 'owner', variant: 'off' }])
  expect(await csv('events.csv')).toMatchObject([{ unit: 'owner', person: 'owner', variant: 'off', at: recorded.at(2) }])
  await linked.close()
})

test('pages join without a gap or a repeat', async () => {
  const many = await recordExperiment(server, { origin, metrics: [{ key: 'bought' }] })
  const phase = await findPhase(server.db, (await server.db.project.findFirstOrThrow()).id, many.key)
  if (!phase) throw new Error('The experiment has not started.')
  const event = phase.plan.metrics[0]?.event ?? ''
  const units = Array.from({ length: 40 }, (_, i) => `${['', 'a\tb', 'a\nb', 'a\\nb', "it's", '"q"', 'Zoë', '\u0001', '{x:String}'][i % 9]}${i}`)
  await many.expose('off', units)
  // All at one time, so that only ids tell them apart; each twice, and one of each sent again with another time.
  const items = units.map((unit) => ({ kind: 'event', id: randomUUID(), at: many.at(1), name: event, units: { user: unit } }) as const)
  await many.send([...items, ...items])
  await many.send(items.slice(0, 5).map((item) => ({ ...item, at: many.at(2) })))
  const store = createExportsStore(server.deps.events, 3)
  const { signal } = new AbortController()
  const exposures = []
  for await (const page of store.exposures(phase, signal)) exposures.push(...page.map((row) => row.unit))
  expect([...exposures].sort()).toEqual([...units].sort())
  const events = []
  for await (const page of store.events(phase, signal)) events.push(...page.map((row) => row.id))
  expect(events.sort()).toEqual(items.map((item) => item.id).sort())
})

test('a caller that leaves ends the export', async () => {
  const phase = await findPhase(server.db, (await server.db.project.findFirstOrThrow()).id, experiment.key)
  if (!phase) throw new Error('The experiment has not started.')
  const left = new AbortController()
  const rows = createExportsStore(server.deps.events, 5).exposures(phase, left.signal)
  expect((await rows.next()).done).toBe(false)
  left.abort()
  await expect((async () => { for await (const page of rows) expect(page).toBeInstanceOf(Array) })()).rejects.toThrow()
})

test('raw rows are for those who may export them, results for everybody in the project', async () => {
  const viewer = await server.as('viewer')
  const path = (name: string) => `/api/v1/projects/shop/experiments/${experiment.key}/${name}`
  expect((await viewer.fetch(path('results?format=csv'))).status).toBe(200)
  expect((await viewer.fetch(path('exposures.csv'))).status).toBe(403)
  expect((await viewer.fetch(path('events.csv'))).status).toBe(403)
  expect((await server.admin.fetch('/api/v1/projects/shop/experiments/EXP-999/exposures.csv')).status).toBe(404)
})

test('an event store that is away is an error, not an empty table', async () => {
  const away = await startTestServer({ events: false })
  const recorded = await recordExperiment(away, { origin, metrics: [{ key: 'bought' }] })
  const response = await away.admin.fetch(`/api/v1/projects/shop/experiments/${recorded.key}/exposures.csv`)
  expect([response.status, response.headers.get('content-disposition')]).toEqual([503, null])
  await away.close()
})

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}
