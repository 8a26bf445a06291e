import fc from 'fast-check'
import { expect, test } from 'vitest'
import { weeksOf } from './weeks.ts'

const on = (day: string, changes: number, rollbacks = 0) => ({ day, changes, rollbacks })

test('the newest week ends with the last day, and a week without a change is there too', () => {
  expect(weeksOf([on('2027-03-10', 1), on('2027-03-25', 2, 1), on('2027-03-31', 4)], '2027-03-10', '2027-03-31')).toEqual([{ changes: 1, rollbacks: 0 }, { changes: 0, rollbacks: 0 }, { changes: 0, rollbacks: 0 }, { changes: 6, rollbacks: 1 }])
})

test('a long time is summed up by several weeks at once', () => {
  expect(weeksOf([on('2027-03-10', 1), on('2027-03-25', 2, 1), on('2027-03-31', 4)], '2027-03-10', '2027-03-31', 4)).toEqual([{ changes: 7, rollbacks: 1 }])
})

test('no day is lost, and none counts twice', () => {
  const dayOf = (index: number) => new Date(Date.UTC(2027, 0, 1 + index)).toISOString().slice(0, 10)
  fc.assert(fc.property(fc.uniqueArray(fc.nat(120), { minLength: 1 }), (indices) => {
    const weeks = weeksOf(indices.map((index) => on(dayOf(index), 1)), dayOf(0), dayOf(120))
    expect(weeks.reduce((sum, { changes }) => sum + changes, 0)).toBe(indices.length)
    expect(weeks).toHaveLength(18)
  }))
})
