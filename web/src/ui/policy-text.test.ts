import { expect, test } from 'vitest'
import { policyText } from './policy-text.ts'

test('a policy reads as what a change needs', () => {
  expect(policyText({ approvals: 0, approvers: ['admin'], requireReason: false })).toBe('Changes apply at once.')
  expect(policyText({ approvals: 0, approvers: ['admin'], requireReason: true })).toBe('Changes apply at once, with a reason.')
  expect(policyText({ approvals: 2, approvers: ['engineer', 'admin'], requireReason: true })).toBe('Changes need a reason and 2 approvals of an engineer or an admin other than the author.')
})
