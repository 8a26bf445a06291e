import { expect, test } from 'vitest'
import { dueText, dueUtcText, fromNow } from './schedule-words.ts'

test('a due time reads by the clocks it was given for, and by UTC', () => {
  const berlin = { at: '2027-03-31T07:00:00.000Z', timeZone: 'Europe/Berlin' }
  expect(dueText(berlin)).toBe('Wed 31 Mar 2027, 09:00 in Berlin')
  expect(dueUtcText(berlin)).toBe('31 Mar 2027, 07:00 UTC')
  expect(dueText({ ...berlin, timeZone: 'UTC' })).toBe('Wed 31 Mar 2027, 07:00 UTC')
  expect(dueUtcText({ ...berlin, timeZone: 'UTC' })).toBe('')
})

test.each([
  ['2027-03-31T07:00:20Z', 'now'],
  ['2027-03-31T07:00:40Z', 'in 1 minute'],
  ['2027-03-31T08:00:00Z', 'in 60 minutes'],
  ['2027-04-01T07:00:00Z', 'in 24 hours'],
  ['2027-04-03T07:00:00Z', 'in 3 days'],
  ['2027-09-30T07:00:00Z', 'in 6 months'],
  ['2027-03-30T07:00:00Z', '24 hours ago'],
])('%s is %s', (at, words) => {
  expect(fromNow(at, new Date('2027-03-31T07:00:00Z'))).toBe(words)
})
