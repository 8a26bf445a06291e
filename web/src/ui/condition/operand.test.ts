import { expect, test } from 'vitest'
import { convertValues, readValue, scalarTypeOf, writtenValue } from './operand.ts'

test.each([
  ['number', ' 1.50 ', 1.5],
  ['number', '−3', -3],
  ['text', ' a ', ' a '],
  ['boolean', 'true', true],
  ['instant', '2026-11-24T09:00:00Z', '2026-11-24T09:00:00Z'],
  ['instant', '1764000000000', 1_764_000_000_000],
  ['version', '8.4.0-beta.1', '8.4.0-beta.1'],
  ['range', '10.0.0.0/8', '10.0.0.0/8'],
  ['pattern', '^a+$', '^a+$'],
  ['mixed', '"1"', '1'],
  ['mixed', '1', 1],
] as const)('%s "%s" is read', (kind, text, value) => {
  expect(readValue(kind, text)).toEqual({ ok: true, value })
  expect(readValue(kind, writtenValue(kind, value))).toEqual({ ok: true, value })
})

test.each([['number', 'ten'], ['boolean', 'yes'], ['instant', 'tomorrow'], ['version', '8'], ['range', '10.0.0.0/99'], ['pattern', '(?=a)'], ['mixed', 'DE'], ['mixed', '{}']] as const)('%s "%s" is refused with a reason', (kind, text) => {
  expect(readValue(kind, text)).toMatchObject({ ok: false, problem: expect.stringMatching(/\w/) as string })
})

test('the type of several values is the one they share', () => {
  expect(scalarTypeOf([])).toBeNull()
  expect(scalarTypeOf(['a', 'b'])).toBe('text')
  expect(scalarTypeOf([1, 2])).toBe('number')
  expect(scalarTypeOf([true])).toBe('boolean')
  expect(scalarTypeOf([1, '1'])).toBe('mixed')
})

test('values change type where they can be said in it', () => {
  expect(convertValues(['1', 'DE', '2.5'], 'number')).toEqual([1, 2.5])
  expect(convertValues([1, true], 'text')).toEqual(['1', 'true'])
  expect(convertValues(['true', 'no'], 'boolean')).toEqual([true])
  expect(convertValues([1, '1'], 'mixed')).toEqual([1, '1'])
})
