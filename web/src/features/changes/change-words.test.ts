import { expect, test } from 'vitest'
import { approvalsText, asItStands, nextStep, standing, whyNoApproval } from './change-words.ts'
import { aChange, aConflict, aReview, policy } from './change.samples.ts'

test('approvals are counted where any are needed', () => {
  expect(approvalsText(aChange({ approvals: { given: 1, needed: 2 } }))).toBe('1 of 2 approvals')
  expect(approvalsText(aChange({ approvals: { given: 0, needed: 1 } }))).toBe('0 of 1 approval')
  expect(approvalsText(aChange({ approvals: { given: 0, needed: 0 } }))).toBe('')
})

test('a person stands by their newest word; comments are none', () => {
  const reviews = [aReview({ verdict: 'changes_requested' }), aReview({ by: { id: '9', name: 'Amara Okafor' } }), aReview({ verdict: 'approved' }), aReview({ verdict: 'comment', comment: 'Nice' })]
  expect(standing(reviews).map(({ by, verdict }) => `${by.name} ${verdict}`)).toEqual(['Amara Okafor approved', 'Jonas Lind approved'])
})

test('the next step is said to whoever reads', () => {
  const open = aChange({ approvals: { given: 0, needed: 2 } })
  expect(nextStep(open, policy, false)).toBe('It needs 2 more approvals of an engineer or an admin other than Mina Kaur.')
  expect(nextStep({ ...open, approvals: { given: 1, needed: 2 } }, policy, true)).toBe('It needs 1 more approval of an engineer or an admin other than you.')
  const asked = aChange({ reviews: [aReview({ verdict: 'changes_requested' })] })
  expect(nextStep(asked, policy, true)).toBe('Jonas Lind asked for changes. Revise it, or withdraw it.')
  expect(nextStep(aChange({ reviews: [aReview({ verdict: 'changes_requested', outdated: true })] }), policy, false)).toMatch(/1 more approval/)
  expect(nextStep(aChange({ status: 'conflicted' }), policy, false)).toBe('Live moved on in the same place. Nothing is written until Mina Kaur chooses.')
  expect(nextStep(aChange({ status: 'applied', applied: { at: '2026-11-21T10:00:00Z', by: 'Ada Admin', revision: 5 } }), policy, false)).toBe('Ada Admin applied it as revision 5.')
})

test('what its time applied, no person did', () => {
  const schedule = { at: '2026-11-21T09:00:00.000Z', local: '2026-11-21T09:00', timeZone: 'UTC' }
  const applied = { at: '2026-11-21T09:00:02.000Z', by: 'Mina Kaur', revision: 5 }
  expect(nextStep(aChange({ status: 'applied', schedule, applied }), policy, false)).toBe('It applied itself at its time, as revision 5.')
  expect(nextStep(aChange({ status: 'applied', schedule, applied: { ...applied, at: '2026-11-20T09:00:00.000Z' } }), policy, false)).toBe('Mina Kaur applied it as revision 5.')
})

test('nobody approves what they proposed, nor without a role that may', () => {
  expect(whyNoApproval(aChange(), policy, { id: '7', role: 'admin' })).toBe('You proposed this, so somebody else has to approve it.')
  expect(whyNoApproval(aChange(), policy, { id: '1', role: 'product_owner' })).toBe('Approvals here count from an engineer or an admin. You are a product owner: you can comment.')
  expect(whyNoApproval(aChange(), policy, { id: '1', role: 'engineer' })).toBeNull()
})

test('a change that live overlaps with is in conflict before anybody applies it', () => {
  expect(asItStands(aConflict({ status: 'approved' })).status).toBe('conflicted')
  expect(asItStands(aChange({ status: 'approved' })).status).toBe('approved')
})
