import type { Change, ChangeReview, ChangeStatus, ChangeSummary, ReviewPolicy, Role } from '@assay/server/contract'
import { rolesText } from '../../api/project.ts'
import type { Tone } from '../../ui/chip.tsx'
import { plural } from '../../ui/format.ts'

export const statusWords: Record<ChangeStatus, { words: string; tone: Tone }> = {
  open: { words: 'Waiting for review', tone: 'warn' },
  approved: { words: 'Approved', tone: 'win' },
  scheduled: { words: 'Scheduled', tone: 'info' },
  applied: { words: 'Applied', tone: 'win' },
  rejected: { words: 'Rejected', tone: 'flat' },
  withdrawn: { words: 'Withdrawn', tone: 'flat' },
  conflicted: { words: 'Conflict', tone: 'loss' },
}

/** With its status as it stands now: where live changed the same place it is in conflict, found out when it is applied or before. */
export function asItStands(change: Change): Change {
  return change.divergence.state === 'conflict' ? { ...change, status: 'conflicted' } : change
}

/** `1 of 2 approvals`; empty where none are needed. */
export function approvalsText({ approvals: { given, needed } }: Pick<ChangeSummary, 'approvals'>): string {
  return needed === 0 ? '' : `${given} of ${plural(needed, 'approval')}`
}

/** The word that each person stands by: their newest approval or request, by person, oldest first. */
export function standing(reviews: readonly ChangeReview[]): ChangeReview[] {
  const byPerson = new Map<string, ChangeReview>()
  for (const review of reviews) {
    if (review.verdict === 'comment') continue
    const person = review.by.id ?? review.by.name
    byPerson.delete(person)
    byPerson.set(person, review)
  }
  return [...byPerson.values()]
}

/** What has to happen next, in a sentence. */
export function nextStep(change: Change, policy: ReviewPolicy, mine: boolean): string {
  const { status, approvals, author, schedule } = change
  switch (status) {
    case 'open': {
      const asked = standing(change.reviews).filter(({ verdict, outdated }) => verdict === 'changes_requested' && !outdated).map(({ by }) => by.name)
      if (asked.length > 0) return `${asked.join(' and ')} asked for changes. ${mine ? 'Revise it, or withdraw it.' : `${author.name} has to revise it.`}`
      const missing = Math.max(0, approvals.needed - approvals.given)
      return `It needs ${missing === 1 ? '1 more approval' : `${missing} more approvals`} of ${rolesText(policy.approvers)} other than ${mine ? 'you' : author.name}.${schedule === null ? '' : ' Then it applies at its time.'}`
    }
    case 'approved':
      return 'Nothing is missing. It goes live when somebody applies it.'
    case 'scheduled':
      return 'It applies by itself at its time, unless live moves on in the same place before.'
    case 'conflicted':
      return mine ? 'Live moved on in the same place. Nothing is written until you choose.' : `Live moved on in the same place. Nothing is written until ${author.name} chooses.`
    case 'applied':
      if (change.applied === null) return 'It is live.'
      return byItself(change) ? `It applied itself at its time, as revision ${change.applied.revision}.` : `${change.applied.by} applied it as revision ${change.applied.revision}.`
    case 'rejected':
      return 'It was turned down. Nothing of it is live.'
    case 'withdrawn':
      return `${author.name} took it back. Nothing of it is live.`
  }
}

/** Whether its time applied it, and no person. */
export function byItself({ applied, schedule, failure }: Change): boolean {
  return applied !== null && schedule !== null && failure === null && applied.at >= schedule.at
}

/** Why the person who asks cannot approve it; null where they can. */
export function whyNoApproval(change: Change, policy: ReviewPolicy, me: { id: string; role: Role | undefined }): string | null {
  if (change.author.id === me.id) return 'You proposed this, so somebody else has to approve it.'
  if (me.role === undefined) return 'You are not a member here.'
  if (!policy.approvers.includes(me.role)) return `Approvals here count from ${rolesText(policy.approvers)}. You are ${rolesText([me.role])}: you can comment.`
  return null
}
