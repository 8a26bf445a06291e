import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wireWeights } from './wire-weights.ts'

test('ratios become weights of 100,000', () => {
  expect(wireWeights([{ variant: 'a', weight: 4 }, { variant: 'b', weight: 96 }])).toEqual([{ variant: 'a', weight: 4_000 }, { variant: 'b', weight: 96_000 }])
  expect(wireWeights([{ variant: 'a', weight: 1 }, { variant: 'b', weight: 1 }, { variant: 'c', weight: 1 }]).map((arm) => arm.weight)).toEqual([33_334, 33_333, 33_333])
})

test('weights always sum to 100,000 and are within one bucket of their ratio', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 10 }), (ratios) => {
      const weights = wireWeights(ratios.map((weight, index) => ({ variant: `v${index}`, weight }))).map((arm) => arm.weight)
      const sum = ratios.reduce((total, ratio) => total + ratio, 0)
      expect(weights.reduce((total, weight) => total + weight, 0)).toBe(100_000)
      for (const [index, weight] of weights.entries()) expect(Math.abs(weight - (ratios[index]! / sum) * 100_000)).toBeLessThanOrEqual(1)
    }),
  )
})
