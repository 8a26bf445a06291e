import { expect, test } from 'vitest'
import { isLong, MOST_UNITS, readUnits, withoutUnit, withUnits, writeUnits } from './unit-list.ts'

test('units are read one a line, whatever they were pasted from', () => {
  expect(readUnits('  customer-1\r\ncustomer-2,\n\n\tcustomer-3  \n').units).toEqual(['customer-1', 'customer-2', 'customer-3'])
})

test('repeated lines count once and are told', () => {
  expect(readUnits('a\nb\na\na')).toEqual({ units: ['a', 'b'], repeats: 2, problem: null })
})

test('a list goes through its text unchanged', () => {
  expect(readUnits(writeUnits(['a', 'b c', 'd,e'])).units).toEqual(['a', 'b c', 'd,e'])
})

test('as many as the contract takes, and no more', () => {
  const text = (n: number) => Array.from({ length: n }, (_, i) => `u${i}`).join('\n')
  expect(readUnits(text(MOST_UNITS)).problem).toBeNull()
  expect(readUnits(text(MOST_UNITS + 1)).problem).toContain('100,001')
  expect(readUnits('x'.repeat(501)).problem).toContain('500 characters')
})

test('units come and go one by one', () => {
  expect(withUnits('a\nb', 'c\na')).toBe('a\nb\nc')
  expect(withUnits('', 'a')).toBe('a')
  expect(withoutUnit('a\nb\nc', 'b')).toBe('a\nc')
  expect(withoutUnit('a', 'z')).toBe('a')
})

test('a list is long once it would take seconds to show', () => {
  const lines = (n: number) => Array.from({ length: n }, (_, i) => `u${i}`).join('\n')
  expect([isLong(''), isLong(lines(2000)), isLong(lines(2001))]).toEqual([false, false, true])
})
