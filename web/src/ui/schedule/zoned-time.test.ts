import { expect, test } from 'vitest'
import { instantOf, localTimeOf, placeOf } from './zoned-time.ts'

test.each([
  ['2027-01-15T09:00', 'Europe/Berlin', '2027-01-15T08:00:00.000Z'],
  ['2027-07-15T09:00', 'Europe/Berlin', '2027-07-15T07:00:00.000Z'],
  ['2027-03-28T02:30', 'Europe/Berlin', '2027-03-28T01:30:00.000Z'],
  ['2027-10-31T02:30', 'Europe/Berlin', '2027-10-31T00:30:00.000Z'],
  ['2027-03-28T03:00', 'Europe/Berlin', '2027-03-28T01:00:00.000Z'],
  ['2027-01-15T00:15', 'Asia/Kathmandu', '2027-01-14T18:30:00.000Z'],
  ['2027-01-15T09:00', 'America/New_York', '2027-01-15T14:00:00.000Z'],
  ['2027-01-15T09:00', 'UTC', '2027-01-15T09:00:00.000Z'],
])('%s in %s is %s', (local, timeZone, instant) => {
  expect(instantOf(local, timeZone)?.toISOString()).toBe(instant)
})

test.each(['', '2027-13-01T09:00', '2027-01-15', 'tomorrow'])('%j is no time', (local) => {
  expect(instantOf(local, 'UTC')).toBeNull()
})

test('an instant reads as the clocks of a place show it', () => {
  expect(localTimeOf(new Date('2027-03-31T07:05:00Z'), 'Europe/Berlin')).toBe('2027-03-31T09:05')
  expect(localTimeOf(new Date('2027-03-31T22:00:00Z'), 'Europe/Berlin')).toBe('2027-04-01T00:00')
})

test('a place is called by its town', () => {
  expect(placeOf('America/Argentina/Buenos_Aires')).toBe('Buenos Aires')
  expect(placeOf('UTC')).toBe('UTC')
})
