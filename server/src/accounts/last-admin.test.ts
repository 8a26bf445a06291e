import { expect, test } from 'vitest'
import type { Member } from '../contract/accounts.ts'
import { isLastAdmin } from './last-admin.ts'

const member = (userId: string, role: Member['role'], invited = false): Member => ({ userId, email: `${userId}@example.com`, name: userId, role, revision: 1, invited, lastSeenAt: null })

test('only an admin who can sign in counts', () => {
  expect(isLastAdmin([member('ada', 'admin'), member('eve', 'engineer')], 'ada')).toBe(true)
  expect(isLastAdmin([member('ada', 'admin'), member('new', 'admin', true)], 'ada')).toBe(true)
  expect(isLastAdmin([member('ada', 'admin'), member('bob', 'admin')], 'ada')).toBe(false)
  expect(isLastAdmin([member('ada', 'admin'), member('eve', 'engineer')], 'eve')).toBe(false)
  expect(isLastAdmin([member('ada', 'admin'), member('new', 'admin', true)], 'new')).toBe(false)
})
