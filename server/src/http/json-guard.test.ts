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

test('half of a surrogate pair is refused, a whole pair and text that looks like one are not', () => {
  for (const half of ['\\ud83d', '\\ude00', '\\ud83d\\ud83d', '\\uD83Dx', '\\ude00\\ud83d']) expect(guard(`{"a":"${half}"}`), half).toThrow('surrogate')
  for (const whole of ['\\ud83d\\ude00', '\\\\ud83d', '\\u00e9', '😀']) expect(guard(`{"a":"${whole}","b":[]}`), whole).not.toThrow()
})

test('a document may be allowed to be deeper', () => {
  expect(() => { guardJson(Buffer.from('['.repeat(1001)), { maxDepth: 1000 }) }).toThrow('nested more than 1000 levels')
  expect(() => { guardJson(Buffer.from('['.repeat(1000)), { maxDepth: 1000 }) }).not.toThrow()
})

test('events may hold text that PostgreSQL cannot store, and are still guarded against nesting', () => {
  const guardEvents = (text: string) => () => { guardJson(Buffer.from(text), { anyText: true }) }
  expect(guardEvents('{"a":"\\ud83d"}')).not.toThrow()
  expect(guardEvents('{"a":"\\ud83d\\u0000"}')).not.toThrow()
  expect(guardEvents('['.repeat(MAX_DEPTH + 1))).toThrow('nested')
})
