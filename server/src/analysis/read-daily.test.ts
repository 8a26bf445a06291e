import { expect, test } from 'vitest'
import type { Plan } from '../contract/experiments.ts'
import { planOf as plan } from '../testing/plans.ts'
import { arrivals, cumulativeUnits, readDaily } from './read-daily.ts'

const planOf = (type: 'conversion' | 'mean', mode: Plan['mode'] = 'fixed') => plan({ arms: [{ variant: 'off', weight: 1 }, { variant: 'on', weight: 1 }], control: 'off', mode, metrics: [{ key: 'orders', role: 'primary', type }] })

test('units add up day by day in the order of the plan', () => {
  const days = [{ arm: 'on', day: '2026-03-02', units: 5 }, { arm: 'off', day: '2026-03-01', units: 3 }, { arm: 'on', day: '2026-03-01', units: 2 }, { arm: 'unknown', day: '2026-03-02', units: 9 }]
  expect(cumulativeUnits(planOf('conversion'), days)).toEqual([{ day: '2026-03-01', units: [3, 2] }, { day: '2026-03-02', units: [3, 7] }])
})

test('what came on each day is what each day adds', () => {
  expect(arrivals(planOf('conversion'), [{ day: '2026-03-01', units: [3, 2] }, { day: '2026-03-04', units: [3, 7] }])).toEqual([
    { day: '2026-03-01', arms: [{ arm: 'off', n: 3 }, { arm: 'on', n: 2 }] },
    { day: '2026-03-04', arms: [{ arm: 'off', n: 0 }, { arm: 'on', n: 5 }] },
  ])
})

test('a line has an always-valid interval in every mode, and none before there are enough people', () => {
  const entered = [{ arm: 'off', day: '2026-03-01', units: 40 }, { arm: 'on', day: '2026-03-01', units: 40 }, { arm: 'off', day: '2026-03-02', units: 960 }, { arm: 'on', day: '2026-03-02', units: 960 }]
  const values = [{ arm: 'off', day: '2026-03-01', sum: 10, squares: 10 }, { arm: 'on', day: '2026-03-01', sum: 20, squares: 20 }, { arm: 'off', day: '2026-03-03', sum: 190, squares: 190 }, { arm: 'on', day: '2026-03-03', sum: 280, squares: 280 }]
  const daily = readDaily(planOf('conversion'), entered, values)
  expect(daily.map(({ day, n, lift }) => [day, n, lift])).toEqual([['2026-03-01', 40, 1], ['2026-03-02', 1000, 1], ['2026-03-03', 1000, expect.closeTo(0.5, 12)]])
  expect(daily[0]).toMatchObject({ lower: null, upper: null })
  expect(daily[2]?.lower).toBeGreaterThan(0)
  expect(readDaily(planOf('conversion', 'always_valid'), entered, values)).toEqual(daily)
})

test('values of a person that grow from day to day replace each other', () => {
  const people = (arm: string) => ({ arm, day: '2026-03-01', units: 100 })
  // Half of an arm spends 1 on the first day and 2 more on the second: squares 1, then 9.
  const spends = (arm: string, factor: number) => [{ arm, day: '2026-03-01', sum: 50 * factor, squares: 50 * factor ** 2 }, { arm, day: '2026-03-02', sum: 100 * factor, squares: 50 * (9 - 1) * factor ** 2 }]
  const [, last] = readDaily(planOf('mean'), [people('off'), people('on')], [...spends('off', 1), ...spends('on', 2)])
  const [once] = readDaily(planOf('mean'), [people('off'), people('on')], [{ arm: 'off', day: '2026-03-01', sum: 150, squares: 450 }, { arm: 'on', day: '2026-03-01', sum: 300, squares: 1800 }])
  expect(last).toEqual({ ...once, day: '2026-03-02' })
})

test('once a sum is unknown, it stays unknown', () => {
  const people = (arm: string) => ({ arm, day: '2026-03-01', units: 100 })
  const daily = readDaily(planOf('mean'), [people('off'), people('on')], [
    { arm: 'off', day: '2026-03-01', sum: 100, squares: 150 }, { arm: 'on', day: '2026-03-01', sum: 120, squares: 190 },
    { arm: 'on', day: '2026-03-02', sum: 5, squares: null }, { arm: 'on', day: '2026-03-03', sum: 5, squares: 9 },
  ])
  expect(daily.map(({ lift, lower, upper }) => [lift, lower !== null, upper !== null])).toEqual([[expect.closeTo(0.2, 12), true, true], [null, false, false], [null, false, false]])
})
