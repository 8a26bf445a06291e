import { expect, test } from 'vitest'
import { attributesOf, renamed, unitTypeProblem } from './unit-types.ts'

test('a user is the targeting key; others are read from their id, else from themselves', () => {
  expect(attributesOf('user')).toEqual(['targetingKey'])
  expect(attributesOf('company')).toEqual(['company.id', 'company'])
})

test('a renamed type is read from the same place', () => {
  expect(renamed({ key: 'company', attribute: 'company.id' }, 'tenant')).toEqual({ key: 'tenant', attribute: 'tenant.id' })
  expect(renamed({ key: 'company', attribute: 'company' }, 'tenant')).toEqual({ key: 'tenant', attribute: 'tenant' })
  expect(renamed({ key: '', attribute: '.id' }, 'tenant')).toEqual({ key: 'tenant', attribute: 'tenant.id' })
})

test.each([
  ['', 'Name the unit type.'],
  ['company.id', 'Use lower-case letters, digits, dashes or underscores, starting with a letter or digit.'],
  ['user', 'user is in the list already.'],
  ['company', null],
])('the key "%s" is judged: %s', (key, problem) => {
  expect(unitTypeProblem([{ key: 'user', attribute: 'targetingKey' }, { key, attribute: `${key}.id` }], 1)).toBe(problem)
})
