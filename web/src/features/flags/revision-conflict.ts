import { targeting, type RevisionConflict } from '@assay/server/contract'
import { ApiError } from '../../api/client.ts'
import type { Version } from './draft.ts'

/** What stands now, from a save that was refused because somebody else saved first; undefined for any other failure. */
export function conflictingVersion(error: unknown): Version | undefined {
  if (!(error instanceof ApiError) || error.code !== 'revision_conflict' || !isConflict(error.details)) return undefined
  const { current, currentRevision, changedBy } = error.details
  const document = typeof current === 'object' && current !== null && 'targeting' in current ? targeting.safeParse(current.targeting) : undefined
  return document?.success ? { revision: currentRevision, targeting: document.data, changedBy: changedBy ?? 'Somebody else' } : undefined
}

function isConflict(details: unknown): details is RevisionConflict {
  return typeof details === 'object' && details !== null && 'currentRevision' in details && typeof details.currentRevision === 'number' && 'current' in details
}
