import { roles, type ReviewPolicy } from '@assay/server/contract'
import { policyText } from '../policy-text.ts'
import { dueText } from '../schedule/schedule-words.ts'

/** An object that people know by a sentence: what an environment asks of changes, or when one is due. Null for others. */
export function knownText(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null
  if (isPolicy(value)) return policyText(value)
  if (isSchedule(value)) return dueText(value)
  return null
}

function isPolicy(value: object): value is ReviewPolicy {
  return 'approvals' in value && typeof value.approvals === 'number' && 'requireReason' in value && typeof value.requireReason === 'boolean' && 'approvers' in value && Array.isArray(value.approvers) && value.approvers.every((role) => roles.some((known) => known === role))
}

function isSchedule(value: object): value is { at: string; timeZone: string } {
  return 'local' in value && 'at' in value && typeof value.at === 'string' && !Number.isNaN(Date.parse(value.at)) && 'timeZone' in value && typeof value.timeZone === 'string' && /^[A-Za-z]/.test(value.timeZone)
}
