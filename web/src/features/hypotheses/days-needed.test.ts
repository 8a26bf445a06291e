import { expect, test } from 'vitest'
import { daysNeeded } from './days-needed.ts'

test('days are whole weeks, with the window of the last person after them', () => {
  expect(daysNeeded(29_498, 2500, 7, null)).toBe(14)
  expect(daysNeeded(29_498, 2500, 7, 72)).toBe(17)
  expect(daysNeeded(10, 2500, 7, null)).toBe(7)
  expect(daysNeeded(10, 0, 7, null)).toBeNull()
})
