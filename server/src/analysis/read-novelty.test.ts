import { expect, test } from 'vitest'
import { planOf } from '../testing/plans.ts'
import { readNovelty } from './read-novelty.ts'

const plan = planOf({ metrics: [{ key: 'visits', role: 'primary', type: 'count' }] })
/** 1,000 people an arm and day, a variance of 1, and the effect of each day. */
const days = (effects: readonly number[], n = 1000) => effects.flatMap((effect, i) => [
  { arm: 'control', day: i + 1, moments: { n, mean: 1, m2: n - 1 } },
  { arm: 'treatment', day: i + 1, moments: { n, mean: 1 + effect, m2: n - 1 } },
])

test('an effect that wears off is a novelty, one that builds up a primacy, a steady one neither', () => {
  expect(readNovelty(plan, days([0.6, 0.5, 0.3, 0.2, 0.1, 0]))).toMatchObject([{ code: 'novelty', metric: 'visits', arm: 'treatment', evidence: 'A difference per day of +0.55 in the first third of the days since exposure, +0.05 in the last; p < 0.0001.' }])
  expect(readNovelty(plan, days([0, 0.1, 0.2, 0.3, 0.5, 0.6]))).toMatchObject([{ code: 'primacy' }])
  expect(readNovelty(plan, days([0.3, 0.3, 0.31, 0.29, 0.3, 0.3]))).toEqual([])
})

test('where it cannot be told it is said why', () => {
  expect(readNovelty(plan, days([0.6, 0.1]))).toMatchObject([{ code: 'novelty_unknown', evidence: '2 days since the first exposure have enough people; three are needed.' }])
  expect(readNovelty(plan, days([0.6, 0.4, 0.1], 49))).toMatchObject([{ code: 'novelty_unknown', evidence: '0 days since the first exposure have enough people; three are needed.' }])
  expect(readNovelty(plan, undefined)).toMatchObject([{ code: 'novelty_unknown', evidence: 'What somebody adds per day is not known for a metric of this kind.' }])
})
