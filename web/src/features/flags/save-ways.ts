import type { Environment } from '@assay/server/contract'
import { ApiError } from '../../api/client.ts'
import { plural } from '../../ui/format.ts'

/** How a change of targeting comes about: at once, after others have looked, at a time, or past the review on purpose. */
export type Way = 'now' | 'ask' | 'schedule' | 'bypass'

export interface SavePermits {
  write: boolean
  propose: boolean
  bypass: boolean
}

/** The ways open to a person in an environment, the usual one first. */
export function waysOf(reviewed: boolean, { write, propose, bypass }: SavePermits): Way[] {
  return [...(write && !reviewed ? ['now' as const] : []), ...(propose ? ['ask' as const, 'schedule' as const] : []), ...(write && reviewed && bypass ? ['bypass' as const] : [])]
}

export const wayNames: Readonly<Record<Way, string>> = { now: 'Apply now', ask: 'Ask for a review', schedule: 'Schedule', bypass: 'Without approval' }

/** The verb again, on the button. */
export function wayAction(way: Way, where: string): string {
  switch (way) {
    case 'now':
      return `Apply to ${where}`
    case 'ask':
      return 'Ask for a review'
    case 'schedule':
      return 'Schedule'
    case 'bypass':
      return 'Apply without approval'
  }
}

/** What the review is about, where nothing else is said. */
export function wayTitle(way: Way, where: string): string {
  switch (way) {
    case 'now':
    case 'bypass':
      return `Apply to ${where}`
    case 'ask':
      return `Propose a change of ${where}`
    case 'schedule':
      return `Schedule a change of ${where}`
  }
}

/** What comes of it, in a sentence. `approvals` are those of other people that it needs. */
export function wayWords(way: Way, environment: string, approvals: number): string {
  const approved = `${plural(approvals, 'other person has', 'other people have')} approved it`
  switch (way) {
    case 'now':
      return `${environment} changes at once. You can take it back in the history.`
    case 'ask':
      return `${environment} stays as it is ${approvals === 0 ? 'until somebody applies the change' : `until ${approved} and somebody applies it`}.`
    case 'schedule':
      return `${environment} changes by itself at that time${approvals === 0 ? '' : `, if ${approved} by then`}.`
    case 'bypass':
      return `${environment} changes at once, past its review. The history says so, with your reason.`
  }
}

/** Whether why has to be said. */
export function needsReason(way: Way, { production, policy }: Pick<Environment, 'production' | 'policy'>): boolean {
  return way !== 'now' || production || policy.requireReason
}

/** Refusals that a person can answer in the review: by a reason, by a confirmation, or by another way. */
export function isAnswerable(error: unknown): error is ApiError {
  return error instanceof ApiError && ['approval_required', 'reason_required', 'confirmation_required'].includes(error.code)
}
