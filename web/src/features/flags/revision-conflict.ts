import { targeting } from '@assay/server/contract'
import { conflictOf } from '../../ui/conflict/conflict-of.ts'
import type { Version } from './draft.ts'

/** What stands now, from a save that was refused because somebody else saved first; undefined for any other failure. */
export function conflictingVersion(error: unknown): Version | undefined {
  const conflict = conflictOf(error)
  if (!conflict) return undefined
  const { current, currentRevision, changedBy } = conflict
  const document = typeof current === 'object' && current !== null && 'targeting' in current ? targeting.safeParse(current.targeting) : undefined
  return document?.success ? { revision: currentRevision, targeting: document.data, changedBy: changedBy ?? 'Somebody else' } : undefined
}
