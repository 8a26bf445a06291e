import type { Deps } from '../deps.ts'
import type { Job } from '../jobs/job.ts'
import { deliverDue, pruneDeliveries } from './deliver.service.ts'

/** Sends to webhooks what is due, within seconds of the change. */
export function webhooksJob(deps: Deps): Job {
  return { name: 'deliver-webhooks', everyMs: 2_000, run: (signal) => deliverDue(deps, signal) }
}

export function pruneWebhooksJob(deps: Deps): Job {
  return { name: 'prune-webhook-deliveries', everyMs: 60 * 60_000, run: () => pruneDeliveries(deps) }
}
