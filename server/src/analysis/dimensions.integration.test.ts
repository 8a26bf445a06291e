import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../contract/routes.ts'
import type { IngestItem } from '../contract/sdk-wire.ts'
import { recordExperiment, type RecordedExperiment } from '../testing/recorded-experiment.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => { server = await startTestServer() })
afterAll(() => server.close())

const origin = new Date('2026-03-02T08:00:00.000Z')

async function expose(experiment: RecordedExperiment, variant: string, units: readonly string[], attributes: Record<string, string | number | boolean | null>, hours = 0) {
  await experiment.send(units.map((unit): IngestItem => ({ kind: 'exposure', id: randomUUID(), at: experiment.at(hours), experiment: experiment.key, phase: 1, unitType: 'user', unit, variant, attributes })))
}
async function buy(experiment: RecordedExperiment, units: readonly string[]) {
  for (const unit of units) await experiment.track('bought', unit)
}
const units = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}-${i}`)
const ask = (experiment: { key: string }, query: { by?: 'attribute' | 'first_day'; attribute?: string } = {}) => server.admin(routes.getDimension, { params: { project: 'shop', experiment: experiment.key }, query })

describe('by an attribute at exposure', () => {
  let experiment: RecordedExperiment
  beforeAll(async () => {
    experiment = await recordExperiment(server, { origin, metrics: [{ key: 'bought' }] })
    await expose(experiment, 'off', units('de-a', 60), { country: 'DE', pro: true })
    await expose(experiment, 'on', units('de-b', 60), { country: 'DE', pro: false })
    await expose(experiment, 'off', units('fr-a', 40), { country: 'FR', seats: 3 })
    await expose(experiment, 'on', units('fr-b', 40), { country: 'FR', seats: null }, 26)
    await expose(experiment, 'on', units('xx-b', 3), {})
    // Later exposures change nothing: the first one says what somebody was like.
    await expose(experiment, 'on', ['de-b-0'], { country: 'FR' }, 30)
    await buy(experiment, [...units('de-a', 12), ...units('de-b', 24), ...units('fr-a', 20)])
    for (const unit of units('fr-b', 10)) await experiment.track('bought', unit, undefined, 27)
  })

  test('what exposures carried is listed with its values and people, nulls left out', async () => {
    const { status, body } = await ask(experiment)
    expect(status).toBe(200)
    expect(body).toMatchObject({ experiment: experiment.key, phase: 1, split: null, attributes: [{ name: 'country', values: 2, people: 200 }, { name: 'pro', values: 2, people: 120 }, { name: 'seats', values: 1, people: 40 }] })
  })

  test('every value has its people, level and comparison, and whether they differ comes with a test', async () => {
    const { body: { split } } = await ask(experiment, { by: 'attribute', attribute: 'country' })
    expect(split).toMatchObject({ by: 'attribute', attribute: 'country', control: 'off', metric: { name: 'bought', type: 'conversion' } })
    expect(split?.slices.map(({ kind, value, arms }) => [kind, value, ...arms.map(({ n, mean }) => [n, mean])])).toEqual([
      ['value', 'DE', [60, 0.2], [60, 0.4]],
      ['value', 'FR', [40, 0.5], [40, 0.25]],
      ['missing', '', [0, null], [3, 0]],
    ])
    // By hand: p(1-p)/(n-1) of each arm.
    const se = (p: number, n: number, q: number, m: number) => Math.sqrt(p * (1 - p) / (n - 1) + q * (1 - q) / (m - 1))
    expect(split?.slices[0]?.comparisons[0]).toMatchObject({ arm: 'on', diff: expect.closeTo(0.2, 12), se: expect.closeTo(se(0.2, 60, 0.4, 60), 12), lift: expect.closeTo(1, 12) })
    expect(split?.slices[1]?.comparisons[0]).toMatchObject({ diff: expect.closeTo(-0.25, 12), lift: expect.closeTo(-0.5, 12), se: expect.closeTo(se(0.5, 40, 0.25, 40), 12) })
    expect(split?.slices[2]?.comparisons[0]).toMatchObject({ status: 'no_units', lift: null, adjustedP: null })
    expect(split?.heterogeneity).toMatchObject([{ arm: 'on', values: 2, df: 1, p: expect.any(Number) }])
    expect(split?.heterogeneity[0]?.p).toBeLessThan(0.05)
    expect(split?.slices.map(({ srm }) => srm)).toEqual([{ p: 1, adjustedP: 1 }, { p: 1, adjustedP: 1 }, null])
  })

  test('values that are no texts are told as they are written', async () => {
    const { body: { split } } = await ask(experiment, { attribute: 'pro' })
    expect(split?.slices.map(({ kind, value }) => [kind, value])).toEqual([['value', 'false'], ['value', 'true'], ['missing', '']])
    const seats = await ask(experiment, { attribute: 'seats' })
    expect(seats.body.split?.slices.map(({ kind, value, arms }) => [kind, value, arms.map(({ exposed }) => exposed)])).toEqual([['value', '3', [40, 0]], ['missing', '', [60, 103]]])
  })

  test('by day of the first exposure, in order of days', async () => {
    const { body: { split } } = await ask(experiment, { by: 'first_day' })
    expect(split).toMatchObject({ by: 'first_day', attribute: null })
    expect(split?.slices.map(({ value, arms }) => [value, arms.map(({ exposed }) => exposed)])).toEqual([['2026-03-02', [100, 63]], ['2026-03-03', [0, 40]]])
  })

  test('a question that is none is refused with what to ask instead', async () => {
    expect((await ask(experiment, { by: 'attribute' }))).toMatchObject({ status: 400, body: { error: { code: 'invalid_request', message: 'Name the attribute to split by.' } } })
    expect((await ask(experiment, { by: 'first_day', attribute: 'country' }))).toMatchObject({ status: 400 })
    expect((await ask({ key: 'EXP-999' }))).toMatchObject({ status: 404 })
    const none = await ask(experiment, { attribute: "nobody's \\' attribute" })
    expect(none.body.split?.slices.map(({ kind }) => kind)).toEqual(['missing'])
  })

  test('an experiment that has not started has nobody to tell apart', async () => {
    const { body: draft } = await server.admin(routes.getExperiment, { params: { project: 'shop', experiment: experiment.key } })
    const created = await server.admin(routes.createExperiment, { params: { project: 'shop' }, body: { hypothesis: draft.hypothesis, setup: { flag: draft.flag, environment: draft.environment, unitType: draft.unitType, assignment: draft.assignment, arms: draft.arms, control: draft.control, coverage: draft.coverage, mode: draft.mode, plannedUnits: draft.plannedUnits, plannedDays: draft.plannedDays, minDays: draft.minDays, alpha: draft.alpha, power: draft.power } } })
    expect(created.status).toBe(201)
    expect(await ask(created.body)).toMatchObject({ status: 409, body: { error: { code: 'wrong_state' } } })
  })
})

test('beyond twenty values the rest is told together', async () => {
  const experiment = await recordExperiment(server, { origin, metrics: [{ key: 'bought' }] })
  for (let i = 0; i < 25; i++) {
    await expose(experiment, 'off', units(`a${i}`, i < 20 ? 3 : 1), { city: `c${String(i).padStart(2, '0')}` })
    await expose(experiment, 'on', units(`b${i}`, i < 20 ? 3 : 2), { city: `c${String(i).padStart(2, '0')}` })
  }
  const { body: { split } } = await ask(experiment, { attribute: 'city' })
  expect(split?.slices).toHaveLength(21)
  expect(split?.slices.slice(0, 20).every(({ kind }) => kind === 'value')).toBe(true)
  expect(split?.slices[20]).toMatchObject({ kind: 'other', arms: [{ arm: 'off', exposed: 5 }, { arm: 'on', exposed: 10 }] })
})

test('somebody known by two units counts once, with what the first of them was like', async () => {
  const experiment = await recordExperiment(server, { origin, metrics: [{ key: 'bought' }] })
  await expose(experiment, 'off', ['anonymous-1'], { country: 'DE' })
  await expose(experiment, 'off', ['ada'], { country: 'FR' }, 2)
  await expose(experiment, 'off', units('others', 3), { country: 'FR' })
  await expose(experiment, 'on', units('treated', 3), { country: 'FR' })
  await experiment.send([{ kind: 'link', id: randomUUID(), at: experiment.at(1), anonymousId: 'anonymous-1', userId: 'ada' }])
  await experiment.track('bought', 'ada', undefined, 3)
  const { body: { split } } = await ask(experiment, { attribute: 'country' })
  expect(split?.slices.map(({ value, arms }) => [value, arms.map(({ exposed, mean }) => [exposed, mean])])).toEqual([['FR', [[3, 0], [3, 0]]], ['DE', [[1, 1], [0, null]]]])
})

test('bots are in no value, and decide neither which attributes nor which values are shown', async () => {
  const params = { project: 'shop' }
  const { body: before } = await server.admin(routes.getProject, { params })
  await server.admin(routes.updateProject, { params, body: { basedOn: before.revision, bots: [{ property: 'agent', op: 'in', values: ['probe'] }] } })
  const experiment = await recordExperiment(server, { origin, metrics: [{ key: 'bought' }] })
  const { body: after } = await server.admin(routes.getProject, { params })
  await server.admin(routes.updateProject, { params, body: { basedOn: after.revision, bots: [] } })
  await expose(experiment, 'off', units('people', 3), { country: 'DE' })
  await expose(experiment, 'on', units('others', 2), { country: 'DE' })
  await expose(experiment, 'on', units('probes', 30), { agent: 'probe', country: 'XX', machine: 7 })
  const { body } = await ask(experiment, { attribute: 'country' })
  expect(body.attributes).toEqual([{ name: 'country', values: 1, people: 5 }])
  expect(body.split?.slices.map(({ kind, value, arms }) => [kind, value, arms.map(({ exposed }) => exposed)])).toEqual([['value', 'DE', [3, 2]]])
})
