import type { Environment, Member, ReviewPolicy, Role } from '@assay/server/contract'
import { expect, test } from 'vitest'
import { environmentConsequences, tooFewApprovers } from './policy-words.ts'

const open: ReviewPolicy = { approvals: 0, approvers: ['engineer', 'admin'], requireReason: false }
const reviewed: ReviewPolicy = { ...open, approvals: 2, requireReason: true }
const environment = (policy: ReviewPolicy, production = false): Environment => ({ key: 'qa', name: 'QA', production, position: 0, policy, ofrepExtras: true, revision: 1, rulesetVersion: 1 })
const members = (...roles: Role[]): Member[] => roles.map((role, index) => ({ userId: String(index), email: `${index}@example.com`, name: `Person ${index}`, role, revision: 1, invited: false, lastSeenAt: null }))

test('saving says what becomes different, and nothing where nothing does', () => {
  expect(environmentConsequences(environment(open), environment(open))).toEqual([])
  expect(environmentConsequences(environment(open), environment(reviewed, true))).toEqual([expect.stringMatching(/marked as production/), expect.stringMatching(/refused without approval/)])
  expect(environmentConsequences(environment(reviewed, true), environment(open))).toEqual([expect.stringMatching(/no longer marked as production/), expect.stringMatching(/alone, at once/)])
  expect(environmentConsequences(environment(reviewed), environment({ ...reviewed, approvals: 1, approvers: ['admin'] }))).toEqual([expect.stringMatching(/need 1 approval from now on/), expect.stringMatching(/may no longer approve/)])
})

test('a policy that nobody here can satisfy is said before it is saved', () => {
  expect(tooFewApprovers(open, [])).toBeNull()
  expect(tooFewApprovers(reviewed, members('viewer', 'product_owner'))).toMatch(/^Nobody here may approve/)
  expect(tooFewApprovers(reviewed, members('admin'))).toMatch(/^Only 1 person here may approve. 2 approvals can never come together/)
  expect(tooFewApprovers(reviewed, members('admin', 'engineer'))).toMatch(/What one of them proposes can never be approved/)
  expect(tooFewApprovers(reviewed, members('admin', 'engineer', 'engineer'))).toBeNull()
  expect(tooFewApprovers({ ...reviewed, approvals: 1 }, [...members('admin'), { ...members('engineer')[0]!, invited: true }])).toMatch(/^Only 1 person/)
})
