import { expect, test } from 'vitest'
import { busiestWords, exposureWords, middleHalf, paceWords, rolledBackShare } from './words.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const period = { from: '2027-01-01T00:00:00Z', to: '2027-04-01T00:00:00Z' }
const changes = { total: 180, previous: 150, live: 100, takenBack: 3, days: [], hours: [] }

test.each([
  [changes, '14 a week, 20% more than in the 90 days before.'],
  [{ ...changes, total: 60, previous: 120 }, '4.7 a week, 50% fewer than in the 90 days before.'],
  [{ ...changes, total: 150 }, '12 a week, as many as in the 90 days before.'],
  [{ ...changes, previous: 0 }, '14 a week; none in the 90 days before.'],
])('the pace is told per week and against the time before', (counts, words) => {
  expect(paceWords({ ...period, changes: counts })).toBe(words)
})

test('the share rolled back is of the changes that went live', () => {
  expect(rolledBackShare(changes)).toBe('3.0%')
  expect(rolledBackShare({ ...changes, takenBack: 0 })).toBe('0%')
  expect(rolledBackShare({ ...changes, live: 0, takenBack: 0 })).toBeNull()
})

test('the middle half is a range, or one length', () => {
  expect(middleHalf({ lower: 4 * MINUTE_MS, median: 6 * MINUTE_MS, upper: HOUR_MS * 1.5 })).toBe('Half of them took 4 min to 1.5 h')
  expect(middleHalf({ lower: HOUR_MS, median: HOUR_MS, upper: HOUR_MS })).toBe('Half of them took 1 h')
})

test('flags that reached everybody at once are told apart from those that did so in steps', () => {
  const ms = { lower: 2 * HOUR_MS, median: 3 * HOUR_MS, upper: 5 * HOUR_MS }
  expect(exposureWords({ total: 0, atOnce: 0, ms: null, list: [] })).toBe('No flag reached everybody in this time.')
  expect(exposureWords({ total: 2, atOnce: 2, ms: null, list: [] })).toBe('2 flags reached everybody at once, none in steps.')
  expect(exposureWords({ total: 5, atOnce: 1, ms, list: [] })).toBe('Half of them took 2 h to 5 h, of 4 flags. 1 flag reached everybody at once.')
  expect(exposureWords({ total: 1, atOnce: 0, ms, list: [] })).toBe('Half of them took 2 h to 5 h, of 1 flag.')
})

test('the busiest hour is named with its share of all changes', () => {
  expect(busiestWords([{ weekday: 1, hour: 9, changes: 3, rollbacks: 0 }, { weekday: 4, hour: 23, changes: 7, rollbacks: 1 }])).toBe('Most changes fall on Thursday from 23:00 to 00:00: 7 of 10.')
  expect(busiestWords([])).toBeNull()
})
