import { expect, test } from 'vitest'
import { sampleSetup } from './experiment.samples.ts'
import { neededPeople, type PowerQuestion } from './needed-people.ts'

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
