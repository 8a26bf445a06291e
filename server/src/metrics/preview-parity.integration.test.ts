import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Analysis } from '../contract/analysis.ts'
import type { Metric } from '../contract/metrics.ts'
import { routes } from '../contract/routes.ts'
import { seededRandom } from '../stats/seeded-random.ts'
import { recordExperiment, type Recording, type TrackedEvent } from '../testing/recorded-experiment.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

/**
 * A preview looks at whoever was seen, an analysis at the people of an arm, so each has its own SQL. Where both look at the same people, first seen as they
 * met the arm, they must say the same: every kind of metric, with conditions, windows and caps.
 */
const german = [{ property: 'country', op: 'equals' as const, values: ['DE'] }]
const large = [{ property: 'amount', op: 'gt' as const, values: [20] }]
const metrics: Recording['metrics'] = [
  { key: 'order', type: 'conversion', windowHours: 24, filter: german },
  { key: 'ever', type: 'conversion', event: 'order' },
  { key: 'returned', type: 'retention', event: 'visit', retention: { fromHours: 24, toHours: 48 } },
  { key: 'orders', type: 'count', event: 'order', windowHours: 36, filter: large, cap: { value: 2 } },
  { key: 'spent', type: 'sum', event: 'order', property: 'amount', filter: german, cap: { value: 60 } },
  { key: 'worth', type: 'mean', event: 'order', windowHours: 30, cap: { percentile: 0.9 } },
  { key: 'slow', type: 'quantile', event: 'load', quantile: { q: 0.9, of: 'events' }, windowHours: 48 },
  { key: 'most', type: 'quantile', event: 'order', property: 'amount', quantile: { q: 0.75, of: 'units' } },
  { key: 'per-visit', type: 'ratio', event: 'order', property: 'amount', filter: german, denominator: { event: 'visit', aggregate: 'count' }, cap: { percentile: 0.95 }, windowHours: 48 },
  { key: 'paid', type: 'funnel', event: 'visit', steps: [{ event: 'basket' }, { event: 'order', filter: large }], windowHours: 24 },
]

let server: TestServer
let analysis: Analysis
let defined: Metric[]

beforeAll(async () => {
  server = await startTestServer()
  const origin = new Date(Date.now() - 6 * 86_400_000)
  const experiment = await recordExperiment(server, { origin, metrics })
  const random = seededRandom(20_261_125)
  const people = Array.from({ length: 400 }, (_, i) => `person-${i}`)
  await experiment.expose('on', people)
  const between = (low: number, high: number) => low + (high - low) * random.uniform()
  const some = (most: number) => Array.from({ length: Math.floor(random.uniform() * (most + 1)) })
  await experiment.trackAll(people.flatMap((unit): TrackedEvent[] => [
    ...some(3).map(() => ({ name: 'visit', unit, hours: between(0.001, 72) })),
    ...some(2).map(() => ({ name: 'basket', unit, hours: between(0.001, 30) })),
    ...some(3).map(() => ({ name: 'order', unit, hours: between(0.001, 60), value: between(1, 90), properties: { amount: random.uniform() < 0.1 ? '50' : between(1, 90), country: random.uniform() < 0.7 ? 'DE' : 'SE' } })),
    ...some(4).map(() => ({ name: 'load', unit, hours: between(0.001, 72), value: between(100, 900) })),
  ]))
  const read = (await experiment.analyse()).analysis
  if (read === null) throw new Error('There is no analysis.')
  analysis = read
  defined = (await server.admin(routes.listMetrics, { params: { project: server.project } })).body.metrics
})
afterAll(() => server.close())

test.each(metrics.map(({ key, type }) => [type, key]))('a %s (%s) is previewed as it is analysed', async (_type, name) => {
  const metric = defined.find((known) => known.name === name)
  if (!metric) throw new Error(`There is no metric ${name}.`)
  const { key, name: _name, description: _text, owner: _owner, revision: _revision, changedAt: _at, changedBy: _by, ...definition } = metric
  const preview = await server.admin(routes.previewMetric, { params: { project: server.project }, body: { environment: 'production', unitType: 'user', days: 14, definition } })
  const arm = analysis.metrics.find((other) => other.key === key)?.arms.find((other) => other.arm === 'on')
  expect(preview.error).toBeNull()
  expect(preview.body.counted).toBe(400)
  expect(arm?.n).toBe(400)
  expect(arm?.mean).toBeGreaterThan(0)
  expect(preview.body.level).toBeCloseTo(arm?.mean ?? Number.NaN, 9)
  expect((preview.body.sd ?? 0) / Math.sqrt(arm?.variance ?? Number.NaN)).toBeCloseTo(1, 9)
})
