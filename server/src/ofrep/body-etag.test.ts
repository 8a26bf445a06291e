import { expect, test } from 'vitest'
import { etagOf, matchesEtag } from './body-etag.ts'

test('the ETag is quoted, the same for the same body and different for every other', () => {
  expect(etagOf('{}')).toMatch(/^"[\w-]{27}"$/)
  expect(etagOf('{}')).toBe(etagOf('{}'))
  expect(etagOf('{"a":1}')).not.toBe(etagOf('{"a":2}'))
})

test.each(['"abc"', 'W/"abc"', '"x", W/"abc"', ' "abc" ', '*', ' * '])('%s names "abc"', (header) => {
  expect(matchesEtag(header, '"abc"')).toBe(true)
})

test.each([undefined, '', 'abc', '"ab"', '"abc', '"x","y"', '"*"'])('%s does not', (header) => {
  expect(matchesEtag(header, '"abc"')).toBe(false)
})
