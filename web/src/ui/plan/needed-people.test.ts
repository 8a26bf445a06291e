import { expect, test } from 'vitest'
import { neededPeople, type PowerQuestion } from './needed-people.ts'

const sampleSetup: PowerQuestion['setup'] = { arms: [{ variant: 'control', weight: 1 }, { variant: 'express', weight: 1 }], control: 'control', mode: 'fixed', plannedUnits: 20_000, alpha: 0.05, power: 0.8 }
const question: PowerQuestion = { setup: sampleSetup, type: 'conversion', direction: 'increase', baseline: 0.1, sd: null, minimumEffect: 0.1, guardrails: 0 }
const total = (change: Partial<PowerQuestion>) => neededPeople({ ...question, ...change })?.total ?? NaN
const mode = (change: Partial<PowerQuestion['setup']>) => total({ setup: { ...sampleSetup, ...change } })

test('a share of 10% needs about 29,500 people to see a tenth more, as tables say', () => {
  expect(total({})).toBeGreaterThan(29_400)
  expect(total({})).toBeLessThan(29_600)
})

test('a value per person needs its spread', () => {
  // 2 * (1.959964 + 0.841621)^2 * 2 * 10^2 / 1^2
  expect(total({ type: 'mean', baseline: 10, sd: 10 })).toBe(3140)
  expect(neededPeople({ ...question, type: 'mean', baseline: 10 })).toBeNull()
})

test('looking often and reading at any time cost people', () => {
  expect(mode({ mode: 'group_sequential' }) / mode({})).toBeCloseTo(1.042, 2)
  expect(mode({ mode: 'always_valid' }) / mode({})).toBeCloseTo(1.91, 2)
})

test('guardrails, further variants and uneven weights cost people', () => {
  expect(total({ guardrails: 3 })).toBeGreaterThan(total({}))
  expect(neededPeople({ ...question, guardrails: 3 })?.powerEach).toBeCloseTo(0.95)
  expect(mode({ arms: [...sampleSetup.arms, { variant: 'third', weight: 1 }] })).toBeGreaterThan(total({}) * 1.5)
  expect(mode({ arms: [{ variant: 'control', weight: 9 }, { variant: 'express', weight: 1 }] })).toBeGreaterThan(total({}) * 2)
})

test('fewer people than needed have a smaller chance', () => {
  const planned = (plannedUnits: number | null) => neededPeople({ ...question, setup: { ...sampleSetup, plannedUnits } })?.chanceAsPlanned
  expect(planned(null)).toBeNull()
  expect(planned(total({}))).toBeCloseTo(0.8, 3)
  expect(planned(total({}) / 4)).toBeLessThan(0.3)
})

test('a question without an answer has none', () => {
  expect(neededPeople({ ...question, baseline: 0 })).toBeNull()
  expect(neededPeople({ ...question, baseline: 0.95, minimumEffect: 0.1 })).toBeNull()
  expect(neededPeople({ ...question, setup: { ...sampleSetup, arms: [] } })).toBeNull()
})

test('a metric that should fall is sized for its fall', () => {
  expect(total({ direction: 'decrease' })).not.toBe(total({}))
})

test('a lift of 10% on 10% needs the people that the textbook says', () => {
  // (1.95996 + 0.84162)^2 (0.1 * 0.9 + 0.11 * 0.89) / 0.01^2 = 14,749 per arm.
  expect(neededPeople(question)).toMatchObject({ total: 29_498, smallestArm: 14_749 })
})

test('a mean is planned by its spread', () => {
  // 2 * 2.80158^2 * 50^2 / 2^2 = 9,811.1 per arm.
  expect(neededPeople({ ...question, type: 'mean', baseline: 20, sd: 50 })).toMatchObject({ total: 19_624, smallestArm: 9812 })
})

test('an uneven split needs more people in all', () => {
  const uneven = neededPeople({ ...question, setup: { ...sampleSetup, arms: [{ variant: 'control', weight: 9 }, { variant: 'express', weight: 1 }] } })
  expect(uneven!.total).toBeGreaterThan(2 * 29_498)
  expect(uneven!.smallestArm).toBeLessThan(uneven!.total / 9)
})

test('looking at any time costs more than planned looks, and these more than one look', () => {
  expect(mode({ mode: 'group_sequential' }) / mode({})).toBeCloseTo(1.0424, 3)
  expect(mode({ mode: 'always_valid' }) / mode({})).toBeCloseTo(1.91, 1)
})

test.each<[string, Partial<PowerQuestion>]>([
  ['a share above one', { baseline: 0.95 }],
  ['a mean of unknown spread', { type: 'mean', baseline: 20 }],
  ['one arm', { setup: { ...sampleSetup, arms: [{ variant: 'control', weight: 1 }] } }],
  ['no effect', { minimumEffect: 0 }],
  ['a control that is no arm', { setup: { ...sampleSetup, control: 'blue' } }],
])('%s has no size', (_why, change) => {
  expect(neededPeople({ ...question, ...change })).toBeNull()
})

test.each(['retention', 'funnel'] as const)('%s is a share of people as well', (type) => {
  expect(neededPeople({ ...question, type })).toEqual(neededPeople(question))
})

test.each(['count', 'sum', 'ratio', 'quantile'] as const)('a %s is planned by the spread of what one person adds', (type) => {
  expect(neededPeople({ ...question, type, baseline: 20, sd: 50 })).toMatchObject({ total: 19_624, smallestArm: 9812 })
  expect(neededPeople({ ...question, type, baseline: 20 })).toBeNull()
})
