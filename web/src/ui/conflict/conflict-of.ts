import type { RevisionConflict } from '@assay/server/contract'
import { ApiError } from '../../api/client.ts'

/** Both sides of a write that somebody else's came before; null where the server refused something else. */
export function conflictOf(error: unknown): RevisionConflict | null {
  if (!(error instanceof ApiError) || error.code !== 'revision_conflict') return null
  const { details } = error
  // The contract fixes these details for this code.
  return typeof details === 'object' && details !== null && 'current' in details && 'currentRevision' in details && typeof details.currentRevision === 'number' ? (details as RevisionConflict) : null
}
