import { describe, expect, test } from 'vitest'
import { cochranQ, gailSimon, proportionSample, requireAnswer, srmTest } from '../stats/index.ts'
import { readSlices, type SliceObservation } from './read-slices.ts'

const plan = { arms: [{ variant: 'off', weight: 1 }, { variant: 'on', weight: 1 }], control: 'off' }
const metric = { type: 'conversion', direction: 'increase' } as const
const slice = (value: string, off: [number, number], on: [number, number], kind: SliceObservation['kind'] = 'value'): SliceObservation => ({
  kind, value, exposed: new Map([['off', off[1]], ['on', on[1]]]),
  arms: [{ arm: 'off', ...proportionSample(...off) }, { arm: 'on', ...proportionSample(...on) }],
})
const read = (slices: SliceObservation[]) => readSlices({ plan, metric, slices })

describe('values with different effects', () => {
  const { slices, heterogeneity } = read([slice('DE', [1000, 10_000], [1300, 10_000]), slice('FR', [1000, 10_000], [900, 10_000])])
  // Lifts +30 % and -10 %; se = sqrt(p(1-p)/(n-1) + (1+L)^2 p(1-p)/(n-1)) / 0.1 of each arm's own spread.
  const se = (p: number) => Math.sqrt(p * (1 - p) / 9999 + (p / 0.1) ** 2 * 0.09 / 9999) / 0.1
  const [effects, ses] = [[0.3, -0.1], [se(0.13), se(0.09)]]

  test('differ first of all: Cochran’s Q, I² and Gail and Simon’s test of opposite signs', () => {
    const q = requireAnswer(cochranQ(effects, ses))
    expect(heterogeneity).toEqual([{
      arm: 'on', values: 2, q: expect.closeTo(q.Q, 8), df: 1, p: expect.closeTo(q.p, 12), i2: expect.closeTo(q.I2, 8),
      reversalP: expect.closeTo(requireAnswer(gailSimon(effects, ses)).p, 12), pooledLift: expect.closeTo(q.pooled, 10),
    }])
    expect(heterogeneity[0]?.p).toBeLessThan(0.001)
  })

  test('have each their own comparison, corrected for there being two, and hardly drawn together', () => {
    expect(slices.map(({ value, comparisons: [one] }) => [value, one?.lift, one?.adjustedP, one?.shrunkLift])).toEqual([
      ['DE', expect.closeTo(0.3, 12), expect.any(Number), expect.closeTo(0.3, 1)],
      ['FR', expect.closeTo(-0.1, 12), expect.any(Number), expect.closeTo(-0.1, 1)],
    ])
    expect(slices[0]?.comparisons[0]?.adjustedP).toBeGreaterThan(0)
  })
})

test('values that do not differ are drawn to what they have in common', () => {
  const { slices, heterogeneity } = read([slice('DE', [1000, 10_000], [1100, 10_000]), slice('FR', [100, 1000], [113, 1000])])
  expect(heterogeneity[0]?.i2).toBe(0)
  for (const { comparisons } of slices) expect(comparisons[0]?.shrunkLift).toBeCloseTo(heterogeneity[0]?.pooledLift ?? NaN, 12)
})

test('a split that is lost in one value only is found there, with Holm over the values', () => {
  const { slices } = read([slice('chrome', [100, 1000], [100, 1010]), slice('safari', [100, 1000], [80, 800]), slice('few', [1, 4], [1, 3])])
  const p = srmTest([1000, 800], [1, 1]).p ?? NaN
  expect(slices[1]?.srm).toEqual({ p, adjustedP: expect.closeTo(2 * p, 15) })
  expect(slices.map(({ srm }) => (srm?.adjustedP ?? 1) < 0.001)).toEqual([false, true, false])
  expect(slices[2]?.srm).toBeNull()
})

test('a value that nobody of an arm has is shown without an answer, and does not count among those that differ', () => {
  const { slices, heterogeneity } = read([slice('DE', [100, 1000], [120, 1000]), { kind: 'missing', value: '', exposed: new Map([['off', 5]]), arms: [{ arm: 'off', n: 5, mean: 0.2, variance: 0.2 }] }])
  expect(slices[1]).toMatchObject({ kind: 'missing', arms: [{ arm: 'off', exposed: 5, n: 5, mean: 0.2 }, { arm: 'on', exposed: 0, n: 0, mean: null }], comparisons: [{ status: 'no_units', lift: null, adjustedP: null, shrunkLift: null }] })
  expect(heterogeneity).toEqual([{ arm: 'on', values: 1, q: null, df: null, p: null, i2: null, reversalP: null, pooledLift: null }])
})
