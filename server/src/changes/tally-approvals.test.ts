import { expect, test } from 'vitest'
import type { StoredReview } from './change-record.ts'
import { proposal, review, roles } from './proposal.samples.ts'
import { isOutdated, tallyApprovals } from './tally-approvals.ts'

const tally = (...reviews: StoredReview[]) => tallyApprovals(proposal(reviews), roles)

test.each<[string, StoredReview[], number]>([
  ['an approver’s approval counts', [review('bob', 'approved')], 1],
  ['two people count twice, one person once', [review('bob', 'approved'), review('bob', 'approved'), review('cleo', 'approved')], 2],
  ['the author’s own does not', [review('ann', 'approved')], 0],
  ['one of an older proposal does not', [review('bob', 'approved', { revision: 1 })], 0],
  ['one of a role that may not approve does not', [review('dan', 'approved'), review('eve', 'approved')], 0],
  ['one of somebody who left does not', [review('gone', 'approved')], 0],
  ['a comment is no approval, and takes none back', [review('bob', 'approved'), review('bob', 'comment')], 1],
  ['asking for changes takes it back', [review('bob', 'approved'), review('bob', 'changes_requested')], 0],
])('%s', (_, reviews, given) => {
  expect(tally(...reviews).given).toBe(given)
})

test('who asked for changes blocks until they approve, and only as long as they may approve', () => {
  expect(tally(review('bob', 'changes_requested'), review('cleo', 'approved'))).toEqual({ given: 1, needed: 1, blockedBy: ['bob'] })
  expect(tally(review('bob', 'changes_requested'), review('bob', 'approved')).blockedBy).toEqual([])
  expect(tally(review('dan', 'changes_requested'), review('bob', 'changes_requested', { revision: 1 })).blockedBy).toEqual([])
})

test('who may not write flags needs one approval where nobody else does', () => {
  expect(tallyApprovals(proposal([], { approvals: 0 }), roles).needed).toBe(0)
  expect(tallyApprovals(proposal([], { approvals: 0, author: 'dan' }), roles).needed).toBe(1)
  expect(tallyApprovals(proposal([], { approvals: 0, author: 'gone' }), roles).needed).toBe(1)
  expect(tallyApprovals(proposal([], { approvals: 2, author: 'dan' }), roles).needed).toBe(2)
})

test('a review that does not count is outdated', () => {
  const reviews = [review('bob', 'approved', { revision: 1 }), review('bob', 'changes_requested'), review('bob', 'approved'), review('dan', 'approved'), review('eve', 'comment')]
  expect(reviews.map((each) => isOutdated(each, proposal(reviews), roles))).toEqual([true, true, false, true, false])
})
