import type { Change, ChangeStatus, ChangeSummary } from '../contract/changes.ts'
import type { FlagEnvironment } from '../contract/flags.ts'
import { mergeTargeting, type Overlap, type Side } from '../contract/merge-targeting.ts'
import { allows, type Role } from '../contract/roles.ts'
import { sameValue } from '../contract/same-value.ts'
import { type ChangeRecord, isOpen } from './change-record.ts'
import { standing } from './standing.ts'
import { type Approvals, isOutdated, mayApprove, mayWrite, type Roles, tallyApprovals } from './tally-approvals.ts'

export interface Viewer {
  id: string
  role: Role
}

export function summaryOf(record: ChangeRecord, viewer: Viewer, roles: Roles, now: Date): ChangeSummary {
  const { key, flag, environment, reason, author, schedule, createdAt, changedAt } = record
  const approvals = tallyApprovals(record, roles)
  const status = standing(record, approvals, now)
  return {
    key,
    flag: flag.key,
    flagName: flag.name,
    environment: environment.key,
    status,
    reason,
    author,
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
    schedule: schedule && { at: schedule.at.toISOString(), local: schedule.local, timeZone: schedule.timeZone },
    approvals: { given: approvals.given, needed: approvals.needed },
    waitsForYou: isUpTo(viewer, record, status, approvals, roles),
  }
}

/** A change as somebody sees it: with its reviews, how live stands to it, and what they may do. */
export function changeOf(record: ChangeRecord, live: FlagEnvironment, viewer: Viewer, roles: Roles, now: Date): Change {
  const summary = summaryOf(record, viewer, roles, now)
  const divergence = divergenceOf(record, live)
  const { revision, basedOn, base, proposed, applied, failure } = record
  return {
    ...summary,
    revision,
    basedOn,
    base,
    proposed,
    reviews: record.reviews.map((review) => ({ ...review, at: review.at.toISOString(), outdated: isOutdated(review, record, roles) })),
    divergence,
    applied: applied && { ...applied, at: applied.at.toISOString() },
    failure,
    may: mayDo(record, summary, divergence, viewer),
  }
}

function mayDo(record: ChangeRecord, { status }: ChangeSummary, { state }: Change['divergence'], { id, role }: Viewer): Change['may'] {
  const open = isOpen(record) && allows(role, 'change.propose')
  const isAuthor = record.author.id === id
  const approves = mayApprove(record.environment.policy, role)
  return {
    edit: open && isAuthor,
    review: open && !isAuthor && approves,
    apply: (status === 'approved' || status === 'scheduled') && state !== 'conflict' && allows(role, 'flag.write'),
    withdraw: open && (isAuthor || approves || allows(role, 'flag.write')),
  }
}

/** Whether the next step is the viewer's: a review they have not given, applying it, or as its author revising it. */
function isUpTo({ id, role }: Viewer, record: ChangeRecord, status: ChangeStatus, { blockedBy }: Approvals, roles: Roles): boolean {
  const { author, revision, reviews, environment } = record
  const isAuthor = author.id === id
  if (status === 'conflicted') return isAuthor
  if (status === 'approved') return allows(role, 'flag.write') && (isAuthor || !mayWrite(author.id, roles))
  if (status !== 'open') return false
  if (isAuthor) return blockedBy.length > 0
  const said = reviews.some((review) => review.by.id === id && review.revision === revision && review.verdict !== 'comment')
  return !said && mayApprove(environment.policy, role) && allows(role, 'change.propose')
}

/** How live has moved since the proposal was made, and what both together would be. Of no interest once the change has ended. */
function divergenceOf(record: ChangeRecord, live: FlagEnvironment): Change['divergence'] {
  const now = { liveRevision: live.revision, live: live.targeting }
  if (!isOpen(record)) return { state: 'none', ...now, merged: null, overlaps: [] }
  const { targeting, overlaps } = mergeTargeting(record.base, live.targeting, record.proposed)
  if (overlaps.length > 0) return { state: 'conflict', ...now, merged: null, overlaps: overlaps.map(toOverlap) }
  return { state: sameValue(record.base, live.targeting) ? 'none' : 'diverged', ...now, merged: targeting, overlaps: [] }
}

function toOverlap({ id, subject, was, live, yours }: Overlap): Change['divergence']['overlaps'][number] {
  return { id, subject, was: toJson(was), live: toJson(live), yours: toJson(yours) }
}

/** Null where the place does not exist. */
function toJson(side: Side | undefined): Change['divergence']['overlaps'][number]['was'] {
  return side === undefined ? null : (JSON.parse(JSON.stringify(side)) as Change['divergence']['overlaps'][number]['was'])
}
