import { expect, test } from 'vitest'
import { daysThatFit, everyDay, oneUnitIn, previewDays } from './preview-days.ts'

const now = new Date('2026-03-10T18:00:00.000Z')

test('the last days begin at a midnight in UTC, and the present day is one of them', () => {
  expect(previewDays(now, 1)).toEqual({ from: new Date('2026-03-10T00:00:00.000Z'), to: now })
  expect(previewDays(now, 7).from).toEqual(new Date('2026-03-04T00:00:00.000Z'))
})

test('a day without events is a day', () => {
  const { from, to } = previewDays(now, 3)
  const found = [{ day: '2026-03-09', events: 4, units: 2 }]
  expect(everyDay(from, to, found)).toEqual([{ day: '2026-03-08', events: 0, units: 0 }, ...found, { day: '2026-03-10', events: 0, units: 0 }])
  expect(everyDay(from, from, found)).toEqual([])
})

test('of very much only the newest days are read, at least one', () => {
  const { from } = previewDays(now, 28)
  const days = (...rows: number[]) => rows.map((count, i) => ({ day: `2026-03-0${i + 1}`, rows: count }))
  expect(daysThatFit(from, days(1e6, 1e6, 1e6))).toBe(from)
  expect(daysThatFit(from, days(1e7, 1e7, 1e7))).toEqual(new Date('2026-03-02T00:00:00.000Z'))
  expect(daysThatFit(from, days(1, 5e7))).toEqual(new Date('2026-03-02T00:00:00.000Z'))
  expect(daysThatFit(from, days(5e7))).toBe(from)
  expect(daysThatFit(from, [])).toBe(from)
})

test('of much one unit in so many is looked at', () => {
  expect(oneUnitIn([])).toBe(1)
  expect(oneUnitIn([{ day: 'a', rows: 5_000_000 }])).toBe(1)
  expect(oneUnitIn([{ day: 'a', rows: 5_000_001 }, { day: 'b', rows: 7_000_000 }])).toBe(3)
})
