import { expect, test } from 'vitest'
import { planOf } from '../testing/plans.ts'
import { readMetrics } from './read-metrics.ts'
import { readPower } from './read-power.ts'

const arms = new Map([['spent', [{ arm: 'control', n: 1000, mean: 10, variance: 50 }, { arm: 'treatment', n: 1000, mean: 10.4, variance: 50 }]]])
const read = (fields: Parameters<typeof planOf>[0]) => {
  const plan = planOf(fields)
  return readPower(plan, readMetrics({ plan, days: 14, informationFraction: 1, earlierLooks: [], arms }))
}
const spent = { key: 'spent', role: 'primary', type: 'mean' } as const

test('a spread of 7.07 over 2,000 people shows 8.86 % of a level of 10, and 2 % needs 37,245 people more', () => {
  // se = sqrt(0.1) / 10; (1.959964 + 0.841621) se = 0.0885939; 2000 ((0.0885939 / 0.02)^2 - 1) = 37,244.4.
  expect(read({ metrics: [spent] })).toEqual([{ arm: 'treatment', detectable: expect.closeTo(0.0885939, 6), unitsNeeded: 37_245 }])
})

test('the effect itself moves nothing', () => {
  const [before] = read({ metrics: [spent] })
  arms.set('spent', [{ arm: 'control', n: 1000, mean: 10, variance: 50 }, { arm: 'treatment', n: 1000, mean: 14, variance: 50 }])
  expect(read({ metrics: [spent] })).toEqual([before])
})

test('a guardrail asks for more power', () => {
  const [plain] = read({ metrics: [spent] })
  const [guarded] = read({ metrics: [spent, { key: 'errors', role: 'guardrail' }] })
  expect(guarded?.unitsNeeded).toBeGreaterThan(plain?.unitsNeeded ?? Infinity)
})

test('without an estimate there is nothing to say', () => {
  expect(readPower(planOf({ metrics: [spent] }), readMetrics({ plan: planOf({ metrics: [spent] }), days: 1, informationFraction: null, earlierLooks: [], arms: new Map() }))).toEqual([{ arm: 'treatment', detectable: null, unitsNeeded: null }])
})
