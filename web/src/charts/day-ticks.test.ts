import { expect, test } from 'vitest'
import { dayTicks } from './day-ticks.ts'

test('days are named in even steps from the first to the last', () => {
  expect(dayTicks(21, 420)).toEqual([1, 4, 7, 10, 13, 16, 21])
  expect(dayTicks(7, 600)).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(dayTicks(1, 600)).toEqual([1])
  expect(dayTicks(365, 500)[0]).toBe(1)
  expect(dayTicks(365, 500).at(-1)).toBe(365)
})
