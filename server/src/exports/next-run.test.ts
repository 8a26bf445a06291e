import { expect, test } from 'vitest'
import { nextRun, retryAt } from './next-run.ts'

// 2026-11-25 is a Wednesday.
test.each([
  ['hour', 0, '2026-11-25T04:00:00.000Z', '2026-11-25T05:00:00.000Z'],
  ['hour', 9, '2026-11-25T04:59:59.999Z', '2026-11-25T05:00:00.000Z'],
  ['day', 3, '2026-11-25T02:59:00.000Z', '2026-11-25T03:00:00.000Z'],
  ['day', 3, '2026-11-25T03:00:00.000Z', '2026-11-26T03:00:00.000Z'],
  ['week', 3, '2026-11-25T04:00:00.000Z', '2026-11-30T03:00:00.000Z'],
  ['week', 3, '2026-11-30T02:00:00.000Z', '2026-11-30T03:00:00.000Z'],
  ['week', 3, '2026-11-30T03:00:00.000Z', '2026-12-07T03:00:00.000Z'],
  ['week', 0, '2026-11-29T23:00:00.000Z', '2026-11-30T00:00:00.000Z'],
] as const)('every %s at %i after %s is %s', (every, hour, after, next) => {
  expect(nextRun({ every, hour }, new Date(after)).toISOString()).toBe(next)
})

test('a try that failed is made again later and later, but never after the next run', () => {
  const at = new Date('2026-11-25T04:00:00Z')
  const tries = (next: string) => [1, 2, 3, 4, 5].map((attempt) => retryAt(attempt, at, new Date(next))?.toISOString().slice(11, 16) ?? null)
  expect(tries('2026-11-26T03:00:00Z')).toEqual(['04:01', '04:05', '04:15', '05:00', null])
  expect(tries('2026-11-25T04:10:00Z')).toEqual(['04:01', '04:05', null, null, null])
})
