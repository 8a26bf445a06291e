import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ArmResult } from '../contract/analysis.ts'
import type { Plan } from '../contract/experiments.ts'
import { buildPlan } from '../experiments/build-plan.ts'
import { completeDraft, completeSetup } from '../testing/drafts.ts'
import { readMetrics } from './read-metrics.ts'

function planOf(mode: Plan['mode']): Plan {
  const metric = (key: string) => ({ key, name: key, description: '', type: 'mean' as const, event: key, direction: 'increase' as const, unitLabel: '', windowHours: null, revision: 1, changedAt: '', changedBy: '' })
  const draft = { ...completeDraft(), primaryMetric: 'orders', minimumEffect: 0.02, secondaryMetrics: [] }
  return buildPlan({ experiment: 'EXP-1', phase: 1, salt: 's', hypothesis: { key: 'H-1', draft }, setup: { ...completeSetup(), mode }, cohort: null, metrics: new Map([['orders', metric('orders')], ['refunds', metric('refunds')]]), engineVersion: '1' })
}

test('whatever the moments, an answer holds finite numbers, or null', () => {
  const scaled = fc.tuple(fc.double({ min: -9.99, max: 9.99, noNaN: true }), fc.integer({ min: -65, max: 65 })).map(([digits, power]) => digits * 10 ** power)
  const size = fc.oneof(scaled, fc.double({ noNaN: true, noDefaultInfinity: true }))
  const arm = (name: string): fc.Arbitrary<ArmResult> => fc.record({ arm: fc.constant(name), n: fc.integer({ min: 0, max: 1_000_000 }), mean: fc.option(size), variance: fc.option(size.map(Math.abs)) })
  fc.assert(fc.property(arm('off'), arm('on'), fc.constantFrom('fixed', 'group_sequential', 'always_valid'), (off, on, mode) => {
    const arms = [off, on]
    const results = readMetrics({ plan: planOf(mode), days: 9, informationFraction: 1, earlierLooks: [], arms: new Map([['orders', arms], ['refunds', arms]]) })
    const numbers = results.flatMap(({ comparisons }) => comparisons.flatMap(({ arm: _, status, flags, decidedBy, ...rest }) => [...Object.values(rest), ...Object.entries(decidedBy ?? {}).filter(([key]) => key !== 'method').map(([, value]) => value)]))
    for (const number of numbers) expect(number === null || Number.isFinite(number), JSON.stringify(results)).toBe(true)
  }), { numRuns: 3_000 })
})

test('an arm whose moments are unknown has no answer', () => {
  const arms = [{ arm: 'off', n: 100, mean: 2, variance: 1 }, { arm: 'on', n: 100, mean: null, variance: null }]
  const [orders] = readMetrics({ plan: planOf('fixed'), days: 9, informationFraction: 1, earlierLooks: [], arms: new Map([['orders', arms]]) })
  expect(orders?.comparisons[0]).toMatchObject({ status: 'invalid_input', diff: null, lift: null })
  expect(orders?.readings).toEqual([{ arm: 'on', reading: 'no_answer' }])
})
