import type { Deps } from '../deps.ts'
import type { Job } from '../jobs/job.ts'
import { applyDueChanges } from './apply-change.service.ts'

/** Applies scheduled changes within seconds of their time. */
export function changesJob(deps: Deps): Job {
  return { name: 'apply-due-changes', everyMs: 3_000, run: (signal) => applyDueChanges(deps, signal) }
}
