import type { Deps } from '../deps.ts'
import type { Job } from '../jobs/job.ts'

/** Moves what was spooled while the event store was away. */
export function spoolJob({ ingest, log }: Pick<Deps, 'ingest' | 'log'>): Job {
  return {
    name: 'drain-spool',
    everyMs: 5_000,
    async run(signal) {
      const batches = await ingest.drainSpool(signal)
      if (batches > 0) log.info({ batches }, 'Spooled batches are in the event store')
    },
  }
}
