import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Analysis } from '../contract/analysis.ts'
import { routes } from '../contract/routes.ts'
import { clusteredQuantileEstimate, cuped, cupedRatio, quantileEstimate, ratioFromValues, requireAnswer, winsorise } from '../stats/index.ts'
import { seededRandom } from '../stats/seeded-random.ts'
import { recordExperiment, type Recording, type TrackedEvent } from '../testing/recorded-experiment.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { analyseExperiment } from './analysis.service.ts'

let server: TestServer
beforeAll(async () => { server = await startTestServer() })
afterAll(() => server.close())

const origin = new Date('2026-03-02T08:00:00.000Z')
const record = (recording: Omit<Recording, 'origin'>) => recordExperiment(server, { origin, ...recording })
const units = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}-${i}`)

/** Analyses as if it were another time. */
async function analyseAt(key: string, now: string): Promise<Analysis> {
  const { id } = await server.db.experiment.findFirstOrThrow({ where: { key }, select: { id: true } })
  return analyseExperiment({ ...server.deps, now: () => new Date(now) }, id)
}
function armsOf(analysis: Analysis | null, metric: number) {
  return Object.fromEntries((analysis?.metrics[metric]?.arms ?? []).map(({ arm, ...rest }) => [arm, rest]))
}
const close = (value: number) => expect.closeTo(value, 9)

describe('by hand', () => {
  test('counts, sums of a property that pass a condition, and a ratio of two events, in three arms', async () => {
    const experiment = await record({
      setup: { arms: [{ variant: 'off', weight: 2 }, { variant: 'on', weight: 2 }, { variant: 'max', weight: 1 }] },
      metrics: [
        { key: 'visits', type: 'count' },
        { key: 'spent', type: 'sum', event: 'order', property: 'amount', filter: [{ property: 'currency', op: 'equals', values: ['EUR'] }] },
        { key: 'per-visit', type: 'ratio', event: 'order', property: 'amount', denominator: { event: 'visits', aggregate: 'count' } },
        { key: 'value', type: 'mean', event: 'order' },
      ],
    })
    await experiment.expose('off', ['a1', 'a2', 'a3', 'a4'])
    await experiment.expose('on', ['b1', 'b2', 'b3', 'b4'])
    await experiment.expose('max', ['c1', 'c2'])
    const order = (unit: string, amount: number | string, currency: string): TrackedEvent => ({ name: 'order', unit, value: 1, properties: { amount, currency } })
    await experiment.trackAll([
      ...['a1', 'a1', 'a2', 'b1', 'b1', 'b1', 'c1'].map((unit) => ({ name: 'visits', unit })),
      // A number written as text is none, but it is an order.
      order('a1', 10, 'EUR'), order('a1', 99, 'USD'), order('a2', '7', 'EUR'), order('b1', 20, 'EUR'), order('b2', 5, 'EUR'), order('nobody', 1000, 'EUR'),
    ])
    const { analysis } = await experiment.analyse()
    expect(armsOf(analysis, 0)).toEqual({ off: { n: 4, mean: 0.75, variance: close(11 / 12), withEvent: 2 }, on: { n: 4, mean: 0.75, variance: close(2.25), withEvent: 1 }, max: { n: 2, mean: 0.5, variance: close(0.5), withEvent: 1 } })
    expect(armsOf(analysis, 1)).toEqual({
      off: { n: 4, mean: 2.5, variance: close(25), withEvent: 2, total: 10 }, on: { n: 4, mean: 6.25, variance: close(89.58333333333333), withEvent: 2, total: 25 }, max: { n: 2, mean: 0, variance: 0, withEvent: 0, total: 0 },
    })
    // R = 109 / 3; z = (N - R D) / (3 / 4) is 48.444 for a1, -48.444 for a2, and 0.
    expect(armsOf(analysis, 2)).toEqual({
      off: { n: 4, mean: close(109 / 3), variance: close(2 * ((109 - (2 * 109) / 3) / 0.75) ** 2 / 3), withEvent: 2, total: 109, denominatorTotal: 3 },
      on: { n: 4, mean: close(25 / 3), variance: close((2 * (5 / 0.75) ** 2) / 3), withEvent: 2, total: 25, denominatorTotal: 3 },
      max: { n: 2, mean: 0, variance: 0, withEvent: 1, total: 0, denominatorTotal: 1 },
    })
    expect(armsOf(analysis, 3)).toMatchObject({ off: { mean: 0.75, withEvent: 2 }, on: { mean: 0.5, withEvent: 2 } })
    expect(analysis?.metrics[0]?.comparisons.map(({ arm }) => arm)).toEqual(['on', 'max'])
  })

  test('coming back counts in its window, of people who have had it', async () => {
    const experiment = await record({ metrics: [{ key: 'back', type: 'retention', retention: { fromHours: 24, toHours: 48 } }], setup: { mode: 'always_valid', plannedUnits: null } })
    await experiment.expose('off', ['a1', 'a2', 'a3', 'a4'])
    await experiment.expose('off', ['late'], 30)
    await experiment.expose('on', ['b1', 'b2'])
    for (const [unit, hours] of [['a1', 23.9], ['a2', 24], ['a3', 47.9], ['a4', 48], ['late', 60], ['b1', 30], ['b1', 31]] as const) await experiment.track('back', unit, undefined, hours)
    expect(armsOf(await analyseAt(experiment.key, experiment.at(70)), 0)).toEqual({ off: { n: 4, mean: 0.5, variance: close(1 / 3), withEvent: 2 }, on: { n: 2, mean: 0.5, variance: close(0.5), withEvent: 1 } })
    const later = await analyseAt(experiment.key, experiment.at(78))
    expect(armsOf(later, 0)['off']).toMatchObject({ n: 5, mean: 0.6 })
    // Whose window closes counts from that day on, whole.
    expect(later.daily.map(({ day, n }) => [day, n])).toEqual([['2026-03-04', 2], ['2026-03-05', 2]])
    expect(armsOf(await analyseAt(experiment.key, experiment.at(40)), 0)['off']).toMatchObject({ n: 0, mean: null, variance: null })
  })

  test('steps of a funnel count in order, each at or after the one before', async () => {
    const experiment = await record({ metrics: [{ key: 'view', type: 'funnel', steps: [{ event: 'cart' }, { event: 'ship' }, { event: 'pay', filter: [{ property: 'ok', op: 'equals', values: [true] }] }] }] })
    await experiment.expose('off', units('a', 6))
    await experiment.expose('on', ['b-0', 'b-1'])
    const steps = (unit: string, times: Partial<Record<'view' | 'cart' | 'ship' | 'pay', number[]>>, ok = true): TrackedEvent[] => Object.entries(times).flatMap(([name, all]) => all.map((hours) => ({ name, unit, hours, properties: { ok } })))
    await experiment.trackAll([
      ...steps('a-0', { view: [1], cart: [2], ship: [3], pay: [4] }),
      // All at one time.
      ...steps('a-1', { view: [5], cart: [5], ship: [5], pay: [5] }),
      // The first cart is too early, a later one counts; the payment comes before it was shipped.
      ...steps('a-2', { view: [2], cart: [1, 3], ship: [5], pay: [4] }),
      ...steps('a-3', { view: [3], cart: [1] }),
      // The payment that passes no condition is none.
      ...steps('a-4', { view: [1, 9], cart: [2], ship: [3], pay: [8] }, false),
      ...steps('b-0', { cart: [1], ship: [2], pay: [3] }),
      ...steps('b-1', { view: [1], cart: [2, 7], ship: [1.5, 8], pay: [3, 9] }),
    ])
    const { analysis } = await experiment.analyse()
    expect(armsOf(analysis, 0)).toEqual({ off: { n: 6, mean: close(2 / 6), variance: close(4 / 15), withEvent: 5 }, on: { n: 2, mean: 0.5, variance: close(0.5), withEvent: 1 } })
    expect(analysis?.metrics[0]?.steps?.map(({ arms }) => arms.map(({ units: taken, share, ofPrevious }) => [taken, share, ofPrevious]))).toEqual([
      [[5, 5 / 6, 5 / 6], [1, 0.5, 0.5]], [[4, 4 / 6, 0.8], [1, 0.5, 1]], [[4, 4 / 6, 1], [1, 0.5, 1]], [[2, 2 / 6, 0.5], [1, 0.5, 1]],
    ])
    expect(analysis?.daily.at(-1)).toMatchObject({ arm: 'on', n: 2, lift: close(0.5) })
  })

  test('a cap is a percentile of all values other than 0, or fixed; numerator and denominator have their own', async () => {
    const experiment = await record({
      metrics: [
        { key: 'spent', type: 'sum', cap: { percentile: 0.9 } }, { key: 'fixed', type: 'mean', event: 'spent', cap: { value: 50 } }, { key: 'debt', type: 'mean', cap: { percentile: 0.9 } },
        { key: 'rate', type: 'ratio', event: 'spent', denominator: { event: 'seen', aggregate: 'count' }, cap: { value: 2 } },
      ],
    })
    await experiment.expose('off', units('a', 8))
    await experiment.expose('on', units('b', 8))
    // Eleven values other than 0: the tenth is the cap.
    const spent = [['a-0', 1], ['a-1', 2], ['a-2', 3], ['a-3', 4], ['a-4', 1000], ['b-0', 5], ['b-1', 6], ['b-2', 7], ['b-3', 8], ['b-4', 60], ['b-5', 9], ['b-6', 0]] as const
    await experiment.trackAll([...spent.map(([unit, value]) => ({ name: 'spent', unit, value })), ...spent.map(([unit]) => ({ name: 'debt', unit, value: -3 })), ...['a-0', 'a-0', 'a-0', 'b-0'].map((unit) => ({ name: 'seen', unit }))])
    const { analysis } = await experiment.analyse()
    expect(armsOf(analysis, 0)).toMatchObject({
      off: { n: 8, mean: 8.75, total: 70, capped: 1, withEvent: 5, uncapped: { mean: 126.25, variance: close((1 + 4 + 9 + 16 + 1_000_000 - 1010 ** 2 / 8) / 7) } },
      on: { n: 8, mean: 11.875, total: 95, capped: 0, withEvent: 7, uncapped: { mean: 11.875 } },
    })
    expect(armsOf(analysis, 1)).toMatchObject({ off: { mean: 7.5, capped: 1 }, on: { mean: 10.625, capped: 1 } })
    // Whoever has nothing keeps nothing, though the cap lies below 0.
    expect(armsOf(analysis, 2)).toMatchObject({ off: { mean: close(-15 / 8), capped: 0 }, on: { mean: close(-21 / 8), capped: 0 } })
    expect(armsOf(analysis, 3)).toMatchObject({ off: { mean: 4.5, total: 9, denominatorTotal: 2, capped: 4, uncapped: { mean: close(1010 / 3) } }, on: { mean: 12, total: 12, denominatorTotal: 1, capped: 6, uncapped: { mean: 95 } } })
    // By the same cap as the estimate, so that the line ends where it stands.
    expect(analysis?.daily.at(-1)?.lift).toBeCloseTo(analysis?.metrics[0]?.comparisons[0]?.lift ?? NaN, 12)
  })

  test('quantiles keep ties and zeros, and have no spread where its limits are one value', async () => {
    const experiment = await record({ metrics: [{ key: 'time', type: 'quantile', quantile: { q: 0.5, of: 'units' } }, { key: 'each', type: 'quantile', event: 'time', quantile: { q: 0.5, of: 'events' } }] })
    await experiment.expose('off', units('a', 20))
    await experiment.expose('on', units('b', 20))
    // Control: 7 at -2, 6 without, 7 at 5. Treatment: all the same.
    await experiment.trackAll([
      ...units('a', 7).map((unit) => ({ name: 'time', unit, value: -2 })), ...units('a', 20).slice(13).map((unit) => ({ name: 'time', unit, value: 5 })), ...units('b', 20).map((unit) => ({ name: 'time', unit, value: 4 })),
      { name: 'time', unit: 'a-8' },
    ])
    const { analysis } = await experiment.analyse()
    // The tenth of twenty is 0, the fifth -2, the sixteenth 5.
    expect(armsOf(analysis, 0)).toEqual({ off: { n: 20, mean: 0, variance: close(20 * (7 / (2 * 1.959963984540054)) ** 2), withEvent: 15 }, on: { n: 20, mean: 4, variance: null, withEvent: 20 } })
    // Of fourteen events the seventh. One without a value is none.
    expect(armsOf(analysis, 1)).toMatchObject({ off: { n: 20, mean: -2 }, on: { n: 20, mean: 4, variance: null } })
    expect(analysis?.metrics[0]?.comparisons[0]).toMatchObject({ status: 'too_few_units', p: null })
    expect(analysis?.daily).toEqual([])
  })

  test('bots are dropped before anything else, and counted', async () => {
    const params = { project: 'shop' }
    const { body: before } = await server.admin(routes.getProject, { params })
    await server.admin(routes.updateProject, { params, body: { basedOn: before.revision, bots: [{ property: 'agent', op: 'in', values: ['probe', 'crawler'] }, { property: 'score', op: 'gt', values: [0.9] }] } })
    const experiment = await record({ metrics: [{ key: 'bought' }] })
    const { body: after } = await server.admin(routes.getProject, { params })
    await server.admin(routes.updateProject, { params, body: { basedOn: after.revision, bots: [] } })
    await experiment.expose('off', units('a', 40), 1)
    await experiment.expose('on', units('b', 40), 1)
    await experiment.expose('off', units('probe', 6), 1, { agent: 'probe' })
    await experiment.expose('on', units('fast', 14), 1, { agent: 'browser', score: 0.95 })
    // What counts are the attributes of the first exposure.
    await experiment.expose('off', ['a-0'], 2, { agent: 'crawler' })
    for (const unit of ['a-0', 'probe-0', 'fast-0', 'fast-1']) await experiment.track('bought', unit, undefined, 3)
    const { analysis, people } = await experiment.analyse()
    expect(people).toBe(80)
    expect(armsOf(analysis, 0)).toMatchObject({ off: { n: 40, mean: 1 / 40 }, on: { n: 40, mean: 0 } })
    // 6 of 46 against 14 of 54.
    expect(analysis?.bots).toEqual({ arms: [{ arm: 'off', n: 6 }, { arm: 'on', n: 14 }], p: close(0.10846196233898381) })
  })
})

describe('against unit values', () => {
  test('every kind is what the statistics make of the values themselves, adjusted by those before the first exposure', async () => {
    const random = seededRandom(11)
    const below = (n: number) => Math.floor(random.uniform() * n)
    const experiment = await record({
      setup: { cupedDays: 7, arms: [{ variant: 'off', weight: 1 }, { variant: 'on', weight: 1 }, { variant: 'max', weight: 1 }] },
      metrics: [
        { key: 'spent', type: 'sum', cap: { percentile: 0.95 } }, { key: 'clicks', type: 'count' }, { key: 'bought', event: 'spent' }, { key: 'per-click', type: 'ratio', event: 'spent', denominator: { event: 'clicks', aggregate: 'count' } },
        { key: 'high', type: 'quantile', event: 'spent', quantile: { q: 0.8, of: 'units' } }, { key: 'slow', type: 'quantile', event: 'clicks', quantile: { q: 0.75, of: 'events' } },
      ],
    })
    const arms = ['off', 'on', 'max'] as const
    const people = arms.flatMap((arm) => units(arm, 120).map((unit) => ({ arm, unit, spent: [] as number[], spentBefore: [] as number[], clicks: [] as number[], clicksBefore: [] as number[] })))
    for (const person of people) {
      const active = below(4)
      for (let i = 0; i < active; i++) person.spentBefore.push(below(500) / 10)
      const orders = active - 1 + below(2)
      for (let i = 0; i < orders; i++) person.spent.push(below(600) / 10)
      for (let i = 0; i < active + 1; i++) person.clicksBefore.push(below(9))
      const clicks = 2 * active + below(3)
      for (let i = 0; i < clicks; i++) person.clicks.push(below(900))
    }
    for (const arm of arms) await experiment.expose(arm, units(arm, 120), 300)
    await experiment.trackAll(people.flatMap(({ unit, ...of }) => [
      ...of.spent.map((value) => ({ name: 'spent', unit, value, hours: 301 })), ...of.spentBefore.map((value) => ({ name: 'spent', unit, value, hours: 299 })), ...of.clicks.map((value) => ({ name: 'clicks', unit, value, hours: 300 })),
      ...of.clicksBefore.map((value) => ({ name: 'clicks', unit, value, hours: 300 - 168 })),
      // Too early even for what was before.
      { name: 'spent', unit, value: 77, hours: 131.9 },
    ]))
    const { analysis } = await experiment.analyse()

    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
    const of = (arm: string) => people.filter((person) => person.arm === arm)
    const capOf = (values: readonly number[]) => requireAnswer(winsorise(values.filter((value) => value !== 0), 0, 0.95)).cap
    const cap = capOf(people.map(({ spent }) => sum(spent)))
    const capBefore = capOf(people.map(({ spentBefore }) => sum(spentBefore)))
    const none = (values: readonly unknown[]) => (values.length === 0 ? 1 : 0)
    const columns = {
      spent: (arm: string) => ({ y: of(arm).map(({ spent }) => Math.min(sum(spent), cap)), x: [of(arm).map(({ spentBefore }) => Math.min(sum(spentBefore), capBefore)), of(arm).map(({ spentBefore }) => none(spentBefore))] }),
      clicks: (arm: string) => ({ y: of(arm).map(({ clicks }) => clicks.length), x: [of(arm).map(({ clicksBefore }) => clicksBefore.length)] }),
      bought: (arm: string) => ({ y: of(arm).map(({ spent }) => 1 - none(spent)), x: [of(arm).map(({ spentBefore }) => 1 - none(spentBefore))] }),
    }
    const ratio = (arm: string) => ({ num: of(arm).map(({ spent }) => sum(spent)), den: of(arm).map(({ clicks }) => clicks.length), numPre: of(arm).map(({ spentBefore }) => sum(spentBefore)), denPre: of(arm).map(({ clicksBefore }) => clicksBefore.length) })
    for (const [i, arm] of (['on', 'max'] as const).entries()) {
      for (const [metric, name] of (['spent', 'clicks', 'bought'] as const).entries()) {
        const expected = requireAnswer(cuped(columns[name]('off'), columns[name](arm)))
        const comparison = analysis?.metrics[metric]?.comparisons[i]
        expect(comparison?.diff, name).toBeCloseTo(expected.adjMeanB - expected.adjMeanA, 9)
        expect(comparison?.se, name).toBeCloseTo(Math.sqrt(expected.varA + expected.varB), 9)
        expect(comparison?.adjustment?.theta, name).toEqual(expected.theta.map(close))
      }
      const expected = requireAnswer(cupedRatio(ratio('off'), ratio(arm)))
      expect(analysis?.metrics[3]?.comparisons[i]?.diff).toBeCloseTo(expected.diffAdj, 9)
      expect(analysis?.metrics[3]?.comparisons[i]?.adjustment?.theta).toEqual([close(expected.theta)])
    }
    for (const arm of arms) {
      const { num, den } = ratio(arm)
      const r = requireAnswer(ratioFromValues(num, den))
      expect(armsOf(analysis, 3)[arm]).toMatchObject({ mean: close(r.ratio), variance: close(r.variance) })
      const high = requireAnswer(quantileEstimate(num, 0.8))
      expect(armsOf(analysis, 4)[arm]).toMatchObject({ n: 120, mean: high.quantile, variance: close(120 * (high.se ?? NaN) ** 2) })
      const slow = requireAnswer(clusteredQuantileEstimate(of(arm).map(({ clicks }) => clicks), 0.75))
      expect(armsOf(analysis, 5)[arm]).toMatchObject({ n: 120, mean: slow.quantile, variance: close(120 * (slow.se ?? NaN) ** 2) })
      const capped = of(arm).filter(({ spent }) => sum(spent) > cap).length
      expect(armsOf(analysis, 0)[arm]).toMatchObject({ capped, withEvent: of(arm).filter(({ spent }) => spent.length > 0).length })
    }
  })
})
