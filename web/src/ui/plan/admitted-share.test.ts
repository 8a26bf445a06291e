import { expect, test } from 'vitest'
import { admittedShare } from './admitted-share.ts'

test('a part of a layer and the share let in both count', () => {
  expect(admittedShare({ coverage: 0.5 })).toBe(0.5)
  expect(admittedShare({ coverage: 0.5, layer: { key: 'checkout', from: 20_000, to: 60_000 } })).toBe(0.2)
  expect(admittedShare({ coverage: 1, layer: { key: 'checkout', from: 5, to: 5 } })).toBe(0)
})
