import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type Assay, expect, expectAccessible, routes, signIn, test } from './assay.ts'

const METRICS = 6
const HOUR_MS = 3_600_000
const origin = Date.now() - 20 * 24 * HOUR_MS
const at = (hours: number) => new Date(origin + hours * HOUR_MS).toISOString()
const long = (words: string) => Array.from({ length: 12 }, () => words).join(' and ')

/** An experiment that was decided, with many metrics, three arms, long texts and edits after sealing. */
async function decidedExperiment({ api, project, url, key }: Assay): Promise<string> {
  const params = { project }
  const metrics = Array.from({ length: METRICS }, (_, i) => ({ key: `metric-${i}`, name: i === 0 ? 'Orders placed' : `Something else that was counted, number ${i}` }))
  for (const { key: metric, name } of metrics) await api.call(routes.createMetric, { params, body: { key: metric, name, description: '', type: 'conversion', event: metric, direction: 'increase', unitLabel: '', windowHours: null } })
  const arms = ['control', 'express', 'express-with-a-long-name']
  await api.call(routes.createFlag, { params, body: { key: 'express', name: 'Express', kind: 'experiment', type: 'string', variants: arms.map((arm) => ({ key: arm, value: arm })) } })
  const draft = {
    title: 'Express pay at checkout', change: long('Offer to pay with a stored card'), audience: long('everybody who has paid before'), cohort: null, because: long('most leave at the address form'), primaryMetric: 'metric-0', direction: 'increase' as const, minimumEffect: 0.1,
    guardrails: [{ metric: 'metric-1', margin: 0.2 }], secondaryMetrics: metrics.slice(2).map((metric) => metric.key), wrongIf: 'the interval is below +10%', rollbackPlan: 'turn it off', maxExposure: 1, maxDays: 30, decider: 'Ada Admin',
  }
  const hypothesis = await api.call(routes.createHypothesis, { params, body: draft })
  const created = await api.call(routes.createExperiment, {
    params,
    body: { hypothesis: hypothesis.key, setup: { flag: 'express', environment: 'production', unitType: 'user', assignment: 'external', arms: arms.map((variant) => ({ variant, weight: 1 })), control: 'control', coverage: 1, mode: 'always_valid', plannedUnits: 900, plannedDays: null, minDays: 0, alpha: 0.05, power: 0.8 } },
  })
  const of = { project, experiment: created.key }
  await api.call(routes.startExperiment, { params: of, body: { basedOn: created.revision, sealing: created.sealing, reason: 'It was assigned and measured elsewhere.' } })
  const people = Array.from({ length: 900 }, (_, i) => ({ unit: `c-${i}`, variant: arms[i % 3] ?? '', buys: i % (i % 3 === 0 ? 5 : 2) === 0 }))
  const items = [
    ...people.map(({ unit, variant }) => ({ kind: 'exposure', id: randomUUID(), at: at(1), experiment: created.key, phase: 1, unitType: 'user', unit, variant })),
    ...people.filter(({ buys }) => buys).flatMap(({ unit }) => metrics.map(({ key: name }) => ({ kind: 'event', id: randomUUID(), at: at(2), name, units: { user: unit } }))),
  ]
  const secret = await key('production')
  for (let from = 0; from < items.length; from += 1000) {
    const response = await fetch(`${url}/sdk/v1/events`, { method: 'POST', headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }, body: JSON.stringify({ sentAt: new Date().toISOString(), backfill: true, items: items.slice(from, from + 1000) }) })
    expect(response.status).toBe(202)
  }
  await api.call(routes.analyseExperiment, { params: of })
  await api.call(routes.saveHypothesis, { params: { project, hypothesis: hypothesis.key }, body: { basedOn: hypothesis.revision, draft: { ...draft, minimumEffect: 0.05, because: 'they say so', wrongIf: long('nothing happens'), rollbackPlan: long('turn it off'), maxDays: 60 } } })
  await api.call(routes.decideExperiment, { params: of, body: { choice: 'ship', variant: 'express', note: long('It pays for itself'), learning: long('People left because of the form, not because of the price') } })
  return created.key
}

/** Pages of a PDF, by the objects that Chromium writes for each. */
function pagesOf(pdf: Buffer): number {
  return (pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length
}

test('the bundle is a click away, and a report is one page on A4 and Letter, whatever was written, and reads by itself', async ({ page, context, assay }) => {
  const experiment = await decidedExperiment(assay)
  await signIn(page, assay)
  await page.goto(`${assay.url}/p/storefront/experiments/${experiment}`)
  const [bundle] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Result bundle' }).click()])
  expect(bundle.suggestedFilename()).toBe(`${experiment}-bundle.zip`)
  expect((await readFile(await bundle.path())).subarray(0, 2).toString()).toBe('PK')
  await page.getByRole('link', { name: 'Report' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Express pay at checkout' })).toBeVisible()
  await expect(page.getByText('Does the change raise Orders placed by 10% or more?')).toBeVisible()
  await expect(page.getByRole('row', { name: /Orders placed/ }).first()).toBeVisible()
  await expect(page.getByText(/further comparison/)).toBeVisible()
  await expect(page.getByText('Ship express')).toBeVisible()
  await expect(page.getByText(/further deviation/)).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Main' })).toHaveCount(0)
  await expectAccessible(page)

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, media: 'print' })
    await expect(page.getByRole('button', { name: 'Print or save as PDF' })).toBeHidden()
    const { overflow, paper, ink } = await page.getByRole('article').evaluate((article) => ({
      overflow: [...article.querySelectorAll('*')].filter((part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflow !== 'visible' && !part.matches('svg, svg *, .sr')).length,
      paper: getComputedStyle(article.parentElement ?? article).backgroundColor,
      ink: getComputedStyle(article).color,
    }))
    expect([overflow, paper, ink]).toEqual([0, 'rgb(255, 255, 255)', 'rgb(21, 24, 30)'])
    await page.emulateMedia({ colorScheme, media: null })
    for (const format of ['A4', 'Letter'] as const) expect(pagesOf(await page.pdf({ format })), `${format}, ${colorScheme}`).toBe(1)
  }
  await page.emulateMedia({ colorScheme: null })

  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as HTML' }).click()])
  expect(saved.suggestedFilename()).toBe(`${experiment}-report.html`)
  const html = await readFile(await saved.path(), 'utf8')
  expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/)
  // Opened somewhere else, without the server's styles and policies.
  const alone = await context.newPage()
  await alone.setContent(html)
  await expect(alone.getByRole('heading', { level: 1, name: 'Express pay at checkout' })).toBeVisible()
  await expect(alone.getByRole('region', { name: 'Verdict' })).toHaveCSS('border-top-style', 'solid')
})
