import { expect, test } from 'vitest'
import { isDead, nextAttemptAt } from './retry.ts'

const now = new Date('2026-03-01T12:00:00Z')
const waits = (random: number) => Array.from({ length: 8 }, (_, tries) => ((nextAttemptAt(tries + 1, now, random)?.getTime() ?? 0) - now.getTime()) / 1000)

test('eight more attempts follow the first, each much later than the one before, over a day', () => {
  expect(waits(0.5)).toEqual([5, 20, 80, 320, 1280, 5120, 20_480, 60_000])
  expect(waits(0.5).reduce((sum, wait) => sum + wait) / 3600).toBeCloseTo(24.25, 2)
  expect(nextAttemptAt(9, now, 0.5)).toBeNull()
})

test('the wait is up to a fifth shorter or longer', () => {
  expect([waits(0)[2], waits(1)[2]]).toEqual([64, 96])
})

test('a webhook is given up after five days of failures', () => {
  expect([isDead(new Date('2026-02-24T12:00:01Z'), now), isDead(new Date('2026-02-24T12:00:00Z'), now)]).toEqual([false, true])
})
