import type { Role } from '../contract/roles.ts'
import type { StoredReview } from './change-record.ts'

/** Members of a project, by id. */
export const roles = new Map<string, Role>([['ann', 'engineer'], ['bob', 'engineer'], ['cleo', 'admin'], ['dan', 'product_owner'], ['eve', 'viewer']])

/** A review of the second revision. */
export const review = (id: string, verdict: StoredReview['verdict'], more: Partial<StoredReview> = {}): StoredReview => ({ by: { id, name: id }, verdict, comment: '', at: new Date('2027-03-01T10:00:00Z'), revision: 2, ...more })

/** By an engineer, for an environment where engineers and admins approve. */
export const proposal = (reviews: StoredReview[], more: { approvals?: number; author?: string } = {}) => ({
  author: { id: more.author ?? 'ann', name: 'Ann' }, revision: 2, reviews,
  environment: { id: 'e', key: 'production', policy: { approvals: more.approvals ?? 1, approvers: ['engineer' as const, 'admin' as const], requireReason: false } },
})
