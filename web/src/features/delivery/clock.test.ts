import { expect, test } from 'vitest'
import { dayIn, timeIn } from './clock.ts'

const now = new Date('2027-06-01T00:00:00Z')

test('a day is the one of the place', () => {
  expect(dayIn('2027-03-31T12:30:00Z', 'UTC')).toBe('2027-03-31')
  expect(dayIn('2027-03-31T12:30:00Z', 'Pacific/Auckland')).toBe('2027-04-01')
})

test('a time is read by the clock of the place, with the year where it is another', () => {
  expect(timeIn('2027-03-31T12:30:00Z', 'Europe/Berlin', now)).toBe('31 Mar, 14:30')
  expect(timeIn('2026-03-31T00:05:00Z', 'UTC', now)).toBe('31 Mar 2026, 00:05')
})
