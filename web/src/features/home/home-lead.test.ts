import { expect, test } from 'vitest'
import { homeLead } from './home-lead.ts'

test.each([
  [0, 0, 'No experiment is running, and nothing waits for anybody.'],
  [1, 1, '1 experiment is running, and 1 thing waits for somebody.'],
  [2, 3, '2 experiments are running, and 3 things wait for somebody.'],
])('%i running and %i waiting', (running, waiting, words) => {
  expect(homeLead({ running, waiting })).toBe(words)
})
