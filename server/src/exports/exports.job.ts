import type { Deps } from '../deps.ts'
import type { Job } from '../jobs/job.ts'
import { runDueExports } from './run-schedules.service.ts'

/** Runs scheduled exports within seconds of their time. */
export function exportsJob(deps: Deps): Job {
  return { name: 'run-scheduled-exports', everyMs: 3_000, run: (signal) => runDueExports(deps, signal) }
}
