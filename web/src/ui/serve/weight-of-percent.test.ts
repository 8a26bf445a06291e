import { expect, test } from 'vitest'
import { weightOfPercent } from './weight-of-percent.ts'

test('percent are counted in 100,000 parts, and never leave the whole', () => {
  expect(weightOfPercent(33.3335)).toBe(33_334)
  expect(weightOfPercent(140)).toBe(100_000)
  expect(weightOfPercent(-1)).toBe(0)
})
