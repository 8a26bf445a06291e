import { expect, test } from 'vitest'
import { selectRow } from './select-rows.ts'

const rows = ['a', 'b', 'c', 'd']

test('a row is selected, and deselected again', () => {
  expect([...selectRow(new Set(), rows, 'b', null)]).toEqual(['b'])
  expect([...selectRow(new Set(['b', 'c']), rows, 'b', null)]).toEqual(['c'])
})

test('with the last row pressed, everything between follows', () => {
  expect([...selectRow(new Set(['b']), rows, 'd', 'b')].sort()).toEqual(['b', 'c', 'd'])
  expect([...selectRow(new Set(rows), rows, 'a', 'c')]).toEqual(['d'])
})

test('a last row that is no longer there is forgotten', () => {
  expect([...selectRow(new Set(), rows, 'c', 'gone')]).toEqual(['c'])
})
