import fc from 'fast-check'
import { expect, it } from 'vitest'
import { alwaysValidOneSidedMultiplier, alwaysValidOneSidedP, tuneRhoSquared } from './always-valid.ts'
import { alwaysValidReading } from './always-valid-reading.ts'
import { requireAnswer } from './answer.ts'
import { meanEstimate, proportionSample } from './estimate.ts'
import { runningIntersection } from './running-interval.ts'
import { sequentialSrm } from './srm.ts'
import { sequentialSrmByPeriod, srmByPeriod, srmBySegment } from './srm-strata.ts'

it('one-sided: the limit passes 0 exactly when p is below the level', () => {
  fc.assert(fc.property(fc.double({ min: -6, max: 8, noNaN: true }), fc.integer({ min: 50, max: 1e6 }), fc.double({ min: 1e-4, max: 0.2, noNaN: true }), (z, units, alpha) => {
    const rho = tuneRhoSquared(2 * alpha, 20_000)
    const p = alwaysValidOneSidedP(z, units, rho)
    fc.pre(Math.abs(p - alpha) > 1e-9)
    expect(z > alwaysValidOneSidedMultiplier(units, rho, alpha)).toBe(p < alpha)
  }))
})

it('the running interval only narrows until looks contradict each other', () => {
  fc.assert(fc.property(fc.array(fc.record({ at: fc.integer({ min: -5, max: 5 }), half: fc.integer({ min: 1, max: 6 }) }), { minLength: 1, maxLength: 8 }), (looks) => {
    const intervals = looks.map(({ at, half }) => ({ lower: at - half, upper: at + half }))
    const running = requireAnswer(runningIntersection(intervals))
    running.forEach((interval, i) => {
      const before = running[i - 1]
      if (interval.emptied) expect(interval).toMatchObject(intervals[i] ?? {})
      else if (before) expect(interval.upper - interval.lower).toBeLessThanOrEqual(before.upper - before.lower)
    })
  }))
  expect(runningIntersection([null])).toEqual({ noAnswer: 'no_units' })
})

it('a change of weights is no mismatch: one period is the plain test, several are tested each against its own weights', () => {
  expect(requireAnswer(sequentialSrmByPeriod([{ looks: [[60, 40], [300, 310]], weights: [1, 1] }]))).toEqual(requireAnswer(sequentialSrm([[60, 40], [300, 310]], [1, 1])))
  const periods = [{ counts: [9000, 1000], weights: [9, 1] }, { counts: [5000, 5000], weights: [1, 1] }]
  expect(requireAnswer(srmByPeriod(periods))).toEqual({ chi2: 0, df: 2, p: 1 })
  expect(srmByPeriod([{ counts: [1, 2], weights: [1, 1] }])).toEqual({ noAnswer: 'too_few_units' })
})

it('segments are adjusted for each other, and too small ones stay without an answer', () => {
  const [first, second] = srmBySegment([{ key: 'a', counts: [600, 500] }, { key: 'b', counts: [2, 1] }], [1, 1])
  expect(first?.adjustedP).toBe(first?.p)
  expect(second).toEqual({ key: 'b', chi2: null, p: null, adjustedP: null, reason: 'too_few_units' })
})

it('an always-valid reading waits for 50 units and five conversions per arm; its interval and its p agree', () => {
  const rho = tuneRhoSquared(0.05, 20_000)
  const arm = (x: number, n: number) => meanEstimate(proportionSample(x, n))
  const read = (xA: number, nA: number, xB: number, nB: number) => alwaysValidReading(arm(xA, nA), arm(xB, nB), rho, 0.05, [{ x: xA, n: nA }, { x: xB, n: nB }])
  expect(read(20, 49, 25, 60)).toEqual({ noAnswer: 'too_few_units' })
  expect(read(4, 600, 25, 600)).toEqual({ noAnswer: 'too_few_units' })
  expect(alwaysValidReading(arm(4, 600), arm(25, 600), 0, 0.05)).toEqual({ noAnswer: 'invalid_input' })
  fc.assert(fc.property(fc.integer({ min: 100, max: 900 }), fc.integer({ min: 100, max: 900 }), (xA, xB) => {
    const { lower, upper, p } = requireAnswer(read(xA, 1000, xB, 1000))
    fc.pre(Math.abs(p - 0.05) > 1e-9)
    expect(lower > 0 || upper < 0).toBe(p < 0.05)
  }))
})
