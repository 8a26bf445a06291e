import type { ChangeStatus } from '../contract/changes.ts'
import { type ChangeRecord, isOpen } from './change-record.ts'
import { type Approvals, type ReviewedProposal, type Roles, tallyApprovals } from './tally-approvals.ts'

export function isApproved({ given, needed, blockedBy }: Approvals): boolean {
  return blockedBy.length === 0 && given >= needed
}

/**
 * Where a change stands by the approvals it has now. One approved after its time, or that failed at its time, waits for
 * somebody to apply it: nothing goes live late by itself.
 */
export function standing({ status, schedule, failure }: Pick<ChangeRecord, 'status' | 'schedule' | 'failure'>, approvals: Approvals, now: Date): ChangeStatus {
  if (!isOpen({ status }) || status === 'conflicted') return status
  if (!isApproved(approvals)) return 'open'
  const waits = schedule !== null && failure === null && (status === 'scheduled' || schedule.at > now)
  return waits ? 'scheduled' : 'approved'
}

/** Why a change whose time has come is not applied, or null: its approvals had to be there before. */
export function heldBack(record: ReviewedProposal & { schedule: { at: Date } }, roles: Roles): string | null {
  const { blockedBy } = tallyApprovals(record, roles)
  if (blockedBy.length > 0) return `It was not applied at its time: ${blockedBy.join(' and ')} asked for changes.`
  const inTime = { ...record, reviews: record.reviews.filter(({ at }) => at <= record.schedule.at) }
  const { given, needed } = tallyApprovals(inTime, roles)
  if (given >= needed) return null
  return `It was not applied at its time: it needed ${needed === 1 ? 'one approval' : `${needed} approvals`} before, and had ${given === 0 ? 'none' : given}.`
}

/** Whether somebody turned the flag off after the revision that a proposal started from. */
export function turnedOffSince(revision: number, entries: readonly { revision: number; before: { enabled: boolean } | null; after: { enabled: boolean } }[]): boolean {
  return entries.some((entry) => entry.revision > revision && entry.before?.enabled === true && !entry.after.enabled)
}
