import { expect, test } from 'vitest'
import { liveAfterMs } from './live-after.ts'

const at = (ms: number) => new Date(Date.UTC(2026, 0, 5) + ms)
const progress = { publishedAt: at(0), connected: 4, upToDate: 4, acknowledgedAt: at(800) }

test('a ruleset is live once the last connected SDK has acknowledged it', () => {
  expect(liveAfterMs(progress)).toBe(800)
  expect(liveAfterMs({ ...progress, upToDate: 3 })).toBeNull()
})

test('where nobody waited for it, there is no time to tell', () => {
  expect(liveAfterMs({ ...progress, acknowledgedAt: null })).toBeNull()
  expect(liveAfterMs({ ...progress, publishedAt: null })).toBeNull()
})

test('a clock that is behind makes no time negative', () => {
  expect(liveAfterMs({ ...progress, acknowledgedAt: at(-3) })).toBe(0)
})
