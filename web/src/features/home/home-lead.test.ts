import { expect, test } from 'vitest'
import { dayOf, homeLead } from './home-lead.ts'

test.each([
  [0, 0, 'No experiment is running, and nothing waits for anybody.'],
  [1, 1, '1 experiment is running, and 1 thing waits for somebody.'],
  [2, 3, '2 experiments are running, and 3 things wait for somebody.'],
])('%i running and %i waiting', (running, waiting, words) => {
  expect(homeLead({ running, waiting })).toBe(words)
})

test('days are counted from the first', () => {
  const now = new Date('2026-11-24T12:00:00Z')
  expect(dayOf('2026-11-24T11:00:00Z', 14, now)).toBe('Day 1 of 14')
  expect(dayOf('2026-11-21T12:00:00Z', null, now)).toBe('Day 4')
  expect(dayOf('2026-11-24T12:00:01Z', 14, now)).toBe('Day 1 of 14')
})
