import { expect, test } from 'vitest'
import { midRun } from './index.ts'

const question = { units: 10_000, se: 0.01, minimumEffect: 0.02, alpha: 0.05, power: 0.8, mode: 'fixed' } as const

test('a fixed plan sees 2.80 standard errors, and needs (2.80 se / effect)^2 times the people', () => {
  expect(midRun(question)).toEqual({ detectable: expect.closeTo(0.028015852183, 11), unitsNeeded: Math.ceil(10_000 * (1.4007926091 ** 2 - 1)) })
})

test('a group-sequential plan pays for its looks: 1.0424 times the people at 14', () => {
  expect(midRun({ ...question, mode: 'group_sequential' })).toMatchObject({ detectable: expect.closeTo(0.02801585 * Math.sqrt(1.0424), 5) })
})

test('with enough people nobody is missing', () => {
  expect(midRun({ ...question, minimumEffect: 0.1 })).toMatchObject({ unitsNeeded: 0 })
})

test.each([[{ se: 0 }, 'zero_variance'], [{ se: Number.NaN }, 'invalid_input'], [{ power: 1 }, 'invalid_input'], [{ minimumEffect: 0 }, 'out_of_reach']])('%j has no answer', (change, reason) => {
  expect(midRun({ ...question, ...change })).toEqual({ noAnswer: reason })
})
