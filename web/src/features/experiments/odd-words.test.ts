import { expect, test } from 'vitest'
import { analysis } from './experiment.samples.ts'
import { oddWords } from './odd-words.ts'

test('a finding is a sentence about its metric, with the evidence of the server', () => {
  expect(oddWords({ code: 'variance_ratio', metric: 'completion', arm: 'express', evidence: '2.6 times as much.' }, analysis())).toEqual({
    sentence: 'The values of Checkout completion are spread differently in the two variants. A few people may carry the effect.', evidence: '2.6 times as much.', unknown: false,
  })
})

test('one of several variants is named', () => {
  const arms = ['control', 'a', 'b'].map((arm) => ({ arm, n: 10, weight: 1 }))
  expect(oddWords({ code: 'novelty', metric: 'completion', arm: 'b', evidence: '' }, analysis({ arms })).sentence).toMatch(/^“b”: The effect on Checkout completion wears off/)
})

test('what could not be checked is no warning, and a code that is not known is said as it is', () => {
  expect(oddWords({ code: 'novelty_unknown', metric: 'completion', evidence: '' }, analysis()).unknown).toBe(true)
  expect(oddWords({ code: 'brand_new', metric: 'gone', evidence: 'x' }, analysis())).toEqual({ sentence: 'Brand new, gone.', evidence: 'x', unknown: false })
})
