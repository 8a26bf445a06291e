import { expect, test } from 'vitest'
import { rankBesideZeros, unitRanks } from './arm-estimates.ts'

test('a rank among all people is one among those whose value is not zero, or zero', () => {
  const signs = { n: 10, below: 2, above: 3 }
  expect([1, 2, 3, 7, 8, 10].map((rank) => rankBesideZeros(rank, signs))).toEqual([1, 2, 'zero', 'zero', 3, 5])
  expect([0, 11].map((rank) => rankBesideZeros(rank, signs))).toEqual([null, null])
})

test('of nobody there is no rank, also for limits that are no number', () => {
  const { rank, rankLower, rankUpper } = unitRanks(0, 0.9)
  expect([rank, rankLower, rankUpper].map((asked) => rankBesideZeros(asked, { n: 0, below: 0, above: 0 }))).toEqual([null, null, null])
})
