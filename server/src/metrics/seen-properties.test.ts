import { expect, test } from 'vitest'
import { seenProperties } from './seen-properties.ts'

test('properties are told with their type, those that most events have first', () => {
  expect(seenProperties(['{"net":20,"country":"DE"}', '{"net":19.5,"first":true,"items":[1]}', '{}'])).toEqual([
    { name: 'net', type: 'number' },
    { name: 'country', type: 'string' },
    { name: 'first', type: 'boolean' },
    { name: 'items', type: 'other' },
  ])
})

test('a property of several types is told by its commonest, and null says nothing', () => {
  expect(seenProperties(['{"a":"1","b":null}', '{"a":1}', '{"a":2}'])).toEqual([{ name: 'a', type: 'number' }])
})

test('a hundred are enough', () => {
  expect(seenProperties([JSON.stringify(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`p${i}`, i])))])).toHaveLength(100)
})
