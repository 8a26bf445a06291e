import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ArmResult } from '../contract/analysis.ts'
import type { Plan } from '../contract/experiments.ts'
import { alwaysValidMultiplier, groupSequentialBoundaries, jointMomentsOf, momentsOf, sampleVariance, tScale, tuneRhoSquared } from '../stats/index.ts'
import { planOf } from '../testing/plans.ts'
import { readMetrics, type MetricsInput } from './read-metrics.ts'

const orders = { key: 'orders', role: 'primary', type: 'mean' } as const
const read = (plan: Plan, arms: Record<string, readonly ArmResult[]>, more: Partial<MetricsInput> = {}) =>
  readMetrics({ plan, days: 9, informationFraction: 1, earlierLooks: [], arms: new Map(Object.entries(arms)), ...more })
const arm = (name: string, n: number, mean: number | null, variance: number | null, more: Partial<ArmResult> = {}): ArmResult => ({ arm: name, n, mean, variance, ...more })

test('whatever the moments, an answer holds finite numbers, or null', () => {
  const scaled = fc.tuple(fc.double({ min: -9.99, max: 9.99, noNaN: true }), fc.integer({ min: -65, max: 65 })).map(([digits, power]) => digits * 10 ** power)
  const size = fc.oneof(scaled, fc.double({ noNaN: true, noDefaultInfinity: true }))
  const some = (name: string): fc.Arbitrary<ArmResult> => fc.record({ arm: fc.constant(name), n: fc.integer({ min: 0, max: 1_000_000 }), mean: fc.option(size), variance: fc.option(size.map(Math.abs)) })
  const plans = { fixed: planOf({ metrics: [orders], mode: 'fixed' }), group_sequential: planOf({ metrics: [orders], mode: 'group_sequential' }), always_valid: planOf({ metrics: [orders], mode: 'always_valid' }) }
  fc.assert(fc.property(some('control'), some('treatment'), fc.constantFrom('fixed', 'group_sequential', 'always_valid'), (off, on, mode) => {
    const results = read(plans[mode], { orders: [off, on] })
    const numbers = results.flatMap(({ comparisons }) => comparisons.flatMap(({ arm: _, status, flags, decidedBy, ...rest }) => [...Object.values(rest), ...Object.entries(decidedBy ?? {}).filter(([key]) => key !== 'method').map(([, value]) => value)]))
    for (const number of numbers) expect(number === null || Number.isFinite(number), JSON.stringify(results)).toBe(true)
  }), { numRuns: 3_000 })
})

test('an arm whose moments are unknown has no answer', () => {
  const [result] = read(planOf({ metrics: [orders] }), { orders: [arm('control', 100, 2, 1), arm('treatment', 100, null, null)] })
  expect(result?.comparisons[0]).toMatchObject({ status: 'invalid_input', diff: null, lift: null })
  expect(result?.readings).toEqual([{ arm: 'treatment', reading: 'no_answer' }])
})

describe('kinds of metrics', () => {
  test('a ratio without anything below the line says so, a quantile of too few people too', () => {
    const plan = planOf({ metrics: [{ key: 'value', role: 'primary', type: 'ratio' }, { key: 'p95', role: 'secondary', type: 'quantile', quantile: { q: 0.95, of: 'units' } }] })
    const results = read(plan, { value: [arm('control', 9, null, null, { denominatorTotal: 0 }), arm('treatment', 9, 2, 1, { denominatorTotal: 7 })], p95: [arm('control', 9, 400, null), arm('treatment', 9, 420, 3)] })
    expect(results.map(({ comparisons }) => comparisons[0]?.status)).toEqual(['zero_denominator', 'too_few_units'])
  })

  test.each(['conversion', 'retention', 'funnel'] as const)('a %s of few people is read by the tests of counts', (type) => {
    const plan = planOf({ metrics: [{ key: 'back', role: 'primary', type }] })
    const of = (name: string, x: number) => arm(name, 200, x / 200, (x / 200) * (1 - x / 200) * 200 / 199)
    const [result] = read(plan, { back: [of('control', 4), of('treatment', 11)] })
    expect(result?.comparisons[0]).toMatchObject({ flags: ['sparse'], decidedBy: { method: 'score_newcombe' } })
  })

  test('steps of a funnel are passed on', () => {
    const steps = [{ event: 'cart', arms: [{ arm: 'control', units: 3, share: 0.3, ofPrevious: 0.3 }] }]
    expect(read(planOf({ metrics: [{ key: 'buy', role: 'primary', type: 'funnel' }] }), {}, { steps: new Map([['buy', steps]]) })[0]?.steps).toEqual(steps)
  })

  test('the effect without the cap stands beside, where a cap met anybody', () => {
    const uncapped = { mean: 12, variance: 900 }
    const plan = planOf({ metrics: [orders] })
    const [met] = read(plan, { orders: [arm('control', 500, 10, 50, { capped: 0, uncapped: { mean: 10, variance: 50 } }), arm('treatment', 500, 11, 50, { capped: 2, uncapped })] })
    expect(met?.comparisons[0]).toMatchObject({ diff: 1, uncapped: { diff: 2, lift: 0.2 } })
    const [none] = read(plan, { orders: [arm('control', 500, 10, 50, { capped: 0, uncapped: { mean: 10, variance: 50 } }), arm('treatment', 500, 11, 50, { capped: 0, uncapped: { mean: 11, variance: 50 } })] })
    expect(none?.comparisons[0]).not.toHaveProperty('uncapped')
  })
})

describe('what is corrected', () => {
  const arms = [{ variant: 'control', weight: 1 }, { variant: 'a', weight: 1 }, { variant: 'b', weight: 1 }]

  test('several treatments of a plan read once by Holm, secondary metrics by Benjamini-Hochberg, guardrails not at all', () => {
    const plan = planOf({ arms, metrics: [orders, { key: 'views', role: 'secondary', type: 'mean' }, { key: 'errors', role: 'guardrail', type: 'mean', direction: 'decrease' }] })
    const values = [arm('control', 500, 10, 50), arm('a', 500, 11, 50), arm('b', 500, 11.2, 50)]
    const [primary, secondary, guardrail] = read(plan, { orders: values, views: values, errors: values })
    const p = primary?.comparisons.map((one) => one.p ?? NaN) ?? []
    expect(primary?.comparisons.map((one) => one.adjustedP)).toEqual([p[0], expect.closeTo(2 * (p[1] ?? 0), 15)])
    expect(secondary?.comparisons.map((one) => one.adjustedP)).toEqual([expect.closeTo(p[0] ?? 0, 15), expect.closeTo(2 * (p[1] ?? 0), 15)])
    expect(guardrail?.comparisons[0]).not.toHaveProperty('adjustedP')
  })

  test('a p that holds at every look is corrected where the plan is read at every look, a boundary has none', () => {
    const values = { orders: [arm('control', 500, 10, 50), arm('treatment', 500, 11, 50)] }
    const [always] = read(planOf({ metrics: [orders], mode: 'always_valid' }), values)
    expect(always?.comparisons[0]?.adjustedP).toBe(always?.comparisons[0]?.decidedBy?.p)
    expect(read(planOf({ metrics: [orders], mode: 'group_sequential' }), values)[0]?.comparisons[0]?.adjustedP).toBeNull()
  })
})

describe('what the plan seals', () => {
  const values = { orders: [arm('control', 500, 10, 50), arm('treatment', 500, 10.5, 50)] }
  const half = (plan: Plan, more: Partial<MetricsInput> = {}) => {
    const comparison = read(plan, values, more)[0]?.comparisons[0]
    return ((comparison?.decidedBy?.ciUpper ?? NaN) - (comparison?.diff ?? NaN)) / (comparison?.se ?? NaN)
  }

  test('how alpha is spent moves the boundary', () => {
    const df = read(planOf({ metrics: [orders] }), values)[0]?.comparisons[0]?.df ?? NaN
    for (const [spending, engine] of [['obf', 'obf'], ['quadratic', 'power2']] as const) {
      const z = groupSequentialBoundaries([0.5], 0.025, engine).z[0] ?? NaN
      expect(half(planOf({ metrics: [orders], mode: 'group_sequential', spending, plannedDays: null }), { informationFraction: 0.5 })).toBeCloseTo(tScale(z, df), 10)
    }
  })

  test('the units for which an always-valid interval is narrowest are the plan’s own before its size', () => {
    const df = read(planOf({ metrics: [orders] }), values)[0]?.comparisons[0]?.df ?? NaN
    const expected = (units: number) => tScale(alwaysValidMultiplier(1000, tuneRhoSquared(0.05, units), 0.05), df)
    const plan = { metrics: [orders], mode: 'always_valid', plannedUnits: 4000 } as const
    expect(half(planOf(plan))).toBeCloseTo(expected(4000), 10)
    expect(half(planOf({ ...plan, tunedUnits: 1500 }))).toBeCloseTo(expected(1500), 10)
    expect(half(planOf({ ...plan, plannedUnits: null }))).toBeCloseTo(expected(20_000), 10)
  })

  test('adjusted numbers are what decides, and the unadjusted ones stand beside', () => {
    const people = Array.from({ length: 400 }, (_, i) => i)
    const x = people.map((i) => i % 20)
    const values = (lift: number) => people.map((i) => (x[i] ?? 0) * 3 + lift + (i % 7))
    const moments = (name: string, of: number[]) => arm(name, 400, momentsOf(of).mean, sampleVariance(momentsOf(of)))
    const [a, b] = [values(0), values(1)]
    const covariates = new Map([['orders', [{ arm: 'control', joint: jointMomentsOf([a, x, x.map(() => 0)]) }, { arm: 'treatment', joint: jointMomentsOf([b, x, x.map(() => 0)]) }]]])
    const plan = planOf({ metrics: [orders], mode: 'always_valid', cupedDays: 14 })
    const comparison = read(plan, { orders: [moments('control', a), moments('treatment', b)] }, { covariates })[0]?.comparisons[0]
    const raw = read(planOf({ metrics: [orders], mode: 'always_valid' }), { orders: [moments('control', a), moments('treatment', b)] })[0]?.comparisons[0]
    expect(comparison?.adjustment?.raw).toMatchObject({ diff: raw?.diff, se: raw?.se, liftLower: raw?.liftLower })
    expect(comparison?.se).toBeLessThan((raw?.se ?? 0) / 5)
    expect(comparison?.decidedBy?.liftLower).toBeGreaterThan(0)
    expect(raw?.decidedBy?.liftLower).toBeLessThan(0)
  })
})

test('what shipping loses on average is read in the preferred direction', () => {
  const values = [arm('control', 500, 10, 50), arm('treatment', 500, 10.5, 50)]
  const of = (direction: 'increase' | 'decrease') => read(planOf({ metrics: [{ ...orders, direction }] }), { orders: values })[0]?.comparisons[0]
  // Lift 0.05, standard error sqrt(0.1 + 1.05^2 0.1) / 10 = 0.0458530: z = 1.09044, s (phi(z) - z sf(z)).
  expect(of('increase')).toMatchObject({ liftSe: expect.closeTo(0.045853, 6), expectedLoss: expect.closeTo(0.0032063365, 9) })
  expect((of('decrease')?.expectedLoss ?? 0) - (of('increase')?.expectedLoss ?? 0)).toBeCloseTo(0.05, 12)
})
