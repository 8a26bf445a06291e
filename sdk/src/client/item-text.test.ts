import { expect, test } from 'vitest'
import { DEEPEST_ITEM, isTooDeep, jsonOf } from './item-text.ts'

const nested = (levels: number): object => (levels === 1 ? {} : { a: nested(levels - 1) })

test('a text that was cut within a character is mended, every other one stays', () => {
  for (const whole of ['🎈', 'Zoë', '\\ud83c', '\\\\ud83c', 'a"b\n\t\u0001']) expect(JSON.parse(jsonOf({ [whole]: whole }) ?? '')).toEqual({ [whole]: whole })
  expect(JSON.parse(jsonOf({ 'cut \uD83C': ['\uDF88\uD83C', '🎈\uD83C', '\\\uD83C'] }) ?? '')).toEqual({ 'cut \uFFFD': ['\uFFFD\uFFFD', '🎈\uFFFD', '\\\uFFFD'] })
})

test('what is no JSON has no text', () => {
  expect(jsonOf({ big: 1n })).toBeUndefined()
  expect(jsonOf({ toJSON: () => undefined })).toBeUndefined()
})

test('depth counts objects and lists, not what stands in texts', () => {
  expect(isTooDeep(JSON.stringify(nested(DEEPEST_ITEM)))).toBe(false)
  expect(isTooDeep(JSON.stringify(nested(DEEPEST_ITEM + 1)))).toBe(true)
  expect(isTooDeep(JSON.stringify({ a: '['.repeat(100), b: `"${'{'.repeat(100)}\\`, c: Array.from({ length: 100 }, () => [1]) }))).toBe(false)
})
