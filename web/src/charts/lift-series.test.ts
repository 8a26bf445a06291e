import { expect, test } from 'vitest'
import { dayDomain, daysOf, latest, liftDomain, liftSeries } from './lift-series.ts'

const daily = [
  { day: '2026-11-02', arm: 'b', n: 200, lift: 0.05, lower: -0.3, upper: 0.5 },
  { day: '2026-11-01', arm: 'b', n: 100, lift: 0.2, lower: null, upper: null },
  { day: '2026-11-04', arm: 'b', n: 400, lift: 0.03, lower: 0.01, upper: 0.05 },
  { day: '2026-11-04', arm: 'c', n: 410, lift: null, lower: null, upper: null },
]

test('days are counted from the first one over month ends and gaps', () => {
  const [b, c] = liftSeries(daily, ['b', 'c'])
  expect(b?.points.map((point) => point.day)).toEqual([1, 2, 4])
  expect(b?.series).toBe(1)
  expect(c?.points.map((point) => point.day)).toEqual([4])
  expect(daysOf(liftSeries(daily, ['b', 'c']))).toEqual([1, 2, 4])
})

test('an arm without data has no points, and no newest one', () => {
  const [empty] = liftSeries([], ['b'])
  expect(empty?.points).toEqual([])
  expect(empty ? latest(empty) : null).toBeUndefined()
})

test('the newest point is the newest with an estimate', () => {
  const [b] = liftSeries([...daily, { day: '2026-11-05', arm: 'b', n: 500, lift: null, lower: null, upper: null }], ['b'])
  expect(b ? latest(b)?.day : null).toBe(4)
})

test('the axis of days holds the planned ones', () => {
  const series = liftSeries(daily, ['b'])
  expect(dayDomain(series, 21)).toEqual([1, 21])
  expect(dayDomain(series, 2)).toEqual([1, 4])
  expect(dayDomain(liftSeries(daily.slice(0, 1), ['b']), null)).toEqual([0.5, 1.5])
})

test('the axis of lifts follows the newest interval, not the wild first days', () => {
  const [low, high] = liftDomain(liftSeries(daily, ['b']), 0.02)
  expect(low).toBeGreaterThan(-0.05)
  expect(low).toBeLessThan(0)
  expect(high).toBeGreaterThan(0.05)
  expect(high).toBeLessThan(0.1)
  expect(liftDomain([], null)).toEqual([-0.01, 0.01])
})
