import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseInstant } from './instant.ts'

test.each([
  ['1970-01-01T00:00:00Z', 0],
  ['1970-01-01t00:00:00.001z', 1],
  ['1969-12-31T23:59:59.999Z', -1],
  ['2024-02-29T12:30:45.5+05:30', Date.UTC(2024, 1, 29, 7, 0, 45, 500)],
  ['2026-01-01T00:30:00+01:00', Date.UTC(2025, 11, 31, 23, 30)],
  ['2025-12-31T23:00:00-02:00', Date.UTC(2026, 0, 1, 1)],
  ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
  ['2000-02-29T00:00:00.123456789Z', Date.UTC(2000, 1, 29, 0, 0, 0, 123)],
  ['0001-01-01T00:00:00Z', -62_135_596_800_000],
  ['9999-12-31T23:59:59Z', 253_402_300_799_000],
  [1.5, 1.5],
  [new Date(7), 7],
])('%s is %d ms since 1970', (value, ms) => {
  expect(parseInstant(value)).toBe(ms)
})

test.each(['', '2026-01-01', '2026-01-01T00:00:00', '2026-01-01T00:00Z', '2026-13-01T00:00:00Z', '2026-00-01T00:00:00Z', '2026-02-29T00:00:00Z', '1900-02-29T00:00:00Z', '2026-04-31T00:00:00Z', '2026-01-01T24:00:00Z', '2026-01-01T00:60:00Z', '2026-01-01T00:00:61Z', '2026-01-01T00:00:00+24:00', '2026-01-01T00:00:00.Z', '2026-01-01 00:00:00Z', '20260101T000000Z', NaN, Infinity, new Date(NaN), true, null, [], {}, 1n])('%s is no instant', (value) => {
  expect(parseInstant(value)).toBeUndefined()
})

test('every date of the host is read as the host reads it', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }), (date) => {
      expect(parseInstant(date.toISOString())).toBe(date.getTime())
    }),
    { numRuns: 2000 },
  )
})
