import { expect, test } from 'vitest'
import { requireAnswer, requiredUnits } from '../stats/index.ts'
import { detectableEffect, TOTALS } from './detectable.ts'

test('a mean shows 2.8 standard errors of the difference', () => {
  // (1.959964 + 0.841621) sqrt(2 * 50^2 / 5,000) / 20
  expect(detectableEffect({ kind: 'mean', baseline: 20, sd: 50 }, 'increase', 10_000)).toBeCloseTo(0.140079, 6)
})

test.each(['increase', 'decrease'] as const)('a share that should %s is shown by the people that the plan asks for it', (direction) => {
  for (const total of TOTALS.slice(2)) {
    const effect = detectableEffect({ kind: 'proportion', baseline: 0.1 }, direction, total) ?? NaN
    const needed = requireAnswer(requiredUnits({ metric: { kind: 'proportion', baseline: 0.1 }, effect: { relative: direction === 'increase' ? effect : -effect }, question: 'difference', alpha: 0.05, power: 0.8, mode: 'fixed', weights: [1, 1] }))
    expect(Math.abs(needed.total - total)).toBeLessThanOrEqual(4)
  }
})

test('what cannot happen is not shown', () => {
  expect(detectableEffect({ kind: 'proportion', baseline: 0.98 }, 'increase', 1_000)).toBeNull()
  expect(detectableEffect({ kind: 'proportion', baseline: 0.001 }, 'decrease', 1_000)).toBeNull()
  expect(detectableEffect({ kind: 'proportion', baseline: 0 }, 'increase', 1_000)).toBeNull()
  expect(detectableEffect({ kind: 'mean', baseline: 10, sd: 0 }, 'increase', 1_000)).toBeNull()
})
