import type { ExperimentDetail } from '@assay/server/contract'
import type { ApiError } from '../../api/client.ts'

export type Blocker = ExperimentDetail['checklist'][number]

/** What the server said stands in the way of a start (`plan_incomplete`). */
export function blockersOf(error: ApiError): Blocker[] {
  return Array.isArray(error.details) ? error.details.filter(isBlocker) : []
}

function isBlocker(value: unknown): value is Blocker {
  return typeof value === 'object' && value !== null && 'id' in value && 'label' in value && 'evidence' in value && 'state' in value && value.state === 'blocker'
}
