import { expect, test } from 'vitest'
import { completeSetup } from '../testing/drafts.ts'
import { checkSetup } from './check-setup.ts'

const paths = (change: object) => checkSetup({ ...completeSetup(), ...change }, ['on', 'off'], ['user']).map((issue) => issue.path)

test('a sound setup has no issue', () => {
  expect(paths({})).toEqual([])
})

test.each([
  ['an arm the flag does not have', { arms: [{ variant: 'off', weight: 1 }, { variant: 'blue', weight: 1 }] }, ['arms.1.variant']],
  ['a variant in two arms', { arms: [{ variant: 'off', weight: 1 }, { variant: 'off', weight: 1 }] }, ['arms.1.variant']],
  ['a control that is no arm', { control: 'blue' }, ['control']],
  ['an undeclared unit type', { unitType: 'company' }, ['unitType']],
  ['a fixed test without a plan', { plannedUnits: null, plannedDays: null }, ['plannedUnits']],
])('%s is named', (_, change, expected) => {
  expect(paths(change)).toEqual(expected)
})

test('an always-valid experiment may be open-ended', () => {
  expect(paths({ mode: 'always_valid', plannedUnits: null, plannedDays: null })).toEqual([])
})
