import { analysisJob } from '../analysis/analysis.job.ts'
import { changesJob } from '../changes/changes.job.ts'
import { deliveryJob } from '../delivery/delivery.job.ts'
import type { Deps } from '../deps.ts'
import { coverageStepsJob } from '../experiments/coverage-steps.job.ts'
import { exportsJob } from '../exports/exports.job.ts'
import { spoolJob } from '../ingest/spool.job.ts'
import { tasksJob } from '../tasks/tasks.job.ts'
import { pruneWebhooksJob, webhooksJob } from '../webhooks/webhooks.job.ts'
import type { Job } from './job.ts'

/** Everything that recurs: name, interval, function. */
export function jobs(deps: Deps): Job[] {
  return [spoolJob(deps), analysisJob(deps), changesJob(deps), coverageStepsJob(deps), tasksJob(deps), exportsJob(deps), deliveryJob(deps), webhooksJob(deps), pruneWebhooksJob(deps)]
}
