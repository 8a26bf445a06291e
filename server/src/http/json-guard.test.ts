import { expect, test } from 'vitest'
import { guardJson, MAX_DEPTH } from './json-guard.ts'

const guard = (text: string) => () => { guardJson(Buffer.from(text)) }

test('a document up to the depth passes, one level more does not', () => {
  expect(guard('['.repeat(MAX_DEPTH) + ']'.repeat(MAX_DEPTH))).not.toThrow()
  expect(guard('{"a":'.repeat(MAX_DEPTH + 1))).toThrow('nested more than 64 levels')
})

test('siblings do not add up', () => {
  expect(guard(`[${Array.from({ length: 500 }, () => '{"a":[1]}').join(',')}]`)).not.toThrow()
})

test('brackets in strings do not count, also after an escaped quote', () => {
  expect(guard(JSON.stringify(`"${'['.repeat(500)}`))).not.toThrow()
})

test('a NUL character is refused, the text that looks like one is not', () => {
  expect(guard('{"a":"x\\u0000y"}')).toThrow('NUL')
  expect(guard(JSON.stringify({ pattern: '\\u0000' }))).not.toThrow()
})
