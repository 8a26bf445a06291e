import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSdkKey, isSdkKey, prefixOf } from './sdk-key.ts'

test.each([['server', 'srv_'], ['client', 'cli_']] as const)('a %s key says its kind, is long enough and never the same', (kind, prefix) => {
  const keys = Array.from({ length: 200 }, () => createSdkKey(kind))
  expect(new Set(keys).size).toBe(200)
  for (const key of keys) {
    expect(key).toMatch(new RegExp(`^${prefix}[0-9A-Za-z]{49}$`))
    expect(isSdkKey(key)).toBe(true)
  }
  // 256 bits fill 43 digits of base 62: a shorter secret would leave the first one at 0.
  expect(new Set(keys.map((key) => key.charAt(4))).size).toBeGreaterThan(5)
})

test('a key with one character changed is recognised as none', () => {
  const key = createSdkKey('server')
  fc.assert(fc.property(fc.integer({ min: 4, max: key.length - 1 }), fc.constantFrom(...'09AZaz'), (at, character) => {
    fc.pre(key.charAt(at) !== character)
    expect(isSdkKey(key.slice(0, at) + character + key.slice(at + 1))).toBe(false)
  }))
})

test.each(['', 'srv_', 'sdk-nonsense', `srv_${'0'.repeat(49)}x`, 'adm_0000000000000000000000000000000000000000000000000'])('%j is no key', (text) => {
  expect(isSdkKey(text)).toBe(false)
})

test('the prefix shows the kind and four characters', () => {
  const key = createSdkKey('client')
  expect(prefixOf(key)).toBe(key.slice(0, 8))
})
