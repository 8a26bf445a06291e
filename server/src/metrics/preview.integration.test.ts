import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MetricDefinition, MetricPreview } from '../contract/metrics.ts'
import { routes } from '../contract/routes.ts'
import type { IngestItem } from '../contract/sdk-wire.ts'
import { clusteredQuantileEstimate, quantileEstimate, requireAnswer, winsorise } from '../stats/index.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const params = { project: 'shop' }
const HOSTILE = `it's "a" \\ {unit:String} \n') OR 1 --`
const NOW = new Date('2026-03-10T18:00:00.000Z')
let server: TestServer

const hour = (n: number) => new Date(Date.UTC(2026, 2, 1) + n * 3_600_000).toISOString()
const event = (name: string, unit: string, hours: number, more: { value?: number; properties?: Record<string, string | number | boolean> } = {}): IngestItem => ({ kind: 'event', id: randomUUID(), at: hour(hours), name, units: { user: unit }, ...more })

/** Ten people meet the shop at midnight of 1 March; p0 to p9. What each then does is written beside it. */
const people = Array.from({ length: 10 }, (_, i) => `p${i}`)
const resent = event('order', 'p0', 2, { value: 10, properties: { country: 'DE', net: 8 } })
const items: IngestItem[] = [
  ...people.map((unit) => event('visit', unit, 0)),
  // Orders: p0 10 + 30, p1 20, p2 200, p3 after its first day.
  resent,
  event('order', 'p0', 3, { value: 30, properties: { country: 'FR', net: 24 } }),
  event('order', 'p1', 5, { value: 20, properties: { country: 'DE', net: 16 } }),
  event('order', 'p2', 6, { value: 200, properties: { country: 'DE', net: '160' } }),
  event('order', 'p3', 30, { value: 5, properties: { country: 'DE', net: 4 } }),
  // Steps: p0 all three in order, p1 pays before its basket, p2 stops at the basket.
  event('basket', 'p0', 1), event('pay', 'p0', 2),
  event('pay', 'p1', 1), event('basket', 'p1', 2),
  event('basket', 'p2', 4),
  event(HOSTILE, 'p4', 1, { value: 1, properties: { [HOSTILE]: HOSTILE } }),
  // Of nobody: it counts for no unit of this type.
  { kind: 'event', id: randomUUID(), at: hour(1), name: 'order', units: { company: 'acme' }, value: 1000 },
]

/** Two hundred people in another environment, with none to three values each. */
const crowd = Array.from({ length: 200 }, (_, i) => ({ unit: `c${i}`, values: Array.from({ length: i % 4 }, (__, j) => ((i * 37 + j * 11) % 97) + 0.5) }))

beforeAll(async () => {
  server = await startTestServer({ now: () => NOW })
  const secret = await server.key()
  const send = async (batch: readonly IngestItem[], key = secret) => {
    const response = await fetch(new URL('/sdk/v1/events', server.url), { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify({ sentAt: NOW.toISOString(), backfill: true, items: batch }) })
    expect(await response.json()).toMatchObject({ rejected: [] })
  }
  await send(items)
  await send([resent])
  const staging = await server.key('server', 'staging')
  await send(crowd.map(({ unit }) => event('visit', unit, 0)), staging)
  await send(crowd.flatMap(({ unit, values }) => values.map((value, i) => event('load', unit, 1 + i, { value }))), staging)
})
afterAll(() => server.close())

const base = { event: 'order', direction: 'increase', unitLabel: '', windowHours: 24 } as const
async function preview(definition: MetricDefinition, environment = 'production', days = 14): Promise<MetricPreview> {
  const answer = await server.admin(routes.previewMetric, { params, body: { environment, unitType: 'user', days, definition } })
  expect(answer.status, JSON.stringify(answer.error)).toBe(200)
  return answer.body
}
const sample = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { level: mean, sd: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)) }
}
const close = ({ level, sd }: { level: number; sd: number }) => ({ level: expect.closeTo(level, 9) as number, sd: expect.closeTo(sd, 9) as number, status: 'ok' })

test('a conversion is the share of people with an event in their window', async () => {
  const found = await preview({ ...base, type: 'conversion' })
  // 3 of 10 within a day: p(1 - p) n / (n - 1).
  expect(found).toMatchObject({ ...close({ level: 0.3, sd: Math.sqrt(0.21 * 10 / 9) }), oneIn: 1, units: 10, counted: 10, events: 5, unitsWithEvent: 4, cap: null, from: '2026-02-25T00:00:00.000Z', to: NOW.toISOString() })
  expect(found.perDay).toHaveLength(14)
  expect(found.perDay.filter((day) => day.events > 0)).toEqual([{ day: '2026-03-01', events: 4, units: 3 }, { day: '2026-03-02', events: 1, units: 1 }])
  expect(found.sample[0]).toEqual({ at: hour(30), unit: 'p3', value: 5, properties: '{"country":"DE","net":4}' })
  expect(found.detectable.map(({ units }) => units)).toEqual([1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000])
  // Tables say 6.9% for 10,000 people at 30%: sqrt(2 * 0.21 / 5000) * 2.8016 / 0.3 is 8.56%, and less where the share rises.
  expect(found.detectable[2]?.effect).toBeCloseTo(0.0862, 3)
})

test('an open window counts all events', async () => {
  expect(await preview({ ...base, type: 'conversion', windowHours: null })).toMatchObject({ level: 0.4 })
})

test('a count and a filter', async () => {
  expect(await preview({ ...base, type: 'count' })).toMatchObject(close(sample([2, 1, 1, 0, 0, 0, 0, 0, 0, 0])))
  expect(await preview({ ...base, type: 'count', filter: [{ property: 'country', op: 'equals', values: ['DE'] }] })).toMatchObject({ ...close(sample([1, 1, 1, 0, 0, 0, 0, 0, 0, 0])), events: 4 })
})

test.each(['sum', 'mean'] as const)('a %s adds up values, with caps of the value or of the people', async (type) => {
  expect(await preview({ ...base, type })).toMatchObject(close(sample([40, 20, 200, 0, 0, 0, 0, 0, 0, 0])))
  expect(await preview({ ...base, type, cap: { value: 50 } })).toMatchObject({ ...close(sample([40, 20, 50, 0, 0, 0, 0, 0, 0, 0])), cap: 50 })
  // ceil(3 * 0.9) = 3: the greatest of three values.
  expect(await preview({ ...base, type, cap: { percentile: 0.9 } })).toMatchObject({ ...close(sample([40, 20, 200, 0, 0, 0, 0, 0, 0, 0])), cap: 200 })
  // Text is no number.
  expect(await preview({ ...base, type, property: 'net' })).toMatchObject(close(sample([32, 16, 0, 0, 0, 0, 0, 0, 0, 0])))
})

test('a ratio varies by the delta method', async () => {
  const num = [40, 20, 200, 0, 0, 0, 0, 0, 0, 0]
  const den = people.map(() => 1)
  const definition: MetricDefinition = { ...base, type: 'ratio', denominator: { event: 'visit', aggregate: 'count' } }
  expect(await preview(definition)).toMatchObject(close(sample(num)))
  // Value per order: R = 260 / 4, z = (N - R D) / mean(D).
  const orders = [2, 1, 1, 0, 0, 0, 0, 0, 0, 0]
  const z = num.map((value, i) => (value - 65 * (orders[i] ?? 0)) / 0.4)
  expect(await preview({ ...definition, denominator: { event: 'order', aggregate: 'count' } })).toMatchObject(close({ level: 65, sd: sample(z).sd }))
  expect(await preview({ ...definition, aggregate: 'count' })).toMatchObject({ level: 0.4 })
  // Above the line only German orders, each side capped by itself.
  const german = [10, 20, 50, 0, 0, 0, 0, 0, 0, 0]
  expect(await preview({ ...definition, filter: [{ property: 'country', op: 'equals', values: ['DE'] }], cap: { value: 50 } })).toMatchObject(close(sample(german.map((value, i) => value / (den[i] ?? 1)))))
  expect(await preview({ ...definition, denominator: { event: 'nobody-did', aggregate: 'count' } })).toMatchObject({ level: null, sd: null, status: 'zero_denominator' })
})

test('a quantile of few people has no interval, and says so', async () => {
  expect(await preview({ ...base, type: 'quantile', quantile: { q: 0.95, of: 'units' } })).toMatchObject({ level: null, status: 'too_few_units' })
  expect(await preview({ ...base, type: 'quantile', quantile: { q: 0.5, of: 'events' } })).toMatchObject({ level: null, status: 'too_few_units' })
})

test('a quantile of many people has the level and spread of their order statistics', async () => {
  const load = { ...base, event: 'load', type: 'quantile' } as const
  const sums = crowd.map(({ values }) => values.reduce((sum, value) => sum + value, 0))
  const ofUnits = requireAnswer(quantileEstimate(sums, 0.75))
  expect(await preview({ ...load, quantile: { q: 0.75, of: 'units' } }, 'staging')).toMatchObject(close({ level: ofUnits.quantile ?? NaN, sd: (ofUnits.se ?? NaN) * Math.sqrt(200) }))
  const ofEvents = requireAnswer(clusteredQuantileEstimate(crowd.map(({ values }) => values), 0.75))
  expect(await preview({ ...load, quantile: { q: 0.75, of: 'events' } }, 'staging')).toMatchObject(close({ level: ofEvents.quantile ?? NaN, sd: (ofEvents.se ?? NaN) * Math.sqrt(200) }))
})

test('a percentile caps at one of the values that are not zero', async () => {
  const sums = crowd.map(({ values }) => values.reduce((sum, value) => sum + value, 0))
  const capped = requireAnswer(winsorise(sums.filter((value) => value !== 0), sums.filter((value) => value === 0).length, 0.95))
  expect(capped.nCapped).toBeGreaterThan(3)
  expect(await preview({ ...base, event: 'load', type: 'mean', cap: { percentile: 0.95 } }, 'staging')).toMatchObject({ ...close({ level: capped.mean, sd: Math.sqrt(capped.variance ?? NaN) }), cap: capped.cap })
})

test('retention counts who came back in the window', async () => {
  // Only p3 has an order from 24 to 48 hours after the first visit.
  expect(await preview({ ...base, type: 'retention', windowHours: null, retention: { fromHours: 24, toHours: 48 } })).toMatchObject({ level: 0.1, counted: 10 })
  expect(await preview({ ...base, type: 'retention', windowHours: null, retention: { fromHours: 24, toHours: 300 } })).toMatchObject({ level: null, status: 'too_early', units: 10, counted: 0 })
})

test('a funnel needs its steps in order', async () => {
  expect(await preview({ ...base, type: 'funnel', event: 'visit', steps: [{ event: 'basket' }] })).toMatchObject({ level: 0.3 })
  expect(await preview({ ...base, type: 'funnel', event: 'visit', steps: [{ event: 'basket' }, { event: 'pay' }] })).toMatchObject({ level: 0.1 })
  expect(await preview({ ...base, type: 'funnel', event: 'visit', steps: [{ event: 'basket' }, { event: 'order', filter: [{ property: 'country', op: 'equals', values: ['FR'] }] }] })).toMatchObject({ level: 0.1 })
})

test('nobody is a reason, not a zero', async () => {
  const found = await server.admin(routes.previewMetric, { params, body: { environment: 'development', unitType: 'user', days: 7, definition: { ...base, type: 'mean' } } })
  expect(found.body).toMatchObject({ units: 0, events: 0, level: null, sd: null, status: 'no_units', sample: [] })
  expect(await preview({ ...base, type: 'conversion', event: 'nobody-did' })).toMatchObject({ level: 0, sd: 0, status: 'zero_variance' })
})

test('hostile names are only data', async () => {
  expect(await preview({ ...base, type: 'conversion', event: HOSTILE, filter: [{ property: HOSTILE, op: 'equals', values: [HOSTILE] }] })).toMatchObject({ level: 0.1, events: 1 })
  expect(await preview({ ...base, type: 'sum', event: HOSTILE, property: HOSTILE })).toMatchObject({ level: 0 })
})

test('what cannot be asked is refused by its path', async () => {
  const ask = async (more: Partial<{ environment: string; unitType: string; days: number; definition: MetricDefinition }>) => {
    const { status, error } = await server.admin(routes.previewMetric, { params, body: { environment: 'production', unitType: 'user', days: 7, definition: { ...base, type: 'conversion' }, ...more } })
    return { status, code: error?.code, details: error?.details }
  }
  expect(await ask({ definition: { ...base, type: 'ratio' } })).toMatchObject({ status: 400, code: 'invalid_request', details: [{ path: 'definition.denominator' }] })
  expect(await ask({ unitType: 'planet' })).toMatchObject({ status: 400, details: [{ path: 'unitType' }] })
  expect(await ask({ days: 1000 })).toMatchObject({ status: 400, details: [{ path: 'days' }] })
  expect(await ask({ environment: 'mars' })).toMatchObject({ status: 404 })
})

test('events are told by name with what they carry', async () => {
  const { status, body } = await server.admin(routes.listEvents, { params: { ...params, environment: 'production' } })
  expect(status).toBe(200)
  expect(body.events.map(({ name }) => name)).toEqual(['visit', 'order', 'basket', 'pay', HOSTILE])
  expect(body.events.find(({ name }) => name === 'order')).toMatchObject({ lastAt: hour(30), properties: [{ name: 'country', type: 'string' }, { name: 'net', type: 'number' }] })
  expect(body.events.find(({ name }) => name === 'basket')).toEqual({ name: 'basket', events: 3, lastAt: hour(4), withValue: 0, properties: [] })
  expect((await server.admin(routes.listEvents, { params: { ...params, environment: 'development' } })).body.events).toEqual([])
  expect((await server.admin(routes.listEvents, { params: { ...params, environment: 'mars' } })).status).toBe(404)
})
