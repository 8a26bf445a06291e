import { expect, it } from 'vitest'
import { isMature, retention } from './retention.ts'

const day = 86_400_000
const window = { from: 7 * day, to: 8 * day }

it('a unit whose window is still open is not a zero', () => {
  const units = [
    { exposedAt: 0, activeAt: [7.5 * day] },
    { exposedAt: 0, activeAt: [6.9 * day, 8 * day] },
    { exposedAt: 3 * day, activeAt: [] },
  ]
  expect(retention(units, window, 10 * day)).toEqual({ x: 1, n: 2, immature: 1 })
  expect(retention(units, window, 11 * day)).toEqual({ x: 1, n: 3, immature: 0 })
  expect(retention(units, window, 5 * day)).toEqual({ noAnswer: 'no_units' })
})

it('a window is complete at its end, not before', () => {
  expect(isMature(0, window, 8 * day)).toBe(true)
  expect(isMature(0, window, 8 * day - 1)).toBe(false)
})
