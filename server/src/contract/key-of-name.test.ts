import { expect, test } from 'vitest'
import { keyOfName } from './key-of-name.ts'

test.each([
  ['Express pay at checkout', 'express-pay-at-checkout'],
  ['  Zähler (neu) ', 'zahler-neu'],
  ['v2.1 -- beta!', 'v2-1-beta'],
  ['日本', ''],
  [`${'a'.repeat(99)} b`, 'a'.repeat(99)],
])('%s suggests %s', (name, key) => {
  expect(keyOfName(name)).toBe(key)
})
