import type { Deps } from '../deps.ts'
import type { Job } from '../jobs/job.ts'
import { refreshAnalysis } from './analysis.service.ts'
import { createSnapshotsStore } from './snapshots.store.ts'

/** Events that clients had still queued when an experiment ended arrive within this time. */
const LATE_MS = 3_600_000

/** Keeps the numbers of every running experiment, and of those that have just ended, at most minutes behind what came in. */
export function analysisJob(deps: Pick<Deps, 'db' | 'events' | 'log' | 'now'>): Job {
  return {
    name: 'analyse-experiments',
    everyMs: 120_000,
    async run(signal) {
      for (const id of await createSnapshotsStore(deps.db).toAnalyse(new Date(deps.now().getTime() - LATE_MS))) {
        if (signal.aborted) return
        await refreshAnalysis(deps, id).catch((error: unknown) => { deps.log.error({ err: error, experimentId: id }, 'An experiment could not be analysed') })
      }
    },
  }
}
