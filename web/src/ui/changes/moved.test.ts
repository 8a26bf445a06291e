import { expect, test } from 'vitest'
import { moved } from './moved.ts'

test.each([
  [['a', 'b', 'c'], ['a', 'b', 'c'], []],
  [['a', 'b', 'c'], ['c', 'a', 'b'], ['c']],
  [['a', 'b', 'c'], ['b', 'a', 'c'], ['a']],
  [['a', 'b', 'c', 'd'], ['d', 'c', 'b', 'a'], ['c', 'b', 'a']],
  [[], [], []],
])('%j to %j moves %j', (before, after, ids) => {
  expect(moved(before, after)).toEqual(ids)
})
