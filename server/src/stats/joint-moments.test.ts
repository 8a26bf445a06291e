import fc from 'fast-check'
import { expect, it } from 'vitest'
import { requireAnswer } from './answer.ts'
import { cuped, cupedFromMoments } from './cuped.ts'
import { cupedRatio, cupedRatioFromMoments } from './cuped-ratio.ts'
import { covariateMomentsFrom, jointMomentsOf, mergeJointMoments, ratioMomentsFrom, ratioPairMomentsFrom } from './joint-moments.ts'
import { ratioFromMoments, ratioFromValues } from './ratio.ts'
import { seededRandom } from './seeded-random.ts'

const rows = fc.array(fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 50 })), { maxLength: 12 })
const columns = (list: readonly (readonly number[])[], k: number) => Array.from({ length: k }, (_, i) => list.map((row) => row[i] as number))

it('moments of parts merge into those of the whole, cross-moments too', () => {
  fc.assert(fc.property(fc.array(rows, { minLength: 1, maxLength: 5 }), (parts) => {
    const whole = jointMomentsOf(columns(parts.flat(), 2))
    const merged = mergeJointMoments(parts.map((part) => jointMomentsOf(columns(part, 2))))
    expect(merged?.n).toBe(whole.n)
    if (whole.n === 0) return
    whole.means.forEach((mean, i) => { expect(merged?.means[i]).toBeCloseTo(mean, 8) })
    whole.cross.forEach((row, i) => { row.forEach((value, j) => { expect(Math.abs((merged?.cross[i]?.[j] ?? NaN) - value)).toBeLessThan(1e-9 * (1 + Math.abs(value)) + 1e-6) }) })
  }))
})

it('ratios and CUPED say the same from moments of parts as from unit values', () => {
  const random = seededRandom(5)
  const unit = () => {
    const before = 1 + random.binomial(20, 0.3)
    const after = before + random.binomial(6, 0.5)
    return [random.binomial(after, 0.4), after, random.binomial(before, 0.4), before]
  }
  const arms = [Array.from({ length: 150 }, unit), Array.from({ length: 170 }, unit)]
  const [a, b] = arms.map((arm) => mergeJointMoments([arm.slice(0, 40), arm.slice(40)].map((part) => jointMomentsOf(columns(part, 4)))) ?? jointMomentsOf([])) as [ReturnType<typeof jointMomentsOf>, ReturnType<typeof jointMomentsOf>]
  const [first, second] = arms as [number[][], number[][]]
  const named = (arm: number[][]) => ({ num: columns(arm, 4)[0] ?? [], den: columns(arm, 4)[1] ?? [], numPre: columns(arm, 4)[2] ?? [], denPre: columns(arm, 4)[3] ?? [] })

  const ratio = requireAnswer(ratioFromMoments(ratioMomentsFrom(a)))
  const direct = requireAnswer(ratioFromValues(named(first).num, named(first).den))
  expect(ratio.ratio).toBeCloseTo(direct.ratio, 12)
  expect(ratio.variance).toBeCloseTo(direct.variance, 12)

  const byMoments = requireAnswer(cupedRatioFromMoments(ratioPairMomentsFrom(a), ratioPairMomentsFrom(b)))
  const byValues = requireAnswer(cupedRatio(named(first), named(second)))
  expect(byMoments.diffAdj).toBeCloseTo(byValues.diffAdj, 12)
  expect(byMoments.se).toBeCloseTo(byValues.se, 12)

  const adjusted = requireAnswer(cupedFromMoments(covariateMomentsFrom(a), covariateMomentsFrom(b)))
  const plain = requireAnswer(cuped({ y: named(first).num, x: [named(first).den, named(first).numPre, named(first).denPre] }, { y: named(second).num, x: [named(second).den, named(second).numPre, named(second).denPre] }))
  expect(adjusted.adjMeanB - adjusted.adjMeanA).toBeCloseTo(plain.adjMeanB - plain.adjMeanA, 10)
  expect(adjusted.varianceReduction).toBeCloseTo(plain.varianceReduction, 10)
})

it('an arm of one unit has its reason, whichever way it is read', () => {
  const one = jointMomentsOf([[3], [2], [1], [1]])
  expect(ratioFromMoments(ratioMomentsFrom(one))).toEqual({ noAnswer: 'one_unit' })
  expect(cupedFromMoments(covariateMomentsFrom(one), covariateMomentsFrom(one))).toEqual({ noAnswer: 'one_unit' })
  expect(mergeJointMoments([])).toBeNull()
})
