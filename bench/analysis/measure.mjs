// `node measure.mjs DIRECTORY`: analyses ten metrics twice and one metric once, and asks for one metric by hand; prints what it took as JSON.
import { readFileSync } from 'node:fs'
import { load } from '../load.mjs'
import { open } from './open.mjs'

const metric = (key, type, event, more = {}) => ({ key, revision: 1, name: key, role: 'secondary', type, event, direction: 'increase', unitLabel: '', windowHours: null, margin: null, ...more })
const summed = metric('spent', 'sum', 'event-2')
const metrics = [
  metric('bought', 'conversion', 'event-0', { role: 'primary' }),
  metric('visits', 'count', 'event-1', { cap: { percentile: 0.999 } }),
  { ...summed, cap: { percentile: 0.999 } },
  metric('amount', 'mean', 'event-3', { property: 'amount', windowHours: 168 }),
  metric('per-visit', 'ratio', 'event-2', { denominator: { event: 'event-4', aggregate: 'count' } }),
  metric('high', 'quantile', 'event-5', { quantile: { q: 0.9, of: 'units' } }),
  metric('slow', 'quantile', 'event-5', { quantile: { q: 0.9, of: 'events' } }),
  metric('back', 'retention', 'event-6', { retention: { fromHours: 24, toHours: 48 } }),
  metric('funnel', 'funnel', 'event-0', { steps: [{ event: 'event-1' }, { event: 'event-7' }] }),
  metric('german', 'count', 'event-7', { filter: [{ property: 'country', op: 'equals', values: ['DE'] }] }),
]
const plan = { experiment: 'EXP-1', phase: 1, unitType: 'user', mode: 'always_valid', plannedDays: 14, arms: [{ variant: 'off', weight: 1 }, { variant: 'on', weight: 1 }], control: 'off' }

/** The same question for one metric as an analyst would write it: first exposures, events after them, a value per unit, moments per arm. */
const byHand = `
SELECT arm, count() AS units, sum(value) / count() AS mean, varSampStable(value) AS variance
FROM (
  SELECT x.unit AS unit, any(x.arm) AS arm, ifNull(sumIf(e.value, e.at >= x.exposedAt), 0) AS value
  FROM (SELECT unit, min(firstAt) AS exposedAt, min(arrayMin(variants)) AS arm FROM exposed_unit WHERE project = 'p' AND environment = 'e' AND experiment = 'EXP-1' AND phase = 1 AND unitType = 'user' GROUP BY unit HAVING arm = max(arrayMax(variants))) AS x
  LEFT JOIN (SELECT units['user'] AS unit, at, value FROM event WHERE project = 'p' AND environment = 'e' AND name = 'event-2' AND at >= '2026-01-08 00:00:00') AS e ON x.unit = e.unit
  GROUP BY unit
)
GROUP BY arm ORDER BY arm`

const { createAnalysisStore } = await load('server/src/analysis/analysis.store.ts')
const store = await open(process.argv[2])
const spent = new Map()
const client = { query: (options) => timed(options, () => store.client.query(options)), command: (options) => timed(options, () => store.client.command(options)) }
const analyses = createAnalysisStore(client)

const ten = { ...plan, cupedDays: 7, metrics }
const one = { ...plan, cupedDays: null, metrics: [{ ...summed, role: 'primary' }] }
const runs = [await analysed(ten), await analysed(ten), await analysed(one)]
const limit = await cost(async () => (await store.client.query({ query: byHand, format: 'JSONEachRow' })).json())
const peakMiB = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024
const mine = runs[2].observed.metrics[0].arms.map(({ mean, variance }) => [mean, variance])
if (!limit.answer.every(({ mean, variance }, i) => near(mean, mine[i][0]) && near(variance, mine[i][1]))) throw new Error(`the query by hand and the analysis do not agree: ${JSON.stringify([limit.answer, mine])}`)
await store.close()
console.log(JSON.stringify({ runs: runs.map(({ observed, ...run }) => run), limit: { seconds: limit.seconds, cpu: limit.cpu }, peakMiB }))

async function analysed(of) {
  spent.clear()
  const { answer, seconds, cpu } = await cost(() => analyses.observe({ projectId: 'p', environmentId: 'e', plan: of, endedAt: null, now: new Date('2026-02-08T00:00:00Z') }))
  const part = (name) => spent.get(name)?.seconds ?? 0
  const cpuOf = (...names) => names.reduce((sum, name) => sum + (spent.get(name)?.cpu ?? 0), 0)
  return { observed: answer, total: seconds, cpu, first: part('first'), second: part('second'), people: part('people'), repeated: part('repeated'), days: part('days'), passesCpu: cpuOf('first', 'second'), shapeCpu: cpuOf('people', 'first', 'second') }
}

async function timed({ query }, run) {
  const { answer, seconds, cpu } = await cost(run)
  const name = partOf(query)
  const before = spent.get(name) ?? { seconds: 0, cpu: 0 }
  spent.set(name, { seconds: before.seconds + seconds, cpu: before.cpu + cpu })
  return answer
}

function partOf(query) {
  if (/^CREATE TEMPORARY TABLE assay_values/.test(query)) return 'first'
  if (/^CREATE TEMPORARY TABLE assay_(people|members)/.test(query)) return 'people'
  if (/assay_values/.test(query)) return 'second'
  if (/half|toUInt64\(count\(\)\) AS events/.test(query)) return 'repeated'
  return /AS calendar/.test(query) ? 'days' : 'other'
}

async function cost(run) {
  const began = performance.now()
  const used = process.cpuUsage()
  const answer = await run()
  const { user, system } = process.cpuUsage(used)
  return { answer, seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 }
}

function near(a, b) {
  return Math.abs(a - b) <= 1e-9 * Math.abs(b)
}
