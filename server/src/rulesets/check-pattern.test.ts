import { expect, test } from 'vitest'
import { checkPattern } from './check-pattern.ts'

test.each(['^[a-z]+@company\\.com$', '(?i)beta', '\\bpro\\b|team-\\d{1,3}', '^\\p{Greek}+$'])('%s is a pattern', (pattern) => {
  expect(checkPattern(pattern)).toBeNull()
})

test.each([
  ['^(?=a)', 'look-around needs backtracking, which is not linear in time.'],
  ['(a)\\1', 'a back-reference needs backtracking, which is not linear in time.'],
  ['a{2000}', 'it repeats something more than 1000 times.'],
  ['(', 'it opens a group that it does not close.'],
])('%s is refused with its reason', (pattern, reason) => {
  expect(checkPattern(pattern)).toBe(reason)
})
