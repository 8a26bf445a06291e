import { expect, test } from 'vitest'
import { allows, commonRole, isForTokens, isRoleWithin, permissions, roles, type Permission } from './roles.ts'

const all = Object.keys(permissions) as Permission[]

test.each(roles.flatMap((one) => roles.map((other) => [one, other] as const)))('what %s and %s have in common allows nothing that either does not', (one, other) => {
  const common = commonRole(one, other)
  for (const permission of all) if (allows(common, permission)) expect([permission, allows(one, permission), allows(other, permission)]).toEqual([permission, true, true])
  expect(commonRole(other, one)).toBe(common)
})

test('a role is within itself and within admin, and deciding is not an engineer\'s', () => {
  for (const role of roles) expect([isRoleWithin(role, role), isRoleWithin(role, 'admin'), commonRole(role, role)]).toEqual([true, true, role])
  expect([isRoleWithin('product_owner', 'engineer'), isRoleWithin('engineer', 'product_owner'), commonRole('engineer', 'product_owner')]).toEqual([false, false, 'viewer'])
})

test('members and tokens are not for tokens', () => {
  expect(all.filter((permission) => !isForTokens(permission))).toEqual(['member.write', 'token.write'])
})
