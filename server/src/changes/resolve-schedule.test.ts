import { expect, test } from 'vitest'
import { resolveSchedule } from './resolve-schedule.ts'

const now = new Date('2027-01-01T00:00:00Z')
const at = (local: string, timeZone: string) => {
  const resolved = resolveSchedule({ local, timeZone }, now)
  return 'at' in resolved ? resolved.at.toISOString() : resolved
}

test.each([
  ['2027-01-15T09:00', 'Europe/Berlin', '2027-01-15T08:00:00.000Z'],
  ['2027-07-15T09:00', 'Europe/Berlin', '2027-07-15T07:00:00.000Z'],
  ['2027-07-15T09:00', 'Asia/Kolkata', '2027-07-15T03:30:00.000Z'],
  ['2027-07-15T09:00', 'America/New_York', '2027-07-15T13:00:00.000Z'],
  ['2027-07-15T09:00', 'UTC', '2027-07-15T09:00:00.000Z'],
])('%s in %s is %s', (local, zone, instant) => {
  expect(at(local, zone)).toBe(instant)
})

test('a time that the clocks skip is taken as much later as they skip', () => {
  // Berlin goes from 02:00 to 03:00 on 28 March 2027.
  expect(at('2027-03-28T01:59', 'Europe/Berlin')).toBe('2027-03-28T00:59:00.000Z')
  expect(at('2027-03-28T02:30', 'Europe/Berlin')).toBe('2027-03-28T01:30:00.000Z')
  expect(at('2027-03-28T03:30', 'Europe/Berlin')).toBe('2027-03-28T01:30:00.000Z')
  // Lord Howe Island moves by half an hour.
  expect(at('2027-10-03T02:15', 'Australia/Lord_Howe')).toBe('2027-10-02T15:45:00.000Z')
})

test('a time that comes twice is taken the first time', () => {
  // Berlin goes from 03:00 back to 02:00 on 31 October 2027.
  expect(at('2027-10-31T02:30', 'Europe/Berlin')).toBe('2027-10-31T00:30:00.000Z')
  expect(at('2027-10-31T03:00', 'Europe/Berlin')).toBe('2027-10-31T02:00:00.000Z')
})

test('a place is spelled as the time zone database does', () => {
  expect(resolveSchedule({ local: '2027-07-15T09:00', timeZone: 'europe/berlin' }, now)).toMatchObject({ timeZone: 'Europe/Berlin' })
})

test.each(['Europe/Nowhere', '+02:00', 'Berlin time'])('%s is no time zone', (zone) => {
  expect(at('2027-07-15T09:00', zone)).toMatchObject({ path: 'timeZone' })
})

test('a day that the calendar lacks, and a time that has passed, are refused', () => {
  expect(at('2027-02-30T09:00', 'UTC')).toEqual({ path: 'local', message: '2027-02-30T09:00 is no day and time of the calendar.' })
  expect(at('2027-01-01T00:00', 'UTC')).toEqual({ path: 'local', message: '2027-01-01T00:00 in UTC has passed: choose a later time.' })
  expect(at('2027-01-01T00:30', 'Europe/Berlin')).toMatchObject({ path: 'local' })
})
