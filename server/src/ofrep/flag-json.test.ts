import type { FlagType, Json } from '@assay/sdk/core'
import { expect, test } from 'vitest'
import { failureText, successText } from './flag-json.ts'

test.each<[FlagType, Json, string]>([
  ['boolean', false, 'false'],
  ['string', '', '""'],
  ['string', '1', '"1"'],
  ['integer', 1, '1'],
  ['float', 1, '1.0'],
  ['float', -3, '-3.0'],
  ['float', 0, '0.0'],
  ['float', 0.5, '0.5'],
  ['float', 1e21, '1e+21'],
  ['object', { a: 1, b: [1.5, null] }, '{"a":1,"b":[1.5,null]}'],
])('a value of type %s, %j, is written %s', (type, value, written) => {
  expect(successText({ flagKey: 'f', value, variant: 'v', reason: 'STATIC' }, type, { version: '3' })).toBe(`{"key":"f","value":${written},"variant":"v","reason":"STATIC","metadata":{"version":"3"}}`)
})

test('a flag that is off has neither value nor variant', () => {
  expect(JSON.parse(successText({ flagKey: 'f', reason: 'DISABLED' }, 'boolean', {}))).toEqual({ key: 'f', reason: 'DISABLED', metadata: {} })
})

test('null is never sent', () => {
  expect(JSON.parse(successText({ flagKey: 'f', value: null, variant: 'v', reason: 'STATIC' }, 'object', {}))).toEqual({ key: 'f', reason: 'STATIC', metadata: {} })
})

test('a failure has all its members, and a key where one was asked for', () => {
  expect(failureText({ key: 'f', errorCode: 'FLAG_NOT_FOUND', errorDetails: 'There is no flag f.' })).toBe('{"key":"f","errorCode":"FLAG_NOT_FOUND","errorDetails":"There is no flag f.","metadata":{}}')
  expect(failureText({ errorCode: 'GENERAL', errorDetails: 'x' })).toBe('{"errorCode":"GENERAL","errorDetails":"x","metadata":{}}')
})
