import type { RevisionConflict } from '../contract/errors.ts'
import { AppError } from './app-error.ts'

interface Revised {
  revision: number
  changedBy: string
  changedAt: string
}

/**
 * Optimistic concurrency: every write names the revision it was based on. A write based on another revision than the
 * current one is refused with both sides, so that nothing is lost and a person can choose.
 */
export function assertBasedOn(current: Revised, basedOn: number, yours: unknown, what: string, outcome = 'Nothing was saved.'): void {
  if (basedOn === current.revision) return
  const details: RevisionConflict = {
    basedOn,
    currentRevision: current.revision,
    current,
    yours,
    changedBy: current.changedBy,
    changedAt: current.changedAt,
  }
  throw new AppError('revision_conflict', `${what} was changed by ${current.changedBy} since you opened it. ${outcome}`, { details })
}
