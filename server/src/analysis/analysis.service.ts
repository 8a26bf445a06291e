import type { Base } from '../base.ts'
import type { Analysis } from '../contract/analysis.ts'
import { AppError } from '../http/app-error.ts'
import { isStoreAway } from '../ingest/storage-errors.ts'
import { analyse } from './analyse.ts'
import { createAnalysisStore } from './analysis.store.ts'
import { createArrivalsStore } from './arrivals.store.ts'
import { ENGINE_VERSION } from './engine-version.ts'
import { createSnapshotsStore, type StartedExperiment } from './snapshots.store.ts'

export type AnalysisDeps = Pick<Base, 'db' | 'events' | 'now'>

/** Time alone makes numbers too: windows close, and a plan has its days. */
const STANDS_MS = 3_600_000
/** What was received is readable this long after, unless the event store was away; then the hour above has it. */
const READABLE_MS = 60_000

/** As `analyseExperiment`, but where the newest snapshot would only be found again it is left to stand. */
export async function refreshAnalysis(deps: AnalysisDeps, experimentId: string): Promise<void> {
  const experiment = await createSnapshotsStore(deps.db).experiment(experimentId)
  if (experiment && await stillStands(deps, experiment)) return
  await analyseExperiment(deps, experimentId)
}

async function stillStands({ db, events, now }: AnalysisDeps, experiment: StartedExperiment): Promise<boolean> {
  const newest = await createSnapshotsStore(db).newest(experiment)
  if (!newest || newest.engineVersion !== ENGINE_VERSION || newest.movedSince) return false
  const { at } = newest
  if (at.getTime() + STANDS_MS <= now().getTime() || (experiment.endedAt !== null && experiment.endedAt > at)) return false
  return !(await createArrivalsStore(events).anySince(experiment, new Date(at.getTime() - READABLE_MS)))
}

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
