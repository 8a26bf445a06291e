import type { Environment, Member, ReviewPolicy } from '@assay/server/contract'
import { plural } from '../../ui/format.ts'

/** What saving would change for those who work here, point by point; empty where nothing does. */
export function environmentConsequences(before: Environment, after: Pick<Environment, 'name' | 'production' | 'policy'>): string[] {
  const [was, is] = [before.policy, after.policy]
  return [
    ...(before.production || !after.production ? [] : ['It is marked as production: edits are looked over before they apply, and the flag key is typed where more people may meet a change. The lifecycle of flags goes by what happens here.']),
    ...(!before.production || after.production ? [] : ['It is no longer marked as production: edits apply without being looked over, and flags may be switched with one click. The lifecycle of flags no longer goes by what happens here.']),
    ...(was.approvals === 0 && is.approvals > 0 ? ['Saving a flag here is refused without approval. An admin may go past it with a reason, which the audit log keeps.'] : []),
    ...(was.approvals > 0 && is.approvals === 0 ? ['Anybody who may change flags changes them here alone, at once.'] : []),
    ...(was.approvals > 0 && is.approvals > 0 && was.approvals !== is.approvals ? [`Open changes need ${plural(is.approvals, 'approval')} from now on, those that are approved already as well.`] : []),
    ...(is.approvals > 0 && was.approvals > 0 && was.approvers.some((role) => !is.approvers.includes(role)) ? ['Approvals of roles that may no longer approve do not count any more.'] : []),
    ...(is.approvals === 0 && was.requireReason && !is.requireReason && was.approvals === 0 ? ['The audit log no longer says why, unless people say it on their own.'] : []),
  ]
}

/** Why nothing could be approved by the people that are here; null where it can. */
export function tooFewApprovers({ approvals, approvers }: ReviewPolicy, members: readonly Member[]): string | null {
  if (approvals === 0) return null
  const able = members.filter(({ role, invited }) => !invited && approvers.includes(role)).length
  // The author, who may be one of them, does not count.
  if (able > approvals) return null
  return `${able === 0 ? 'Nobody here' : able === 1 ? 'Only 1 person here' : `Only ${able} people here`} may approve. ${able < approvals ? `${plural(approvals, 'approval')} can never come together` : 'What one of them proposes can never be approved'}: invite people, or let more roles approve.`
}
