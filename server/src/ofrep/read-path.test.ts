import { expect, test } from 'vitest'
import { collapseSlashes, readPath } from './read-path.ts'

test('the bulk path may end with a slash', () => {
  for (const path of ['/v1/evaluate/flags', '/v1/evaluate/flags/']) expect(readPath(path)).toEqual({ kind: 'bulk' })
})

test.each([
  ['new-checkout', 'new-checkout'],
  ['new-checkout/', 'new-checkout'],
  ['a%2Fb%20c%25%3F%C3%A9', 'a/b c%?é'],
  ['a/b%20c', 'a/b c'],
  ['100%', '100%'],
  ['%E0%A4%A', '%E0%A4%A'],
  ['a+b', 'a+b'],
])('the key %s is read as %s', (sent, key) => {
  expect(readPath(`/v1/evaluate/flags/${sent}`)).toEqual({ kind: 'single', key })
})

test('the stream has its path, and nothing else has one', () => {
  expect(readPath('/v1/sse')).toEqual({ kind: 'stream' })
  for (const path of ['/', '', '/v1', '/v1/evaluate', '/v1/evaluate/flagsx', '/v2/evaluate/flags', '/v1/configuration']) expect(readPath(path)).toBeNull()
})

test('slashes before ofrep are one slash, and others stay', () => {
  expect(collapseSlashes('//ofrep/v1/evaluate/flags?a=//b')).toBe('/ofrep/v1/evaluate/flags?a=//b')
  expect(collapseSlashes('///ofrep')).toBe('/ofrep')
  for (const url of ['/ofrep/v1//x', '//api/v1', '//ofreps/v1', '/x//ofrep']) expect(collapseSlashes(url)).toBe(url)
})
