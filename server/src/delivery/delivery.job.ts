import type { Deps } from '../deps.ts'
import type { Job } from '../jobs/job.ts'
import { readAllLogs } from './read-log.service.ts'

/** Keeps the flag steps at the heels of the audit log, so that nobody who opens Delivery waits for them. */
export function deliveryJob(deps: Deps): Job {
  return { name: 'read-flag-steps', everyMs: 30_000, run: (signal) => readAllLogs(deps, signal) }
}
