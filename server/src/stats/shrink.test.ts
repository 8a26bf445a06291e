import { expect, test } from 'vitest'
import { randomEffects, shrinkEffect } from './index.ts'

test('an estimate as uncertain as experiments differ moves half way to their mean', () => {
  // v = 0.04, tau^2 = 0.04: 0.5 * 0.3 + 0.5 * 0.1; variance 0.02 + 0.25 * 0.01.
  expect(shrinkEffect(0.3, 0.2, { mean: 0.1, tau2: 0.04, se: 0.1 })).toEqual({ effect: expect.closeTo(0.2, 15), se: expect.closeTo(0.15, 15), ciLower: expect.closeTo(0.2 - 1.959963984540054 * 0.15, 12), ciUpper: expect.closeTo(0.2 + 1.959963984540054 * 0.15, 12) })
})

test('where experiments do not differ nothing but their mean is left', () => {
  expect(shrinkEffect(0.3, 0.2, { mean: 0.01, tau2: 0, se: 0.002 })).toMatchObject({ effect: expect.closeTo(0.01, 15), se: expect.closeTo(0.002, 15) })
})

test('it is the same point as the empirical Bayes estimate of a meta-analysis', () => {
  const y = [28, 8, -3, 7, -1, 1, 18, 12]
  const v = [15, 10, 16, 11, 9, 11, 10, 18].map((sd) => sd * sd / 20)
  const all = randomEffects(y, v)
  if (!('pm' in all)) throw new Error('There is an answer.')
  expect(shrinkEffect(28, Math.sqrt(v[0] as number), all.pm)).toMatchObject({ effect: expect.closeTo(all.shrunk[0] as number, 12) })
})

test('without a standard error there is no answer', () => {
  expect(shrinkEffect(0.3, 0, { mean: 0, tau2: 1, se: 0 })).toEqual({ noAnswer: 'invalid_input' })
})
