import { expect, test } from 'vitest'
import { checkUnitTypes } from './check-unit-types.ts'

const user = { key: 'user', attribute: 'targetingKey' }

test('what the engine can read is accepted', () => {
  expect(checkUnitTypes([user, { key: 'company', attribute: 'company.id' }, { key: 'device', attribute: 'device' }])).toEqual([])
})

test.each([
  [[{ key: 'company', attribute: 'company.id' }], 'unitTypes', 'The unit type user always exists.'],
  [[{ key: 'user', attribute: 'email' }], 'unitTypes.0.attribute', 'A user is read from targetingKey.'],
  [[user, { key: 'company', attribute: 'org.id' }], 'unitTypes.1.attribute', 'A company is read from company.id, else from company.'],
  [[user, { key: 'company', attribute: 'company' }, { key: 'company', attribute: 'company.id' }], 'unitTypes.2.key', 'Two unit types have the key company.'],
  [[user, { key: 'a.b', attribute: 'a.b' }], 'unitTypes.1.key', 'A unit type has no dot in its key: a.b would be read from inside another attribute.'],
])('%j is refused', (unitTypes, path, message) => {
  expect(checkUnitTypes(unitTypes)).toEqual([{ path, message }])
})
