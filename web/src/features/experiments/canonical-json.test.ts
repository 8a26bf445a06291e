import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

test('members are sorted at every depth and nothing else is changed', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 'ü' }, null], a: 1e21, A: true })).toBe('{"A":true,"a":1e+21,"b":[{"c":"ü","d":1},null]}')
})
