import type { ReviewPolicy } from '../contract/projects.ts'
import { allows, type Role } from '../contract/roles.ts'
import type { ChangeRecord, StoredReview } from './change-record.ts'

/** Roles of the project's members, by user id. */
export type Roles = ReadonlyMap<string, Role>

export interface Approvals {
  given: number
  needed: number
  /** Who asked for changes of this proposal and has not approved since. */
  blockedBy: string[]
}

/** What a tally looks at. */
export type ReviewedProposal = Pick<ChangeRecord, 'author' | 'revision' | 'reviews'> & { environment: { policy: ReviewPolicy } }

/** Whether somebody could have written by themselves what they proposed. */
export function mayWrite(userId: string | null, roles: Roles): boolean {
  const role = userId === null ? undefined : roles.get(userId)
  return role !== undefined && allows(role, 'flag.write')
}

/** Whether a role's approval counts in an environment. */
export function mayApprove(policy: ReviewPolicy, role: Role | undefined): boolean {
  return role !== undefined && policy.approvers.includes(role)
}

/**
 * Counts the newest verdict of each reviewer on the present proposal, by the policy and the roles of now: nobody approves
 * their own. An author who may not write flags needs somebody's approval also where the environment asks for none.
 */
export function tallyApprovals(proposal: ReviewedProposal, roles: Roles): Approvals {
  const { author, reviews, environment: { policy } } = proposal
  const verdicts = [...latestVerdicts(reviews.filter((review) => counts(review, proposal, roles))).values()]
  return {
    given: verdicts.filter(({ verdict }) => verdict === 'approved').length,
    needed: Math.max(policy.approvals, mayWrite(author.id, roles) ? 0 : 1),
    blockedBy: verdicts.filter(({ verdict }) => verdict === 'changes_requested').map(({ by }) => by.name),
  }
}

/** Whether a review is of an older proposal, was followed by another of the same person, or is by somebody who may no longer approve. */
export function isOutdated(review: StoredReview, proposal: ReviewedProposal, roles: Roles): boolean {
  if (review.verdict === 'comment') return review.revision !== proposal.revision
  if (!counts(review, proposal, roles)) return true
  return latestVerdicts(proposal.reviews.filter((other) => counts(other, proposal, roles))).get(review.by.id ?? '') !== review
}

function counts({ by, verdict, revision }: StoredReview, { author, revision: current, environment }: ReviewedProposal, roles: Roles): boolean {
  return verdict !== 'comment' && revision === current && by.id !== null && by.id !== author.id && mayApprove(environment.policy, roles.get(by.id))
}

function latestVerdicts(reviews: readonly StoredReview[]): Map<string, StoredReview> {
  return new Map(reviews.map((review) => [review.by.id ?? '', review]))
}
