import { expect, test } from 'vitest'
import { onceMore } from './once-more.ts'

test('what is asked for while a run is on is done by one more run, for each key apart', async () => {
  const runs: string[] = []
  const waiting: (() => void)[] = []
  const work = onceMore(async (key) => {
    runs.push(key)
    await new Promise<void>((resolve) => { waiting.push(resolve) })
  })
  const first = work('a')
  await Promise.all([work('a'), work('a')])
  const other = work('b')
  expect(runs).toEqual(['a', 'b'])
  waiting.shift()?.()
  await Promise.resolve()
  waiting.shift()?.()
  await other
  expect(runs).toEqual(['a', 'b', 'a'])
  waiting.shift()?.()
  await first
  expect(runs).toEqual(['a', 'b', 'a'])
})

test('a run that fails keeps nobody from the next', async () => {
  let runs = 0
  const work = onceMore(async () => {
    runs += 1
    if (runs === 1) throw new Error('away')
  })
  await expect(work('a')).rejects.toThrow('away')
  await work('a')
  expect(runs).toBe(2)
})
