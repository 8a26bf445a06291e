import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { APART_MS, gather, SETTLE_MS } from './gather.ts'

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }) })
afterEach(() => { vi.useRealTimers() })

test('a burst is handed on once, soon', () => {
  const rounds: (readonly number[])[] = []
  const burst = gather<number>((gathered) => { rounds.push(gathered) })
  for (const item of [1, 2, 3]) burst.add(item)
  vi.advanceTimersByTime(SETTLE_MS)
  expect(rounds).toEqual([[1, 2, 3]])
})

test('a stream of changes leads to one round a second', () => {
  const rounds: (readonly number[])[] = []
  const burst = gather<number>((gathered) => { rounds.push(gathered) })
  for (let item = 0; item < 30; item += 1) {
    burst.add(item)
    vi.advanceTimersByTime(100)
  }
  vi.advanceTimersByTime(APART_MS)
  expect(rounds.length).toBeLessThanOrEqual(4)
  expect(rounds.flat()).toHaveLength(30)
})

test('what was gathered when it stops is handed to nobody', () => {
  const handOn = vi.fn()
  const burst = gather<number>(handOn)
  burst.add(1)
  burst.stop()
  vi.advanceTimersByTime(APART_MS)
  expect(handOn).not.toHaveBeenCalled()
})
