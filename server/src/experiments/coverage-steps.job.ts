import type { Deps } from '../deps.ts'
import type { Job } from '../jobs/job.ts'
import { applyDueSteps } from './coverage-steps.service.ts'

/** Takes the planned steps of running experiments within a minute of their time. */
export function coverageStepsJob(deps: Deps): Job {
  return { name: 'take-coverage-steps', everyMs: 60_000, run: (signal) => applyDueSteps(deps, signal) }
}
