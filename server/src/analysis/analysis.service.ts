import type { Base } from '../base.ts'
import type { Analysis } from '../contract/analysis.ts'
import { AppError } from '../http/app-error.ts'
import { isStoreAway } from '../ingest/storage-errors.ts'
import { analyse } from './analyse.ts'
import { createAnalysisStore } from './analysis.store.ts'
import { createSnapshotsStore } from './snapshots.store.ts'

export type AnalysisDeps = Pick<Base, 'db' | 'events' | 'now'>

/** Analyses the current phase of a started experiment and stores the snapshot. */
export async function analyseExperiment(deps: AnalysisDeps, experimentId: string): Promise<Analysis> {
  const snapshots = createSnapshotsStore(deps.db)
  const experiment = await snapshots.experiment(experimentId)
  if (!experiment) throw new AppError('wrong_state', 'The experiment has not started: there is nothing to analyse.')
  const { plan, planHash, phase, startedAt, endedAt } = experiment
  const now = deps.now()
  const observations = await createAnalysisStore(deps.events)
    .observe({ ...experiment, now })
    .catch((error: unknown) => {
      if (!isStoreAway(error)) throw error
      throw new AppError('storage_unavailable', 'The event store does not answer: the newest analysis stands until it does.', { cause: error })
    })
  const looks = await snapshots.looks(experimentId, phase)
  const lastLookVerdict = looks.length === 0 ? null : await snapshots.lastLookVerdict(experimentId, phase)
  const { analysis, lookInformation } = analyse({ plan, planHash, startedAt, endedAt, now, observations, looks, lastLookVerdict })
  await snapshots.insert(experiment, analysis, lookInformation)
  return analysis
}
