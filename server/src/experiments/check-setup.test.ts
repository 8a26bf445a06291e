import fc from 'fast-check'
import { expect, test } from 'vitest'
import { completeSetup } from '../testing/drafts.ts'
import { checkSetup } from './check-setup.ts'
import { wireWeights } from './wire-weights.ts'

const paths = (change: object) => checkSetup({ ...completeSetup(), ...change }, ['on', 'off'], ['user']).map((issue) => issue.path)

test('a sound setup has no issue', () => {
  expect(paths({})).toEqual([])
})

test.each([
  ['an arm the flag does not have', { arms: [{ variant: 'off', weight: 1 }, { variant: 'blue', weight: 1 }] }, ['arms.1.variant']],
  ['a variant in two arms', { arms: [{ variant: 'off', weight: 1 }, { variant: 'off', weight: 1 }] }, ['arms.1.variant']],
  ['a control that is no arm', { control: 'blue' }, ['control']],
  ['an undeclared unit type', { unitType: 'company' }, ['unitType']],
  ['a coverage that admits nobody', { coverage: 0 }, ['coverage']],
  ['a coverage below one bucket', { coverage: 1e-6 }, ['coverage']],
  ['a coverage below one bucket of an arm', { coverage: 1e-5 }, ['coverage']],
  ['an arm below one bucket', { arms: [{ variant: 'off', weight: 1e-9 }, { variant: 'on', weight: 1 }] }, ['arms.0.weight']],
  ['a small arm that the coverage leaves nobody', { arms: [{ variant: 'off', weight: 1 }, { variant: 'on', weight: 999 }], coverage: 0.005 }, ['coverage']],
  ['weights whose sum is no number', { arms: [{ variant: 'off', weight: 1e308 }, { variant: 'on', weight: 1e308 }] }, ['arms.0.weight', 'arms.1.weight']],
  ['an empty part of a layer', { layer: { key: 'checkout', from: 5, to: 5 } }, ['layer']],
  ['a part of a layer for an outside assignment', { layer: { key: 'checkout', from: 0, to: 5 }, assignment: 'external' }, ['layer']],
  ['a fixed test without a plan', { plannedUnits: null, plannedDays: null }, ['plannedUnits']],
])('%s is named', (_, change, expected) => {
  expect(paths(change)).toEqual(expected)
})

test('an always-valid experiment may be open-ended', () => {
  expect(paths({ mode: 'always_valid', plannedUnits: null, plannedDays: null })).toEqual([])
})

test('what admits nobody is refused with a sentence', () => {
  const messages = (change: object) => checkSetup({ ...completeSetup(), ...change }, ['on', 'off'], ['user']).map((issue) => issue.message)
  expect(messages({ coverage: 0 })).toEqual(['It admits nobody: raise the coverage above 0%.'])
  expect(messages({ coverage: 1e-5 })).toEqual(['It admits so few that off and on get nobody: raise the coverage or their weights.'])
  expect(messages({ arms: [{ variant: 'off', weight: 1e-9 }, { variant: 'on', weight: 1 }] })).toEqual(['off is less than one in 100,000: raise its weight.'])
})

test('an outside assignment is not asked for coverage, but for arms that people can be in', () => {
  expect(paths({ assignment: 'external', coverage: 0 })).toEqual([])
  expect(paths({ assignment: 'external', arms: [{ variant: 'off', weight: 1e308 }, { variant: 'on', weight: 1e308 }] })).toEqual(['arms.0.weight', 'arms.1.weight'])
})

test('what passes gives every arm a bucket', () => {
  const weight = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 1e-9, max: 1e9, noNaN: true }))
  fc.assert(fc.property(weight, weight, fc.double({ min: 0, max: 1, noNaN: true }), (off, on, coverage) => {
    const arms = [{ variant: 'off', weight: off }, { variant: 'on', weight: on }]
    const admitted = Math.round(coverage * 100_000)
    const starves = admitted === 0 || wireWeights(arms).some((arm) => Math.floor((arm.weight * admitted) / 100_000) === 0)
    expect(paths({ arms, coverage }).length > 0).toBe(starves)
  }))
})
