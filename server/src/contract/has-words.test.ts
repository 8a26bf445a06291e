import { expect, test } from 'vitest'
import { hasWords } from './has-words.ts'

test.each([
  ['PAY checkout', true],
  ['  express  ', true],
  ['', true],
  ['express search', false],
])('%j in Express pay at checkout: %s', (search, found) => {
  expect(hasWords('Express pay at checkout', search)).toBe(found)
})
