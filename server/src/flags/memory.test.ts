import { expect, test, vi } from 'vitest'
import { createMemory } from './memory.ts'

test('what was read is kept while its mark is the same, and read again when it is not', async () => {
  const remember = createMemory<number>(2)
  const read = vi.fn(() => Promise.resolve(read.mock.calls.length))
  expect([await remember('shop', '1', read), await remember('shop', '1', read), await remember('shop', '2', read)]).toEqual([1, 1, 2])
})

test('who asks while it is read waits for the same reading', async () => {
  const remember = createMemory<number>(2)
  const read = vi.fn(() => Promise.resolve(7))
  expect(await Promise.all([remember('shop', '1', read), remember('shop', '1', read)])).toEqual([7, 7])
  expect(read).toHaveBeenCalledTimes(1)
})

test('a reading that failed is told to whoever waits, and not kept', async () => {
  const remember = createMemory<number>(2)
  await expect(remember('shop', '1', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(await remember('shop', '1', () => Promise.resolve(7))).toBe(7)
})

test('only the keys used last are kept', async () => {
  const remember = createMemory<string>(2)
  const read = vi.fn((key: string) => Promise.resolve(key))
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await remember(key, '1', () => read(key))
  expect(read.mock.calls.flat()).toEqual(['a', 'b', 'c', 'b'])
})
