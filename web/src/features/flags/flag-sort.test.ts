import { expect, test } from 'vitest'
import { nextSort, sortedBy, sortSearch } from './flag-sort.ts'

test('the head of a column sorts its own way, then the other, then as usual', () => {
  const byName = nextSort(sortedBy({}), 'flag')
  expect(byName).toEqual({ sort: 'flag', order: 'asc' })
  expect(nextSort(byName, 'flag')).toEqual({ sort: 'flag', order: 'desc' })
  expect(nextSort(nextSort(byName, 'flag'), 'flag')).toEqual({ sort: 'change', order: 'desc' })
  expect(nextSort(byName, 'decisions')).toEqual({ sort: 'decisions', order: 'desc' })
})

test('the column of the usual order goes to and fro', () => {
  expect(nextSort(sortedBy({}), 'change')).toEqual({ sort: 'change', order: 'asc' })
  expect(nextSort({ sort: 'change', order: 'asc' }, 'change')).toEqual({ sort: 'change', order: 'desc' })
})

test('an address says an order as shortly as it can, and nonsense is the usual one', () => {
  expect(sortSearch(sortedBy({}))).toEqual({ sort: undefined, order: undefined })
  for (const sorted of [{ sort: 'flag', order: 'desc' }, { sort: 'owner', order: 'asc' }, { sort: 'change', order: 'asc' }] as const) expect(sortedBy(sortSearch(sorted))).toEqual(sorted)
  expect(sortSearch({ sort: 'owner', order: 'asc' })).toEqual({ sort: 'owner', order: undefined })
  expect(sortedBy({ sort: 'tags', order: 'up' })).toEqual({ sort: 'change', order: 'desc' })
})
