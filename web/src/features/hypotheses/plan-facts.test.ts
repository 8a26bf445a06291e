import { expect, test } from 'vitest'
import { written } from './hypothesis.samples.ts'
import { planFacts } from './plan-facts.ts'

const names = { metric: (key: string) => key.toUpperCase(), cohort: (key: string) => key }
const lines = (change: Partial<typeof written>, label: string) => planFacts({ ...written, ...change }, names).flatMap((group) => group.facts).find((fact) => fact.label === label)?.lines

test('a plan is told in words', () => {
  expect(lines({}, 'Decides')).toEqual(['ORDERS'])
  expect(lines({}, 'Worth having')).toEqual(['+2% at least'])
  expect(lines({ direction: 'decrease' }, 'Worth having')).toEqual(['−2% at least'])
  expect(lines({}, 'Must not get worse')).toEqual(['REFUNDS: by 5% at most'])
  expect(lines({ guardrails: [{ metric: 'refunds', margin: null }] }, 'Must not get worse')).toEqual(['REFUNDS: no limit, stops when harm is proven'])
  expect(lines({ cohort: 'returning' }, 'For')).toEqual(['returning shoppers', 'Only the cohort returning'])
  expect(lines({}, 'At most')).toEqual(['50% of the audience meet the change', '30 days'])
})

test('a list that may stay empty says so', () => {
  expect(lines({ secondaryMetrics: [] }, 'Explains')).toEqual(['None'])
})

test('a forecast and what it goes on from are told where they are there', () => {
  expect(lines({}, 'Forecast')).toEqual(['None'])
  expect(lines({ forecast: { probability: 0.3, lift: -0.04 } }, 'Forecast')).toEqual(['Confirmed with a chance of 30%', 'A change of −4.0%'])
  expect(lines({ relatedTo: { hypothesis: 'H-2', kind: 'replication' } }, 'Goes on from')).toEqual(['H-2, the same once more'])
})

test('what is open has no line', () => {
  expect(lines({ because: '' }, 'Because')).toEqual([])
  expect(lines({ maxDays: null, maxExposure: null }, 'At most')).toEqual([])
})
