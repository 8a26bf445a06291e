import { expect, test } from 'vitest'
import { duration } from './duration.ts'

const MINUTE_MS = 60_000

test.each([
  [0, '0 s'],
  [41_600, '42 s'],
  [6.84 * MINUTE_MS, '6.8 min'],
  [11 * MINUTE_MS, '11 min'],
  [3 * 60 * MINUTE_MS, '3 h'],
  [25.4 * 60 * MINUTE_MS, '25 h'],
  [9.21 * 24 * 60 * MINUTE_MS, '9.2 days'],
  [63 * 24 * 60 * MINUTE_MS, '63 days'],
])('%d ms is %s', (ms, words) => {
  expect(duration(ms)).toBe(words)
})
