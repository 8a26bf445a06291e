import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verify } from '../cli/verify.ts'
import type { Plan } from '../contract/experiments.ts'
import { routes } from '../contract/routes.ts'
import { seededRandom } from '../stats/seeded-random.ts'
import { recordExperiment, type RecordedExperiment, type TrackedEvent } from '../testing/recorded-experiment.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import type { ResultsDocument } from './bundle-documents.ts'
import { tablesIn, writeEventTables, writeUnits } from './tables.service.ts'
import { unpackBundle } from './unpack-bundle.service.ts'
import type { UnitRow } from './unit-row.ts'

const run = promisify(execFile)
let server: TestServer
let experiment: RecordedExperiment
let directory: string
let bundle: string
const origin = new Date('2026-03-02T08:00:00.000Z')
/** Has NumPy and SciPy, where this machine has them. */
const python = process.env['ASSAY_PYTHON'] ?? 'python3'
const hasSciPy = await run(python, ['-c', 'import numpy, scipy']).then(() => true, () => false)

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'assay-bundle-test-'))
  server = await startTestServer()
  experiment = await recordExperiment(server, {
    origin,
    metrics: [{ key: 'bought', windowHours: 24 }, { key: 'spent', type: 'mean', unitLabel: 'EUR' }, { key: 'errors', direction: 'decrease' }],
    draft: { guardrails: [{ metric: 'errors', margin: 0.1 }] },
  })
  await experiment.expose('off', ['=1+1', 'multi\nline, "quoted"', ...Array.from({ length: 300 }, (_, i) => `off-${i}`)])
  await experiment.expose('on', Array.from({ length: 310 }, (_, i) => `on-${i}`), 30)
  await experiment.expose('off', ['both'])
  await experiment.expose('on', ['both'], 2)
  for (let i = 0; i < 90; i++) {
    await experiment.track('bought', `off-${i}`, undefined, 4)
    await experiment.track('bought', `on-${i + 20}`, undefined, 31)
    await experiment.track('bought', `on-${i + 150}`, undefined, 31)
    await experiment.track('spent', `off-${i}`, 1.1 * i, 4)
    await experiment.track('spent', `on-${i}`, 0.3 + i / 7, 50)
  }
  await experiment.analyse()
  bundle = await bundleOf(server, experiment.key)
})
afterAll(async () => {
  await server.close()
  await rm(directory, { recursive: true, force: true })
})

const path = (key: string) => `/api/v1/projects/shop/experiments/${key}/bundle.zip`

/** Downloads and unpacks. */
async function bundleOf(from: TestServer, key: string): Promise<string> {
  const response = await from.admin.fetch(path(key))
  expect([response.status, response.headers.get('content-type'), response.headers.get('content-disposition')]).toEqual([200, 'application/zip', `attachment; filename=${key}-bundle.zip`])
  const zip = join(directory, `${key}.zip`)
  await writeFile(zip, Buffer.from(await response.arrayBuffer()))
  const folder = await mkdtemp(join(directory, `${key}-`))
  await unpackBundle(zip, folder)
  return folder
}

/** A copy in which something was changed, and `SHA256SUMS` made to fit by whoever did it. */
async function changed(change: (folder: string) => Promise<void>): Promise<string> {
  const folder = await mkdtemp(join(directory, 'changed-'))
  await cp(bundle, folder, { recursive: true })
  await change(folder)
  const names = (await readdir(folder)).filter((name) => name !== 'SHA256SUMS')
  const lines = await Promise.all(names.map(async (name) => `${createHash('sha256').update(await readFile(join(folder, name))).digest('hex')}  ${name}\n`))
  await writeFile(join(folder, 'SHA256SUMS'), lines.join(''))
  return folder
}

async function verified(folder: string): Promise<{ code: unknown; said: string }> {
  const before = process.exitCode
  try {
    const said = await verify([folder]).catch((error: unknown) => String(error))
    return { code: process.exitCode, said }
  } finally {
    process.exitCode = before
  }
}

const json = async <T>(folder: string, name: string): Promise<T> => JSON.parse(await readFile(join(folder, name), 'utf8')) as T
const plan = () => json<Plan>(bundle, 'plan.json')

test('a bundle gives every number of its results again, in every digit, from its rows alone', async () => {
  const { code, said } = await verified(bundle)
  expect(said).toMatch(/all \d+ numbers follow from the rows of 613 people, in every digit/)
  expect(code).toBe(0)
  expect(await verified(join(directory, `${experiment.key}.zip`))).toEqual({ code, said })
  await expect(run('sha256sum', ['-c', 'SHA256SUMS'], { cwd: bundle })).resolves.toMatchObject({ stderr: '' })
})

test('its numbers are those of the page, to all the digits that another order of adding up leaves', async () => {
  const { stored, analysis, largestDifference } = await json<ResultsDocument>(bundle, 'results.json')
  const { body } = await server.admin(routes.getExperiment, { params: { project: 'shop', experiment: experiment.key } })
  expect(stored).toEqual(body.analysis)
  expect(analysis.metrics.map((metric) => metric.comparisons[0]?.p)).toEqual([expect.any(Number), null, expect.any(Number)])
  expect(analysis.daily.length).toBeGreaterThan(1)
  expect(largestDifference?.relative ?? 0).toBeLessThan(1e-12)
})

test('a changed person is named, and everything that follows from them', async () => {
  const folder = await changed(async (to) => {
    const sealed = await plan()
    const rows: UnitRow[] = []
    for await (const row of tablesIn(bundle, sealed).units()) rows.push(row.unit === 'on-3' ? { ...row, numbers: row.numbers.map((number, i) => (i === 6 ? 99.5 : number)) } : row)
    await writeUnits(join(to, 'units.parquet'), sealed, (async function* all() { yield* rows })())
  })
  const { code, said } = await verified(folder)
  expect(code).toBe(1)
  expect(said).toMatch(/units\.csv\.gz: row \d+, on-3, column spent-\d+\.value: 0\.728\d*, but units\.parquet has 99\.5\./)
  expect(said).toMatch(/statistics\.json, metrics\.2\.arms\.1\.mean: [\d.]+, but the rows give [\d.]+\./)
  expect(said).toMatch(/results\.json, analysis, metrics\.2\.comparisons\.0\.p: /)
})

describe('of every kind of metric, adjusted by what people did before, with caps, conditions, three arms and without bots', () => {
  let folder: string
  beforeAll(async () => {
    const params = { project: 'shop' }
    const { body: before } = await server.admin(routes.getProject, { params })
    await server.admin(routes.updateProject, { params, body: { basedOn: before.revision, bots: [{ property: 'agent', op: 'in', values: ['probe'] }] } })
    const all = await recordExperiment(server, {
      origin,
      metrics: [
        { key: 'spent', type: 'sum', unitLabel: 'EUR', cap: { percentile: 0.9 }, property: 'amount', filter: [{ property: 'currency', op: 'in', values: ['EUR'] }] },
        { key: 'bought', event: 'spent' },
        { key: 'orders', type: 'count', event: 'spent', cap: { value: 2 } },
        { key: 'size', type: 'mean', event: 'spent', property: 'amount', windowHours: 48 },
        { key: 'basket', type: 'ratio', event: 'spent', property: 'amount', aggregate: 'sum', denominator: { event: 'spent', aggregate: 'count' }, cap: { percentile: 0.95 } },
        { key: 'median', type: 'quantile', event: 'spent', property: 'amount', quantile: { q: 0.5, of: 'units' } },
        { key: 'slow', type: 'quantile', event: 'spent', property: 'amount', quantile: { q: 0.9, of: 'events' } },
        { key: 'back', type: 'retention', event: 'spent', retention: { fromHours: 24, toHours: 72 } },
        { key: 'funnel', type: 'funnel', event: 'seen', steps: [{ event: 'spent' }] },
      ],
      setup: { arms: [{ variant: 'off', weight: 2 }, { variant: 'on', weight: 1 }, { variant: 'more', weight: 1 }], control: 'off', cupedDays: 7, plannedUnits: 800 },
    })
    const { body: after } = await server.admin(routes.getProject, { params })
    await server.admin(routes.updateProject, { params, body: { basedOn: after.revision, bots: [] } })
    const { uniform: random } = seededRandom(7)
    const events: TrackedEvent[] = []
    for (const [arm, size, gain] of [['off', 300, 0], ['on', 150, 0.1], ['more', 150, 0.2]] as const) {
      const units = Array.from({ length: size }, (_, i) => `${arm}-${i}`)
      for (const day of [0, 1, 2]) await all.expose(arm, units.filter((_, i) => i % 3 === day), day * 24 + 2, { agent: 'browser' })
      await all.expose(arm, Array.from({ length: 5 }, (_, i) => `probe-${arm}-${i}`), 5, { agent: 'probe' })
      for (const [i, unit] of units.entries()) {
        const start = (i % 3) * 24 + 2
        const keen = random()
        const spend = (hours: number) => { events.push({ name: 'spent', unit, value: 1, hours, properties: { amount: Math.round(1000 * keen * random()) / 10 - 3, currency: random() < 0.9 ? 'EUR' : 'SEK' } }) }
        if (random() < 0.8) spend(start - 24 * (1 + 4 * random()))
        if (random() < 0.7) events.push({ name: 'seen', unit, hours: start + random() })
        while (random() < 0.5 + gain) spend(start + 90 * random())
      }
    }
    await all.trackAll(events)
    await all.analyse()
    folder = await bundleOf(server, all.key)
  })

  test('its rows give every number again, in every digit', async () => {
    const { code, said } = await verified(folder)
    expect(said).toMatch(/all \d{3,} numbers follow from the rows of 600 people, in every digit/)
    expect(code).toBe(0)
  })

  test('they are the numbers that the event store adds up to by itself', async () => {
    const { stored, analysis, largestDifference } = await json<ResultsDocument>(folder, 'results.json')
    expect(analysis.bots?.arms).toEqual(stored.bots?.arms)
    expect(analysis.metrics.map(({ type, comparisons }) => [type, comparisons.map(({ p, adjustment }) => [typeof p, adjustment === undefined])])).toEqual(
      stored.metrics.map(({ type, comparisons }) => [type, comparisons.map(({ p, adjustment }) => [typeof p, adjustment === undefined])]))
    expect(analysis.metrics.filter(({ comparisons }) => comparisons[0]?.adjustment).map(({ type }) => type)).toEqual(['sum', 'conversion', 'count', 'mean', 'ratio', 'retention', 'funnel'])
    expect(analysis.metrics.filter(({ arms }) => (arms[0]?.capped ?? 0) > 0).map(({ type }) => type)).toEqual(['sum', 'count', 'ratio'])
    expect(largestDifference?.relative ?? 0).toBeLessThan(1e-9)
  })

  test('a changed value of an event and a changed day are followed to the numbers', async () => {
    const copy = await mkdtemp(join(directory, 'one-event-'))
    await cp(folder, copy, { recursive: true })
    const sealed = await json<Plan>(folder, 'plan.json')
    const tables = tablesIn(folder, sealed)
    await writeEventTables(copy, {
      ...tables,
      async* eventValues() { for await (const row of tables.eventValues()) yield row.arm === 'on' ? { ...row, value: (row.value ?? 0) + 40 } : row },
      async* ages() { for await (const row of tables.ages()) yield { ...row, value: (row.value ?? 0) * (row.age === 1 && row.arm === 'on' ? 5 : 1) } },
    })
    const { code, said } = await verified(copy)
    expect(code).toBe(1)
    expect(said).toMatch(/event-values\.parquet: it was changed/)
    expect(said).toMatch(/statistics\.json, metrics\.6\.arms\.1\.mean/)
    expect(said).toMatch(/statistics\.json, byAge\.\d+\.moments/)
  })

  test.skipIf(!hasSciPy)('check.py agrees, and says what it leaves to the engine (skipped where python3 has no NumPy and SciPy)', async () => {
    expect((await run(python, [join(folder, 'check.py')])).stdout).toMatch(/^\d{3} numbers checked, all agree\.\nNot checked here, but by assay verify: median, slow\.\n$/)
  })
})

test('a changed number is named', async () => {
  const folder = await changed(async (to) => {
    const results = await json<ResultsDocument>(to, 'results.json')
    const [comparison] = results.analysis.metrics[0]?.comparisons ?? []
    if (comparison) comparison.lift = 0.5
    await writeFile(join(to, 'results.json'), JSON.stringify(results))
  })
  const { code, said } = await verified(folder)
  expect(code).toBe(1)
  expect(said).toContain('results.json, analysis, metrics.0.comparisons.0.lift: 0.5, but the rows give ')
})

test('a changed plan is named', async () => {
  const folder = await changed(async (to) => { await writeFile(join(to, 'plan.json'), JSON.stringify({ ...(await plan()), minimumEffect: 0.5 })) })
  const { code, said } = await verified(folder)
  expect(code).toBe(1)
  expect(said).toContain('plan.json: it is not the plan that was sealed.')
})

test('a file that was changed, added or lost is named by its checksum', async () => {
  const folder = await mkdtemp(join(directory, 'broken-'))
  await cp(bundle, folder, { recursive: true })
  await writeFile(join(folder, 'deviations.json'), '[{}]')
  await writeFile(join(folder, 'more.txt'), '')
  await rm(join(folder, 'phases.json'))
  const { code, said } = await verified(folder)
  expect(code).toBe(1)
  for (const name of ['deviations.json: it was changed', 'more.txt: it is not in SHA256SUMS', 'phases.json: it is missing']) expect(said).toContain(name)
})

test('a bundle of another engine is refused, and so is what is none', async () => {
  const other = await changed(async (to) => { await writeFile(join(to, 'engine.json'), JSON.stringify({ ...(await json<object>(to, 'engine.json')), engineVersion: '0.9.0' })) })
  expect(await verified(other)).toMatchObject({ code: 2, said: expect.stringContaining('computed by engine 0.9.0; this is engine') })
  const empty = join(directory, 'empty')
  await mkdir(empty)
  expect(await verified(empty)).toMatchObject({ code: 2, said: expect.stringContaining('engine.json cannot be read') })
  expect(await verified(join(empty, 'none.zip'))).toMatchObject({ code: 2, said: expect.stringContaining('cannot be read') })
})

test('a bundle of an extended experiment gives the numbers that the extension asked for', async () => {
  const extended = await recordExperiment(server, { origin, metrics: [{ key: 'bought' }], setup: { mode: 'group_sequential', plannedUnits: 40 } })
  for (const [arm, buyers] of [['off', 4], ['on', 15]] as const) {
    await extended.expose(arm, Array.from({ length: 60 }, (_, i) => `${arm}-${i}`))
    for (let i = 0; i < buyers; i++) await extended.track('bought', `${arm}-${i}`)
  }
  const { revision } = await extended.analyse()
  const written = await server.admin(routes.extendExperiment, { params: { project: 'shop', experiment: extended.key }, body: { basedOn: revision, plannedUnits: 400, reason: 'More people are at hand.' } })
  expect(written.body).toMatchObject({ analysis: { mode: 'always_valid' }, plan: { mode: 'group_sequential' } })
  const folder = await bundleOf(server, extended.key)
  expect(await json(folder, 'deviations.json')).toMatchObject([{ what: 'planned units' }, { what: 'mode', now: 'always_valid' }])
  expect(await verified(folder)).toMatchObject({ code: 0 })
})

test.skipIf(!hasSciPy)('check.py agrees, and names what was changed (skipped where python3 has no NumPy and SciPy)', async () => {
  expect((await readFile(join(bundle, 'check.py'), 'utf8')).trimEnd().split('\n').length).toBeLessThanOrEqual(60)
  expect((await run(python, [join(bundle, 'check.py')])).stdout).toMatch(/^\d+ numbers checked, all agree\.\n$/)
  const folder = await changed(async (to) => {
    const text = await readFile(join(to, 'results.json'), 'utf8')
    const { analysis } = JSON.parse(text) as ResultsDocument
    const p = analysis.metrics[2]?.comparisons[0]?.p
    await writeFile(join(to, 'results.json'), text.replaceAll(`"p": ${p}`, '"p": 0.04'))
  })
  await expect(run(python, [join(folder, 'check.py')])).rejects.toMatchObject({ code: 1, stdout: expect.stringMatching(/spent-\d+, on against off: p: [\d.e-]+ here, 0\.04 in results\.json/) })
})

test('whoever may not export rows gets none, and who did is on record', async () => {
  const viewer = await server.as('viewer')
  expect((await viewer.fetch(path(experiment.key))).status).toBe(403)
  expect((await server.admin.fetch(path('EXP-999'))).status).toBe(404)
  const { body } = await server.admin(routes.listAudit, { params: { project: 'shop' }, query: { kind: 'experiment', key: experiment.key } })
  expect(body.entries[0]).toMatchObject({ action: 'experiment.exported', after: { file: 'bundle.zip' } })
})
