import { describe, expect, test } from 'vitest'
import type { ArmResult } from '../contract/analysis.ts'
import { cuped, cupedRatio, jointMomentsOf, momentsOf, ratioFromValues, requireAnswer, sampleVariance, welchTest, type JointMoments } from '../stats/index.ts'
import { adjustPair, missingHistoryP, preExposureP } from './adjust-pair.ts'
import { effectOf, pairOf } from './pair.ts'

/** 200 people whose value follows what they did before. */
const people = Array.from({ length: 200 }, (_, i) => i)
const before = (shift: number) => people.map((i) => ((i * 7 + shift) % 23) + 1)
const after = (x: readonly number[], lift: number) => x.map((value, i) => 2 * value + lift + ((i * 5) % 11))
const history = people.map(() => 0)

const armOf = (arm: string, values: readonly number[]): ArmResult => ({ arm, n: values.length, mean: momentsOf(values).mean, variance: sampleVariance(momentsOf(values)) })
const joint = (y: readonly number[], x: readonly number[], without = history): JointMoments => jointMomentsOf([y, x, without])
const metric = { type: 'mean', direction: 'increase' } as const

const [xA, xB] = [before(0), before(3)]
const [yA, yB] = [after(xA, 0), after(xB, 1)]
const raw = pairOf(metric, armOf('off', yA), armOf('on', yB))

describe('a mean', () => {
  test('is adjusted by what people did before: the same numbers as from their values', () => {
    const direct = requireAnswer(cuped({ y: yA, x: [xA] }, { y: yB, x: [xB] }))
    const pair = adjustPair(raw, 'mean', 14, joint(yA, xA), joint(yB, xB))
    expect(pair.adjusted).toMatchObject({ theta: [expect.closeTo(direct.theta[0] as number, 10)], varianceReduction: expect.closeTo(direct.varianceReduction, 10) })
    expect(effectOf(pair)).toMatchObject({ diff: expect.closeTo(direct.test?.diff ?? 0, 10), se: expect.closeTo(direct.test?.se ?? 0, 10), p: expect.closeTo(direct.test?.p ?? 0, 10) })
    expect(pair.adjusted?.raw).toBe(raw)
    expect(pair.flags).toEqual([])
  })

  test('uses who had no history as a second covariate where it says more', () => {
    const without = people.map((i) => (i % 4 === 0 ? 1 : 0))
    const x = xA.map((value, i) => (without[i] === 1 ? 0 : value))
    expect(adjustPair(raw, 'mean', 14, joint(yA, x, without), joint(yB, x, without)).adjusted?.theta).toHaveLength(2)
  })

  test('of people who all did nothing before, or did it all the same way, stays as it is', () => {
    const nobody = people.map(() => 0)
    expect(adjustPair(raw, 'mean', 14, joint(yA, nobody, people.map(() => 1)), joint(yB, nobody, people.map(() => 1)))).toMatchObject({ adjusted: null, flags: ['not_adjusted_no_history'] })
  })

  test.each([
    ['without covariates', 14, undefined, 'not_adjusted_no_history'],
    ['with less than a day of history', 0.5, joint(yA, xA), 'not_adjusted_short_history'],
    ['explained entirely by itself', 14, joint(yA, yA), 'not_adjusted_no_estimate'],
  ])('%s stays as it is', (_, days, control, flag) => {
    const treatment = control && (flag === 'not_adjusted_no_estimate' ? joint(yB, yB) : joint(yB, xB))
    const pair = adjustPair(raw, 'mean', days, control, treatment)
    expect(pair).toMatchObject({ adjusted: null, flags: [flag] })
    expect(effectOf(pair)).toEqual(effectOf(raw))
  })

  test('of fewer than 100 people stays as it is', () => {
    const few = pairOf(metric, armOf('off', yA.slice(0, 99)), armOf('on', yB))
    expect(adjustPair(few, 'mean', 14, joint(yA.slice(0, 99), xA.slice(0, 99), history.slice(0, 99)), joint(yB, xB)).flags).toEqual(['small_sample', 'not_adjusted_too_few_units'])
  })

  test('warns where the arms differed before anybody was exposed', () => {
    const shifted = xB.map((value) => value + 5)
    expect(adjustPair(raw, 'mean', 14, joint(yA, xA), joint(yB, shifted)).flags).toContain('pre_exposure_imbalance')
    expect(preExposureP(joint(yA, xA), joint(yB, shifted))).toBeCloseTo(requireAnswer(welchTest(armSample(xA), armSample(shifted))).p, 12)
    expect(preExposureP(joint(yA, history), joint(yB, history))).toBeNull()
  })
})

test('a conversion whose history is all in "bought before" is adjusted by that alone', () => {
  const bought = people.map((i) => (i % 3 === 0 ? 1 : 0))
  const y = (lift: number) => people.map((i) => ((bought[i] === 1 ? i % 5 : i % 2) < 1 + lift ? 1 : 0))
  const [a, b] = [y(0), y(1)]
  const share = pairOf({ type: 'conversion', direction: 'increase' }, armOf('off', a), armOf('on', b))
  const without = bought.map((value) => 1 - value)
  expect(adjustPair(share, 'conversion', 14, joint(a, bought, without), joint(b, bought, without)).adjusted?.theta).toHaveLength(1)
})

test('a share of few people is counted, not adjusted', () => {
  const y = people.map((i) => (i < 4 ? 1 : 0))
  const sparse = pairOf({ type: 'conversion', direction: 'increase' }, armOf('off', y), armOf('on', y))
  expect(adjustPair(sparse, 'conversion', 14, joint(y, xA), joint(y, xB)).flags).toContain('not_adjusted_sparse')
})

test('a ratio is adjusted by its own ratio before', () => {
  const ratioArm = (x: readonly number[], lift: number) => ({ num: after(x, lift), den: people.map((i) => (i % 3) + 1), numPre: [...x], denPre: people.map((i) => (i % 2) + 1) })
  const [a, b] = [ratioArm(xA, 0), ratioArm(xB, 2)]
  const direct = requireAnswer(cupedRatio(a, b))
  const columns = ({ num, den, numPre, denPre }: typeof a) => jointMomentsOf([num, den, numPre, denPre])
  const arm = (name: string, of: typeof a): ArmResult => {
    const { n, ratio, variance } = requireAnswer(ratioFromValues(of.num, of.den))
    return { arm: name, n, mean: ratio, variance, denominatorTotal: of.den.reduce((sum, value) => sum + value, 0) }
  }
  const pair = adjustPair(pairOf({ type: 'ratio', direction: 'increase' }, arm('off', a), arm('on', b)), 'ratio', 14, columns(a), columns(b))
  expect(effectOf(pair)).toMatchObject({ diff: expect.closeTo(direct.diffAdj, 10), se: expect.closeTo(direct.se, 10) })
  expect(pair.adjusted).toMatchObject({ theta: [expect.closeTo(direct.theta, 10)] })
})

test('as many people without history in both arms is tested by their share', () => {
  const half = people.map((i) => (i < 100 ? 1 : 0))
  const few = people.map((i) => (i < 40 ? 1 : 0))
  expect(missingHistoryP(joint(yA, xA, half), joint(yB, xB, half))).toBe(1)
  expect(missingHistoryP(joint(yA, xA, half), joint(yB, xB, few))).toBeLessThan(0.001)
})

function armSample(values: readonly number[]) {
  const moments = momentsOf(values)
  return { n: moments.n, mean: moments.mean, variance: sampleVariance(moments) }
}
