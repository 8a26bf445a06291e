import { expect, it } from 'vitest'
import { isAnswer } from './answer.ts'
import { nextAllocation } from './bandit-policy.ts'

const hour = 3_600_000
const arms = [{ n: 500, mean: 0.1, variance: 0.09 }, { n: 500, mean: 0.14, variance: 0.12 }, { n: 500, mean: 0.1, variance: 0.09 }]

it('moves traffic to what does better and keeps every arm alive', () => {
  const next = nextAllocation(arms, null, 0)
  if (!isAnswer(next)) throw new Error('three arms of 500')
  expect(next.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
  expect(Math.min(...next.weights)).toBeGreaterThanOrEqual(0.05)
  expect(next.weights[1]).toBeGreaterThan(0.8)
})

it('waits a day between changes and for a hundred units per arm', () => {
  expect(nextAllocation(arms, 0, 23 * hour)).toEqual({ noAnswer: 'too_early' })
  expect(isAnswer(nextAllocation(arms, 0, 24 * hour))).toBe(true)
  expect(nextAllocation([...arms.slice(1), { n: 99, mean: 0.2, variance: 0.1 }], null, 0)).toEqual({ noAnswer: 'too_few_units' })
})
