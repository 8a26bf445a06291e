import fc from 'fast-check'
import { expect, it } from 'vitest'
import { requireAnswer } from './answer.ts'
import { momentsOf } from './moments.ts'
import { mergeSmallStrata, postStratify, postStratifyMoments, type Stratum } from './post-stratify.ts'

const values = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 25 })
const strata = fc.array(fc.record({ key: fc.string(), a: values, b: values }), { minLength: 1, maxLength: 8 }).map((all) => all.map(({ key, a, b }): Stratum => ({ key, a: momentsOf(a), b: momentsOf(b) })))

it('merging leaves nobody out, and no stratum small unless there is only one', () => {
  fc.assert(fc.property(strata, (all) => {
    const merged = mergeSmallStrata(all)
    const units = (list: readonly Stratum[]) => list.reduce((sum, { a, b }) => sum + a.n + b.n, 0)
    expect(units(merged)).toBe(units(all))
    if (merged.length > 1) expect(Math.min(...merged.flatMap(({ a, b }) => [a.n, b.n]))).toBeGreaterThanOrEqual(10)
  }))
})

it('one stratum is the plain difference; equal strata add nothing between them', () => {
  const [a, b] = [[1, 2, 3, 6], [2, 5, 5]]
  const one = requireAnswer(postStratify([{ a, b }]))
  expect(one.diff).toBeCloseTo(1, 12)
  const two = requireAnswer(postStratify([{ a, b }, { a, b }]))
  expect(two.diff).toBeCloseTo(1, 12)
  expect(two.se).toBeCloseTo(two.seConditional, 12)
  expect(postStratifyMoments([])).toEqual({ noAnswer: 'no_units' })
  expect(postStratify([{ a: [1], b }])).toEqual({ noAnswer: 'too_few_units' })
})
