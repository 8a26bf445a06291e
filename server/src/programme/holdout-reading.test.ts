import { expect, test } from 'vitest'
import type { Analysis } from '../contract/analysis.ts'
import { holdoutPlan } from './holdout-plan.ts'
import { holdoutReading } from './holdout-reading.ts'

const holdout = { key: 'longterm', name: 'Long term', unit: 'user', from: 0, to: 5000, createdAt: '2027-01-01T00:00:00.000Z', createdBy: 'Ada' }
const measured = (held: number, open: number, kind = 'inconclusive') => ({
  arms: [{ arm: 'held', n: held, weight: 0.05 }, { arm: 'open', n: open, weight: 0.95 }], crossedUnits: 0, lastExposureAt: '2027-02-01T00:00:00.000Z', srm: {} as Analysis['srm'],
  verdict: { kind, sentence: 'The split is not as planned.' } as unknown as Analysis['verdict'],
  metrics: [{ key: 'orders', name: 'Order rate', direction: 'increase', comparisons: [{ arm: 'open', lift: 0.04, liftLower: 0.01, liftUpper: 0.07, decidedBy: { liftLower: -0.005, liftUpper: 0.085 } }] }] as unknown as Analysis['metrics'],
})

test('is analysed as those who were held beside everybody else', () => {
  expect(holdoutPlan(holdout, 'production', [], '1')).toMatchObject({ experiment: 'holdout:longterm', phase: 1, unitType: 'user', control: 'held', mode: 'always_valid', arms: [{ variant: 'held', weight: 0.05 }, { variant: 'open', weight: 0.95 }] })
})

test('says what everything shipped did together, by the interval that may be looked at whenever', () => {
  const reading = holdoutReading(holdout, 'production', measured(500, 9500))
  expect(reading).toMatchObject({ share: 0.05, held: 500, open: 9500, metrics: [{ metric: 'orders', effect: { lift: 0.04, lower: -0.005, upper: 0.085 }, sentence: 'Order rate is +4.0% for those who take part, between −0.5% and +8.5%.' }] })
})

test.each([
  ['nothing shipped', 'nothing_shipped' as const, 'Nothing was shipped after an experiment yet: there is nothing to hold anybody out of.'],
  ['nobody came', measured(0, 0), 'Nobody has met anything that was shipped since it began: there is nothing to compare yet.'],
  ['one side came', measured(0, 40), 'Only one side has met anything that was shipped since it began: there is nothing to compare yet.'],
  ['the store is away', 'away' as const, 'The event store does not answer: the comparison is shown again when it does.'],
])('%s: no number, and why', (_case, analysis, sentence) => {
  expect(holdoutReading(holdout, 'production', analysis)).toMatchObject({ metrics: [], sentence })
})

test('an unsound split hides the effect', () => {
  const reading = holdoutReading(holdout, 'production', measured(500, 500, 'invalid'))
  expect(reading.metrics).toEqual([])
  expect(reading.sentence).toContain('not the split that was asked for')
})
