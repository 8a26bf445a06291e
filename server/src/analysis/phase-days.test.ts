import { expect, test } from 'vitest'
import { phaseDays, type PhaseTimes } from './phase-days.ts'

const day = (date: number) => new Date(Date.UTC(2026, 2, date))
const times = (change: Partial<PhaseTimes>): PhaseTimes => ({ startedAt: day(10), endedAt: null, now: day(17), firstExposureAt: day(11), lastExposureAt: day(17), ...change })

test.each([
  ['a running phase counts from its start to now', {}, 7],
  ['a stopped one to its end', { endedAt: day(14) }, 4],
  ['one that nobody has met counts as well', { firstExposureAt: null, lastExposureAt: null }, 7],
  ['history that was sent makes it longer', { firstExposureAt: day(3) }, 14],
  ['a phase of nothing but history is as long as the history', { firstExposureAt: day(1), lastExposureAt: day(6) }, 5],
])('%s', (_, change, days) => {
  expect(phaseDays(times(change))).toBe(days)
})
