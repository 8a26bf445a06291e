import { expect, test } from 'vitest'
import { readRows, rowsOf, withKind, withRow, type ContextRow } from './context-rows.ts'

const row = (id: number, path: string, text: string, kind: ContextRow['kind'] = 'text'): ContextRow => ({ id, path, text, kind })

test('a context becomes rows and the rows the same context', () => {
  const context = { targetingKey: 'c-1', company: { id: 'acme', size: 12 }, beta: true, tags: ['a', 'b'], empty: {}, nothing: null, code: '12' }
  const rows = rowsOf(context)
  expect(rows.map(({ path, kind, text }) => `${path} ${kind} ${text}`)).toEqual(['targetingKey text c-1', 'company.id text acme', 'company.size number 12', 'beta boolean true', 'tags json ["a","b"]', 'empty json {}', 'nothing json null', 'code text 12'])
  expect(readRows(rows)).toEqual({ context, problems: new Map() })
})

test('what cannot be read is said at its row, and left out', () => {
  const { context, problems } = readRows([row(0, 'age', 'old', 'number'), row(1, '', 'x'), row(2, 'country', 'DE'), row(3, 'country', 'FR'), row(4, 'country.code', 'DE'), row(5, 'tags', '[1,', 'json')])
  expect(context).toEqual({ country: 'DE' })
  expect(Object.fromEntries(problems)).toEqual({ 0: 'old is not a number.', 1: 'Name the attribute.', 3: 'country is there twice.', 4: 'country.code and country cannot both be there.', 5: expect.stringContaining('This is not JSON') })
})

test('an empty number or list is not given; an empty text is', () => {
  expect(readRows([row(0, 'age', '', 'number'), row(1, 'tags', ' ', 'json'), row(2, 'name', ''), row(3, '', '')])).toEqual({ context: { name: '' }, problems: new Map() })
})

test('another kind keeps what can be said in it', () => {
  expect(withKind(row(0, 'a', '12'), 'number').text).toBe('12')
  expect(withKind(row(0, 'a', 'x'), 'json').text).toBe('"x"')
  expect(withKind(row(0, 'a', '"x"', 'json'), 'text').text).toBe('x')
  expect(withKind(row(0, 'a', 'x'), 'boolean').text).toBe('true')
})

test('a new row has an id of its own', () => {
  expect(withRow([row(4, 'a', '')], 'b', 'boolean')).toEqual([row(4, 'a', ''), row(5, 'b', 'true', 'boolean')])
  expect(withRow([])).toEqual([row(0, '', '')])
})
