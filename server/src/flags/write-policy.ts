import type { Targeting } from '../contract/flags.ts'
import type { ReviewPolicy } from '../contract/projects.ts'
import { allows, type Role } from '../contract/roles.ts'
import { sameValue } from '../contract/same-value.ts'
import { AppError } from '../http/app-error.ts'

/** How a write was asked for, as far as the environment's policy looks at it. */
export interface AskedWrite {
  environment: string
  before: Targeting
  after: Targeting
  role: Role
  reason: string | undefined
  bypass: boolean
}

/** Whether the only difference is that the flag goes off: that never waits for anything. */
export function onlyTurnsOff(before: Targeting, after: Targeting): boolean {
  return !after.enabled && sameValue({ ...before, enabled: false }, after)
}

/** Whether the flag only goes on or off, with the same rules. */
export function onlySwitches(before: Targeting, after: Targeting): boolean {
  return sameValue({ ...before, enabled: after.enabled }, after)
}

/** Throws what the policy refuses. `bypassed`: it went past the review, and the audit log must say so. */
export function admitWrite(policy: ReviewPolicy, { environment, before, after, role, reason = '', bypass }: AskedWrite): 'admitted' | 'bypassed' {
  if (onlyTurnsOff(before, after)) return 'admitted'
  const reviewed = policy.approvals > 0
  if (reviewed && !bypass) {
    const people = policy.approvals === 1 ? 'one approval' : `${policy.approvals} approvals`
    throw new AppError('approval_required', `A change in ${environment} needs ${people}: propose it for review. Nothing was saved.`, { details: { policy } })
  }
  if (reviewed && !allows(role, 'flag.bypass')) {
    throw new AppError('forbidden', `Your role is ${role.replace('_', ' ')}: it does not allow going past the review of ${environment}. Propose the change instead.`, { details: { permission: 'flag.bypass', role } })
  }
  if (reason === '' && (reviewed || policy.requireReason)) {
    throw new AppError('reason_required', reviewed ? `Say why this change in ${environment} cannot wait for its review.` : `A change in ${environment} needs a reason: say why.`)
  }
  return reviewed ? 'bypassed' : 'admitted'
}
