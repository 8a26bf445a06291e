import { expect, test } from 'vitest'
import type { ArmResult } from '../contract/analysis.ts'
import { jointMomentsOf } from '../stats/index.ts'
import { planOf } from '../testing/plans.ts'
import { readFindings } from './read-findings.ts'
import { readMetrics } from './read-metrics.ts'

const plan = planOf({ metrics: [{ key: 'spent', role: 'primary', type: 'mean', unitLabel: 'EUR' }], cupedDays: 14 })
const arm = (name: string, mean: number, variance = 50, more: Partial<ArmResult> = {}): ArmResult => ({ arm: name, n: 2000, mean, variance, ...more })
const found = (arms: ArmResult[], more: Partial<Parameters<typeof readFindings>[0]> = {}) => {
  const metrics = readMetrics({ plan, days: 14, informationFraction: 1, earlierLooks: [], arms: new Map([['spent', arms]]) })
  return readFindings({ plan, metrics, ...more }).filter(({ code }) => code !== 'novelty_unknown')
}

test('an ordinary result has nothing odd about it', () => {
  expect(found([arm('control', 10), arm('treatment', 10.3)])).toEqual([])
})

test('a change beyond half, and beyond four times what was hoped for, is to be checked', () => {
  expect(found([arm('control', 10), arm('treatment', 16)])).toEqual([
    { code: 'lift_over_half', metric: 'spent', arm: 'treatment', evidence: 'A change of +60% with more than 1,000 people in each arm.' },
    { code: 'far_beyond_minimum', metric: 'spent', arm: 'treatment', evidence: 'A change of +60% where +2% was hoped for.' },
  ])
})

test('a change that may as well be none is not called too large', () => {
  expect(found([arm('control', 10, 20_000), arm('treatment', 11, 20_000)])).toEqual([])
})

test('few people differ in all sorts of ways: that is no news', () => {
  expect(found([arm('control', 10, 50, { n: 60 }), arm('treatment', 40, 5000, { n: 60 })])).toEqual([])
})

test('values that vary differently, or not at all differently, are told with their numbers', () => {
  expect(found([arm('control', 10), arm('treatment', 10.1, 130)])).toMatchObject([{ code: 'variance_ratio', evidence: 'The values of treatment vary 2.6 times as much as those of control.' }])
  expect(found([arm('control', 10), arm('treatment', 10)])).toMatchObject([{ code: 'identical_values', evidence: 'Both arms are at 10 EUR with the same spread, to the last digit.' }])
})

test('a cap that meets more people of one arm is told with the counts', () => {
  expect(found([arm('control', 10, 50, { capped: 20 }), arm('treatment', 10.1, 50, { capped: 90 })])).toMatchObject([{ code: 'capped_share_differs', evidence: 'Capped: 20 in control, 90 in treatment.' }])
})

test('arms that differed before anybody was exposed are told', () => {
  const people = Array.from({ length: 2000 }, (_, i) => i)
  const joint = (shift: number) => jointMomentsOf([people.map((i) => i % 7), people.map((i) => (i % 5) + shift), people.map((i) => (i % 10 < 2 + shift * 2 ? 1 : 0))])
  const covariates = new Map([['spent', [{ arm: 'control', joint: joint(0) }, { arm: 'treatment', joint: joint(1) }]]])
  expect(found([arm('control', 10), arm('treatment', 10.1)], { covariates }).map(({ code }) => code)).toEqual(['before_exposure', 'missing_history_differs'])
})

test('bots that meet one arm more often are told', () => {
  const bots = { arms: [{ arm: 'control', n: 10 }, { arm: 'treatment', n: 90 }], p: 1e-9 }
  expect(found([arm('control', 10), arm('treatment', 10.1)], { bots })).toEqual([{ code: 'bots_differ', evidence: 'Bots dropped: 10 in control, 90 in treatment; p < 0.0001 for the same share in every arm.' }])
  expect(found([arm('control', 10), arm('treatment', 10.1)], { bots: { ...bots, p: 0.4 } })).toEqual([])
})
