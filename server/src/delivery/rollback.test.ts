import { expect, test } from 'vitest'
import { findRollback, ROLLBACK_WINDOW_MS, type StandingChange } from './rollback.ts'

const HOUR_MS = 3_600_000
const at = (hour: number) => new Date(hour * HOUR_MS)
/** The flag did A, then B from hour 0 on, then C from hour 1 on. */
const standing: StandingChange[] = [{ seq: 1, at: at(0), before: 'A' }, { seq: 2, at: at(1), before: 'B' }]
const step = { at: at(2), wasOn: true, isOn: true, after: 'D' }

test('turning off takes back the newest change', () => {
  expect(findRollback(standing, { ...step, isOn: false })).toEqual({ how: 'turned_off', of: 2, takesBack: [2] })
})

test('doing again what it did before a change takes back that one', () => {
  expect(findRollback(standing, { ...step, after: 'B' })).toEqual({ how: 'put_back', of: 2, takesBack: [2] })
})

test('doing again what it did two changes ago takes back both', () => {
  expect(findRollback(standing, { ...step, after: 'A' })).toEqual({ how: 'put_back', of: 1, takesBack: [1, 2] })
})

test.each<[string, Parameters<typeof findRollback>]>([
  ['anything new', [standing, step]],
  ['turning off what nobody changed lately', [[], { ...step, isOn: false }]],
  ['turning off a day and a moment after the last change', [standing, { ...step, isOn: false, at: new Date(at(1).getTime() + ROLLBACK_WINDOW_MS + 1) }]],
  ['putting back what was changed more than a day ago', [standing, { ...step, after: 'A', at: at(24.5) }]],
  ['turning on again what was turned off', [standing, { ...step, wasOn: false, after: 'A' }]],
  ['a change of a flag that stays off', [standing, { ...step, wasOn: false, isOn: false }]],
])('%s is no rollback', (_name, [before, change]) => {
  expect(findRollback(before, change)).toBeNull()
})

test('the last moment of the day is still in time', () => {
  expect(findRollback(standing, { ...step, isOn: false, at: new Date(at(1).getTime() + ROLLBACK_WINDOW_MS) })).toMatchObject({ of: 2 })
})
