import { expect, test } from 'vitest'
import { daysNeeded, sampleSize, type Planned } from './duration-hint.ts'

const plan: Planned = { type: 'conversion', direction: 'increase', baseline: 0.1, sd: null, minimumEffect: 0.1, arms: [{ variant: 'off', weight: 1 }, { variant: 'on', weight: 1 }], control: 'off', mode: 'fixed', alpha: 0.05, power: 0.8 }

test('a lift of 10% on 10% needs the people that the textbook says', () => {
  // (1.95996 + 0.84162)^2 (0.1 * 0.9 + 0.11 * 0.89) / 0.01^2 = 14,749 per arm.
  expect(sampleSize(plan)).toEqual({ total: 29_498, smallestArm: 14_749 })
})

test('looking at any time costs more than planned looks, and these more than one look', () => {
  const [fixed, planned, any] = (['fixed', 'group_sequential', 'always_valid'] as const).map((mode) => sampleSize({ ...plan, mode })?.total ?? 0)
  expect(planned! / fixed!).toBeCloseTo(1.0424, 3)
  expect(any! / fixed!).toBeCloseTo(1.91, 1)
})

test('an uneven split needs more people in all', () => {
  const uneven = sampleSize({ ...plan, arms: [{ variant: 'off', weight: 9 }, { variant: 'on', weight: 1 }] })
  expect(uneven!.total).toBeGreaterThan(2 * 29_498)
  expect(uneven!.smallestArm).toBeLessThan(uneven!.total / 9)
})

test('every further treatment is tested at a stricter level', () => {
  const two = sampleSize({ ...plan, arms: [...plan.arms, { variant: 'blue', weight: 1 }] })
  expect(two!.total).toBeGreaterThan(1.5 * 29_498)
})

test.each<[string, Partial<Planned>]>([
  ['a share above one', { baseline: 0.95 }],
  ['a mean of unknown spread', { type: 'mean', baseline: 20 }],
  ['one arm', { arms: [{ variant: 'off', weight: 1 }] }],
  ['no effect', { minimumEffect: 0 }],
  ['a control that is no arm', { control: 'blue' }],
])('%s has no size', (_why, change) => {
  expect(sampleSize({ ...plan, ...change })).toBeNull()
})

test('a mean is planned by its spread', () => {
  // 2 * 2.80158^2 * 50^2 / 2^2 = 9,811.1 per arm.
  expect(sampleSize({ ...plan, type: 'mean', baseline: 20, sd: 50 })).toEqual({ total: 19_624, smallestArm: 9812 })
})

test('days are whole weeks, with the window of the last person after them', () => {
  expect(daysNeeded(29_498, 2500, 7, null)).toBe(14)
  expect(daysNeeded(29_498, 2500, 7, 72)).toBe(17)
  expect(daysNeeded(10, 2500, 7, null)).toBe(7)
  expect(daysNeeded(10, 0, 7, null)).toBeNull()
})
