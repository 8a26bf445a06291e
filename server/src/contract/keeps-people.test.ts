import type { Split } from '@assay/sdk/core'
import { expect, test } from 'vitest'
import { keepsPeople } from './keeps-people.ts'

const split = (weights: number[], more: Partial<Split> = {}): Split => ({ unit: 'user', salt: 'live', hash: 'murmur3', coverage: 100_000, arms: weights.map((weight, index) => ({ variant: `v${index}`, weight })), ...more })

test('raising the reach moves nobody; other weights, units or variants do', () => {
  const live = split([50_000, 50_000], { coverage: 10_000 })
  expect(keepsPeople(live, { ...live, coverage: 90_000 })).toBe(true)
  expect(keepsPeople(live, split([60_000, 40_000], { coverage: 10_000 }))).toBe(false)
  expect(keepsPeople(live, { ...live, unit: 'company' })).toBe(false)
  expect(keepsPeople(live, { ...live, arms: [{ variant: 'v0', weight: 50_000 }, { variant: 'v9', weight: 50_000 }] })).toBe(false)
})

test('at full reach the last arm may fall in favour of the one before it', () => {
  expect(keepsPeople(split([10_000, 90_000]), split([20_000, 80_000]))).toBe(true)
  expect(keepsPeople(split([20_000, 80_000]), split([10_000, 90_000]))).toBe(false)
  expect(keepsPeople(split([10_000, 10_000, 80_000]), split([10_000, 20_000, 70_000]))).toBe(true)
  expect(keepsPeople(split([10_000, 10_000, 80_000]), split([20_000, 10_000, 70_000]))).toBe(false)
})
