import type { ChangeReview, ChangeStatus } from '../contract/changes.ts'
import type { Targeting } from '../contract/flags.ts'
import type { ReviewPolicy } from '../contract/projects.ts'

export interface StoredReview {
  by: { id: string | null; name: string }
  verdict: ChangeReview['verdict']
  comment: string
  at: Date
  /** Of the proposal that was reviewed. */
  revision: number
}

/** A proposed change as it is stored, with what its standing follows from. */
export interface ChangeRecord {
  id: string
  projectId: string
  key: string
  flag: { id: string; key: string; name: string }
  environment: { id: string; key: string; policy: ReviewPolicy }
  status: ChangeStatus
  reason: string
  author: { id: string | null; name: string }
  revision: number
  basedOn: number
  base: Targeting
  proposed: Targeting
  schedule: { at: Date; local: string; timeZone: string } | null
  failure: string | null
  applied: { at: Date; by: string; revision: number } | null
  createdAt: Date
  changedAt: Date
  /** Oldest first. */
  reviews: StoredReview[]
}

/** Of changes that can still be applied one day. */
export const OPEN_STATUSES: readonly ChangeStatus[] = ['open', 'approved', 'scheduled', 'conflicted']

export function isOpen({ status }: { status: ChangeStatus }): boolean {
  return OPEN_STATUSES.includes(status)
}
