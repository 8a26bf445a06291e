import { expect, test } from 'vitest'
import { deliveryPeriod } from './delivery-period.ts'

const now = new Date('2027-03-31T12:00:00Z')

test('unless told, it is the last 90 days', () => {
  expect(deliveryPeriod({}, now)).toEqual({ from: new Date('2026-12-31T12:00:00Z'), to: now })
})

test('a period is read with the offset of its writer', () => {
  expect(deliveryPeriod({ from: '2027-01-01T02:00:00+02:00', to: '2027-02-01T00:00:00Z' }, now)).toEqual({ from: new Date('2027-01-01T00:00:00Z'), to: new Date('2027-02-01T00:00:00Z') })
})

test.each([
  [{ from: '2027-04-01T00:00:00Z' }, 'Let the period begin before it ends.'],
  [{ from: '2025-01-01T00:00:00Z' }, 'Ask for at most 366 days at once.'],
])('%o is refused with a sentence', (query, message) => {
  expect(deliveryPeriod(query, now)).toEqual({ path: 'from', message })
})
