import { expect, test } from 'vitest'
import type { Analysis } from '../contract/analysis.ts'
import { randomEffects, requireAnswer, shrinkEffect } from '../stats/index.ts'
import { planOf } from '../testing/plans.ts'
import { readMetrics } from './read-metrics.ts'
import { withHistory, type PastEffect } from './with-history.ts'

const plan = planOf({ metrics: [{ key: 'spent', role: 'primary', type: 'mean' }, { key: 'views', role: 'secondary', type: 'mean' }] })
const analysisOf = (mean: number, n = 5000): Analysis => {
  const arms = [{ arm: 'control', n, mean: 10, variance: 50 }, { arm: 'treatment', n, mean, variance: 50 }]
  return {
    experiment: 'EXP-9', phase: 1, at: '2026-11-24T12:00:00.000Z', engineVersion: '1', planHash: 'h', mode: 'fixed', informationFraction: 1, days: 14, firstExposureAt: null, lastExposureAt: null, control: 'control',
    arms: [], crossedUnits: 0, srm: { chi2: null, df: 1, p: null, sequentialP: null, expected: [] }, daily: [],
    metrics: readMetrics({ plan, days: 14, informationFraction: 1, earlierLooks: [], arms: new Map([['spent', arms], ['views', arms]]) }),
    verdict: { kind: 'confirmed', final: true, reasons: [], warnings: [], sentence: '', arms: [], checks: [] },
  }
}
const lifts = [0.01, -0.005, 0.02, 0, 0.012]
const past: PastEffect[] = lifts.map((lift, i) => ({ experiment: `EXP-${i}`, metric: 'spent', lift, liftSe: 0.004, p: lift === 0.02 ? 1e-6 : 0.4 }))

test('a lift is drawn towards what experiments on its metric usually find, and stands beside the raw one', () => {
  const analysis = analysisOf(10.5)
  const raw = analysis.metrics[0]?.comparisons[0]
  const expected = requireAnswer(shrinkEffect(raw?.lift ?? NaN, raw?.liftSe ?? NaN, requireAnswer(randomEffects(lifts, lifts.map(() => 0.004 ** 2))).pm))
  const [spent, views] = withHistory(plan, analysis, past).metrics
  expect(spent?.comparisons[0]).toEqual({ ...raw, shrunk: { lift: expected.effect, lower: expected.ciLower, upper: expected.ciUpper, from: 5 } })
  expect(expected.effect).toBeGreaterThan(0.01)
  expect(expected.effect).toBeLessThan(0.05)
  expect(views?.comparisons[0]).not.toHaveProperty('shrunk')
})

test('four experiments do not say what a metric usually does, nor do five arms of one', () => {
  expect(withHistory(plan, analysisOf(10.5), past.slice(1))).toEqual(analysisOf(10.5))
  expect(withHistory(plan, analysisOf(10.5), past.map((effect) => ({ ...effect, experiment: 'EXP-1' })))).toEqual(analysisOf(10.5))
})

test('a change far beyond what the metric usually does is to be checked, and so is the first one ever', () => {
  expect(withHistory(plan, analysisOf(10.2, 60_000), past).findings).toBeUndefined()
  expect(withHistory(plan, analysisOf(11), past).findings).toEqual([{ code: 'far_beyond_history', metric: 'spent', arm: 'treatment', evidence: 'A change of +10%, more than three times what experiments on this metric usually find.' }])
  const still = past.map((effect) => ({ ...effect, p: 0.4 }))
  expect(withHistory(plan, analysisOf(11), still).findings?.map(({ code }) => code)).toEqual(['far_beyond_history', 'first_move_extreme'])
})
