import { expect, test } from 'vitest'
import { rolesText } from './project.ts'

test('roles read as people', () => {
  expect(rolesText(['admin'])).toBe('an admin')
  expect(rolesText(['product_owner', 'engineer', 'admin'])).toBe('a product owner, an engineer or an admin')
})
