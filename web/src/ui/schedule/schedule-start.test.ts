import { expect, test } from 'vitest'
import { isAhead, tomorrowMorning } from './schedule-start.ts'
import { ownTimeZone } from './zoned-time.ts'

test('a schedule starts with nine tomorrow, here', () => {
  const now = new Date()
  const start = tomorrowMorning(now)
  expect(start).toMatchObject({ timeZone: ownTimeZone(), local: expect.stringMatching(/T09:00$/) })
  expect(isAhead(start, now)).toBe(true)
})

test('what is over or no time is not ahead', () => {
  const now = new Date('2027-03-31T07:00:00Z')
  expect(isAhead({ local: '2027-03-31T09:00', timeZone: 'Europe/Berlin' }, now)).toBe(false)
  expect(isAhead({ local: '2027-03-31T09:01', timeZone: 'Europe/Berlin' }, now)).toBe(true)
  expect(isAhead({ local: '', timeZone: 'Europe/Berlin' }, now)).toBe(false)
})
