import { allows, permissions, roles } from '@assay/server/contract'
import { expect, test } from 'vitest'
import { capabilities } from './capabilities.ts'

test('every permission of the contract is said in words, for the roles that carry it', () => {
  expect(capabilities).toHaveLength(Object.keys(permissions).length)
  expect(new Set(capabilities.map((capability) => capability.what)).size).toBe(capabilities.length)
  for (const role of roles) {
    const granted = Object.keys(permissions).filter((permission) => allows(role, permission as keyof typeof permissions)).length
    expect(capabilities.filter((capability) => capability.may[role])).toHaveLength(granted)
  }
})
