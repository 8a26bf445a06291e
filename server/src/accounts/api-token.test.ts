import { expect, test } from 'vitest'
import { createApiTokenValue, expiryIssue, isApiToken, prefixOfToken, tokenIn } from './api-token.ts'

test('a token is never the same, says what it is, and one with a character changed is none', () => {
  const values = Array.from({ length: 100 }, () => createApiTokenValue())
  expect(new Set(values).size).toBe(100)
  for (const value of values) {
    expect(value).toMatch(/^assay_pat_[0-9A-Za-z]{49}$/)
    expect([isApiToken(value), isApiToken(`${value}x`), isApiToken(value.slice(1)), isApiToken(value.slice(0, -1) + (value.endsWith('a') ? 'b' : 'a'))]).toEqual([true, false, false, false])
    expect(prefixOfToken(value)).toBe(value.slice(0, 14))
  }
})

test.each([
  ['Bearer assay_pat_abc', 'assay_pat_abc'], ['bearer  assay_pat_abc ', 'assay_pat_abc'], ['Basic YTpi', null], ['Bearer eyJhbGciOi', null], ['assay_pat_abc', null], ['', null], [undefined, null],
])('the token of the header %j is %j', (header, token) => {
  expect(tokenIn(header)).toBe(token)
})

test.each([
  ['2026-01-01T00:00:00Z', 'Choose a time that is still to come.'], ['2026-03-01T11:00:00Z', 'Choose a time that is still to come.'], ['2026-03-01T12:00:00Z', null], ['2027-03-01T11:00:00Z', null],
  ['2027-03-04T11:00:00Z', 'Choose a time within a year from now: a token that nobody renews should end.'],
])('a token that ends at %s: %s', (end, issue) => {
  expect(expiryIssue(new Date(end), new Date('2026-03-01T11:00:00Z'))).toBe(issue)
})
