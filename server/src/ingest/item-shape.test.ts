import { expect, test } from 'vitest'
import { isStorable, MAX_ITEM_DEPTH, shapeProblem } from './item-shape.ts'

const nested = (levels: number, open: string, close: string): unknown => JSON.parse(open.repeat(levels) + '1' + close.repeat(levels))

test('an item is as deep as its deepest part', () => {
  expect(shapeProblem(nested(MAX_ITEM_DEPTH, '{"a":', '}'))).toBeNull()
  expect(shapeProblem(nested(MAX_ITEM_DEPTH + 1, '{"a":', '}'))).toBe('The item is nested more than 64 levels deep.')
  expect(shapeProblem({ a: nested(3, '[', ']'), b: Array.from({ length: 500 }, () => [1]) })).toBeNull()
  expect(shapeProblem('text')).toBeNull()
})

test('no depth exhausts the stack', () => {
  expect(shapeProblem(nested(200_000, '[', ']'))).toContain('nested')
})

test.each<[string, object]>([
  ['a value', { unit: 'a\0' }],
  ['a key', { properties: { 'a\0': 1 } }],
  ['a list', { properties: { list: [[1, 'x\0']] } }],
])('a NUL character is found in %s', (_, item) => {
  expect(shapeProblem(item)).toContain('NUL character')
})

test('half of a surrogate pair is found anywhere, a whole pair is a character', () => {
  for (const half of ['\uD83C', 'x\uDF88', '\uDF88\uD83C']) expect(shapeProblem({ units: { user: half } }), JSON.stringify(half)).toContain('surrogate pair')
  expect(shapeProblem({ '\uD83C': 1 })).toContain('surrogate pair')
  expect(shapeProblem({ units: { user: '🎈 日本 Zoë \\ud83c' } })).toBeNull()
  expect(isStorable('🎈')).toBe(true)
  expect(isStorable('\uD83C')).toBe(false)
})
