import { expect, test } from 'vitest'
import { daysRun, runningDay } from './running-day.ts'

const now = new Date('2026-11-24T12:00:00Z')
const started = (startedAt: string | null, plannedDays: number | null, days: number | null = null) => ({ startedAt, plannedDays, days })

test('the first day is day 1, and a clock that is behind changes nothing', () => {
  expect(runningDay(started('2026-11-24T11:00:00Z', 14), now)).toBe('Day 1 of 14')
  expect(runningDay(started('2026-11-21T12:00:00Z', null), now)).toBe('Day 4')
  expect(runningDay(started('2026-11-24T12:00:01Z', 14), now)).toBe('Day 1 of 14')
})

test('what the analysis counts goes before the time since the start', () => {
  expect(runningDay(started('2026-11-24T11:00:00Z', 21, 12.4), now)).toBe('Day 13 of 21')
  expect(daysRun(started('2026-11-24T11:00:00Z', 21, 12.4), now)).toBe(12.4)
})

test('a draft has no day', () => {
  expect(runningDay(started(null, 14), now)).toBeNull()
})
