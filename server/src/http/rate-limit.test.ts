import { expect, test } from 'vitest'
import { createAttempts } from './rate-limit.ts'

test('attempts run out per key, and the wait is in whole seconds until the oldest expires', () => {
  let now = 0
  const attempts = createAttempts({ max: 2, windowMs: 10_000 }, () => now)
  expect(attempts.take('a')).toBeNull()
  now = 2500
  expect(attempts.take('a')).toBeNull()
  expect(attempts.take('a')).toBe(8)
  expect(attempts.take('b')).toBeNull()
  now = 10_001
  expect(attempts.take('a')).toBeNull()
})

test('an attempt that is given back can be taken again', () => {
  const attempts = createAttempts({ max: 1, windowMs: 10_000 }, () => 0)
  expect(attempts.take('a')).toBeNull()
  attempts.refund('a')
  expect(attempts.take('a')).toBeNull()
  expect(attempts.take('a')).toBe(10)
})
