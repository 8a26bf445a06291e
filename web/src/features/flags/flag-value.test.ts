import { expect, test } from 'vitest'
import { readFlagValue, startingVariants, writtenFlagValue } from './flag-value.ts'

const types = ['boolean', 'string', 'integer', 'float', 'object'] as const

test.each([
  ['integer', '30', 30],
  ['integer', '-3', -3],
  ['float', '0.5', 0.5],
  ['float', '1', 1],
  ['float', '1e-3', 0.001],
  ['string', '', ''],
  ['boolean', 'false', false],
  ['object', '{"a":[null,1]}', { a: [null, 1] }],
] as const)('%s "%s" is read', (type, text, value) => {
  expect(readFlagValue(type, text)).toEqual({ ok: true, value })
})

test.each([['integer', '0.5'], ['integer', '1e3'], ['integer', '9007199254740993'], ['integer', ''], ['float', 'half'], ['float', ' '], ['float', 'Infinity'], ['boolean', 'yes'], ['object', '[]'], ['object', 'null'], ['object', '{"a":}']] as const)('%s "%s" is refused', (type, text) => {
  expect(readFlagValue(type, text)).toMatchObject({ ok: false })
})

test('a whole float is written so that it is seen to be one', () => {
  expect([1, -3, 0, 0.5, 1e21].map((value) => writtenFlagValue('float', value))).toEqual(['1.0', '-3.0', '0.0', '0.5', '1e+21'])
  expect(writtenFlagValue('integer', 1)).toBe('1')
})

test.each(types)('what a new %s flag starts with is of its type and survives being written', (type) => {
  for (const { text } of startingVariants(type)) {
    const read = readFlagValue(type, text)
    expect(read.ok && readFlagValue(type, writtenFlagValue(type, read.value))).toEqual(read)
  }
})
