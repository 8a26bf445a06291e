import { expect, test } from 'vitest'
import { columnsFor } from './column-priority.ts'

test('flag, production and state always show, whatever the room', () => {
  expect([...columnsFor(300)].sort()).toEqual(['flag', 'production', 'state'])
})

test('more room shows the last change first, then decisions and what is tested', () => {
  expect(columnsFor(720).has('change')).toBe(true)
  expect(columnsFor(720).has('decisions')).toBe(false)
  expect(columnsFor(1010).has('testing')).toBe(true)
  expect(columnsFor(1010).has('tags')).toBe(false)
})

test('a wide screen shows everything', () => {
  expect(columnsFor(1500).size).toBe(9)
})
