import { expect, test } from 'vitest'
import { homeLead } from './home-lead.ts'

test.each([
  [0, 0, 'No experiment is running, and nothing waits for you.'],
  [1, 1, '1 experiment is running, and 1 thing waits for you.'],
  [2, 3, '2 experiments are running, and 3 things wait for you.'],
  [2, null, '2 experiments are running.'],
])('%i running and %o waiting', (running, waiting, words) => {
  expect(homeLead({ running, waiting })).toBe(words)
})
