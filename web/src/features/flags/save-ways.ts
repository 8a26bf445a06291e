import type { Environment } from '@assay/server/contract'
import { ApiError } from '../../api/client.ts'

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

/** Whether why has to be said. */
export function needsReason(way: Way, { production, policy }: Pick<Environment, 'production' | 'policy'>): boolean {
  return way !== 'now' || production || policy.requireReason
}

/** Refusals that a person can answer in the review: by a reason, by a confirmation, or by another way. */
export function isAnswerable(error: unknown): error is ApiError {
  return error instanceof ApiError && ['approval_required', 'reason_required', 'confirmation_required'].includes(error.code)
}
