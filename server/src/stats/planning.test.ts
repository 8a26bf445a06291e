import fc from 'fast-check'
import { expect, it } from 'vitest'
import { requireAnswer } from './answer.ts'
import { conditionalPower, groupSequentialConditionalPower } from './conditional-power.ts'
import { planDuration } from './duration.ts'
import { groupSequentialBoundaries } from './group-sequential.ts'
import { meanEstimate } from './estimate.ts'
import { normalUpperQuantile, normalSurvival } from './normal.ts'
import { planReach, requiredUnits, unitSpread, type PlanQuestion } from './required-units.ts'

const base: PlanQuestion = { metric: { kind: 'mean', baseline: 20, sd: 45 }, effect: { relative: 0.03 }, question: 'difference', alpha: 0.05, power: 0.8, mode: 'fixed', weights: [1, 1] }
const total = (change: Partial<PlanQuestion>) => requireAnswer(requiredUnits({ ...base, ...change })).total

it('the units of a plan reach its effect with its power, in every mode and for every kind of metric', () => {
  const metrics: PlanQuestion['metric'][] = [{ kind: 'proportion', baseline: 0.2 }, { kind: 'mean', baseline: 20, sd: 45 }, { kind: 'ratio', baseline: 0.3, sd: 0.9 }, { kind: 'quantile', baseline: 180, sd: 700 }]
  for (const metric of metrics) {
    for (const mode of ['fixed', 'group_sequential', 'always_valid'] as const) {
      const question: PlanQuestion = { ...base, metric, mode, guardrails: 1, weights: [2, 1, 1], covariateR2: 0.25 }
      const size = requireAnswer(requiredUnits(question))
      const reach = requireAnswer(planReach(question, size.total))
      // Rounding up to whole units leaves a little more.
      expect(reach.power).toBeCloseTo(size.powerEach, 2)
      expect(reach.mdeRelative).toBeCloseTo(0.03, 4)
    }
  }
})

it('costs rise with looks, guardrails and treatments, and fall with covariates', () => {
  expect(total({ mode: 'group_sequential' }) / total({})).toBeCloseTo(1.0424, 3)
  expect(total({ mode: 'always_valid' }) / total({})).toBeCloseTo(((3.0351 + 0.8416) / (1.96 + 0.8416)) ** 2, 2)
  // Three guardrails: every metric is sized for a power of 95 %.
  expect(total({ guardrails: 3 }) / total({})).toBeCloseTo(((1.96 + 1.6449) / (1.96 + 0.8416)) ** 2, 3)
  expect(total({ covariateR2: 0.4 }) / total({})).toBeCloseTo(0.6, 3)
  expect(total({ weights: [1, 1, 1] })).toBeGreaterThan(1.5 * total({}))
  expect(total({ effect: { absolute: 0.6 } })).toBe(total({}))
})

it('says why there is no size', () => {
  expect(requiredUnits({ ...base, metric: { kind: 'mean', baseline: 0, sd: 1 } })).toEqual({ noAnswer: 'zero_baseline' })
  expect(requiredUnits({ ...base, metric: { kind: 'mean', baseline: 5, sd: 0 } })).toEqual({ noAnswer: 'zero_variance' })
  expect(requiredUnits({ ...base, metric: { kind: 'proportion', baseline: 0.9 }, effect: { relative: 0.2 } })).toEqual({ noAnswer: 'out_of_reach' })
  expect(requiredUnits({ ...base, effect: { relative: 0 } })).toEqual({ noAnswer: 'out_of_reach' })
})

it('the spread of a unit comes back from any estimate', () => {
  expect(unitSpread(meanEstimate({ n: 400, mean: 3, variance: 49 }))).toBe(7)
})

it('new units that have stopped coming never make a plan', () => {
  const question = { distinctByDay: [100, 150, 150, 150, 150, 150, 150, 150, 150], needed: 200, coverage: 1, windowDays: 0, minDays: 7 }
  expect(planDuration(question)).toEqual({ noAnswer: 'out_of_reach' })
  expect(planDuration({ ...question, needed: 150 })).toEqual({ days: 7, daysToUnits: 2, extrapolated: false })
  expect(planDuration({ ...question, distinctByDay: [5, 4] })).toEqual({ noAnswer: 'invalid_input' })
})

it('before anything is seen, conditional power is the planned power; it rises with z and with the drift', () => {
  const drift = normalUpperQuantile(0.025) + normalUpperQuantile(0.2)
  expect(conditionalPower({ z: 0, information: 0, drift, critical: 1.959963984540054 })).toBeCloseTo(0.8, 10)
  fc.assert(fc.property(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: 0.05, max: 0.95, noNaN: true }), (z, information) => {
    const at = (x: number, d: number) => requireAnswer(conditionalPower({ z: x, information, drift: d, critical: 2 }))
    expect(at(z + 0.1, 2.8)).toBeGreaterThanOrEqual(at(z, 2.8))
    expect(at(z, 3)).toBeGreaterThanOrEqual(at(z, 2.8))
  }))
  expect(conditionalPower({ z: 2.1, information: 1, drift, critical: 2 })).toBe(1)
})

it('with one look left, the group-sequential conditional power is that of its last boundary', () => {
  const { z } = groupSequentialBoundaries([0.5, 1])
  const last = z[1] as number
  const grouped = requireAnswer(groupSequentialConditionalPower({ z: 1.2, information: 0.5, drift: 2.8, laterLooks: [{ information: 1, bound: last }] }))
  expect(grouped).toBeCloseTo(normalSurvival((last - 1.2 * Math.SQRT1_2 - 1.4) / Math.SQRT1_2), 12)
  expect(groupSequentialConditionalPower({ z: 1.2, information: 0.5, drift: 2.8, laterLooks: [] })).toBe(0)
})
