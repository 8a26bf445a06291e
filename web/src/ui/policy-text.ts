import type { ReviewPolicy } from '@assay/server/contract'
import { rolesText } from '../api/project.ts'
import { plural } from './format.ts'

/** What a change of targeting in an environment needs, in a sentence. */
export function policyText({ approvals, approvers, requireReason }: ReviewPolicy): string {
  if (approvals === 0) return requireReason ? 'Changes apply at once, with a reason.' : 'Changes apply at once.'
  return `Changes need a reason and ${plural(approvals, 'approval')} of ${rolesText(approvers)} other than the author.`
}
