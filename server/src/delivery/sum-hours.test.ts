import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type HourCount, sumHours } from './sum-hours.ts'

const none = { live: 0, takenBack: 0, rolledBackByOff: 0, turnedOff: 0, completed: 0, completedAtOnce: 0 }
const at = (hour: string, changes: number, rollbacks = 0): HourCount => ({ hour, changes, rollbacks, ...none })

test('hours are summed up by day, in order, and by hour of the week', () => {
  // Both Wednesdays.
  const { totals, days, hours } = sumHours([at('2027-04-07 09', 2, 1), at('2027-03-31 23', 1), at('2027-03-31 09', 3)])
  expect(totals).toMatchObject({ changes: 6, rollbacks: 1 })
  expect(days).toEqual([{ day: '2027-03-31', changes: 4, rollbacks: 0 }, { day: '2027-04-07', changes: 2, rollbacks: 1 }])
  expect(hours).toEqual([{ weekday: 3, hour: 9, changes: 5, rollbacks: 1 }, { weekday: 3, hour: 23, changes: 1, rollbacks: 0 }])
})

test('a Monday is the first day of the week and a Sunday the seventh', () => {
  expect(sumHours([at('2027-04-04 00', 1), at('2027-04-05 00', 1)]).hours.map(({ weekday }) => weekday)).toEqual([1, 7])
})

test('nothing sums up to nothing', () => {
  expect(sumHours([])).toEqual({ totals: { changes: 0, rollbacks: 0, ...none }, days: [], hours: [] })
})

test('every change is in one day and in one hour of the week', () => {
  const hour = fc.date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2027-12-31T00:00:00Z'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 13).replace('T', ' '))
  fc.assert(fc.property(fc.array(fc.tuple(hour, fc.nat(50), fc.nat(5))), (counts) => {
    const { totals, days, hours } = sumHours(counts.map(([name, changes, rollbacks]) => at(name, changes, rollbacks)))
    for (const parts of [days, hours]) {
      expect(parts.reduce((sum, { changes }) => sum + changes, 0)).toBe(totals.changes)
      expect(parts.reduce((sum, { rollbacks }) => sum + rollbacks, 0)).toBe(totals.rollbacks)
    }
  }))
})
