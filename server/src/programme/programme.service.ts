import { analyse } from '../analysis/analyse.ts'
import { createAnalysisStore } from '../analysis/analysis.store.ts'
import { ENGINE_VERSION } from '../analysis/engine-version.ts'
import type { Analysis } from '../contract/analysis.ts'
import type { Holdout } from '../contract/layers.ts'
import type { Metric } from '../contract/metrics.ts'
import type { Programme } from '../contract/programme.ts'
import type { Deps } from '../deps.ts'
import { createExperimentsStore } from '../experiments/experiments.store.ts'
import { isStoreAway } from '../ingest/storage-errors.ts'
import { createLayersStore } from '../layers/layers.store.ts'
import { createMetricsStore } from '../metrics/metrics.store.ts'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import { holdoutPlan } from './holdout-plan.ts'
import { holdoutReading } from './holdout-reading.ts'
import { readProgramme } from './read-programme.ts'

/** How the experiments of a project do as a whole. */
export async function getProgramme(deps: Deps, projectId: string): Promise<Programme> {
  const experiments = await createExperimentsStore(deps.db).list(projectId)
  const read = readProgramme(experiments, deps.now())
  const metrics = await createMetricsStore(deps.db).list(projectId)
  const shipped = new Set(experiments.flatMap(({ summary, plan }) => (summary.decision?.choice === 'ship' && plan !== null ? plan.metrics.filter(({ role }) => role === 'primary').map(({ key }) => key) : [])))
  const measured = metrics.filter(({ key }) => shipped.has(key))
  const holdouts: Programme['holdouts'] = []
  for (const holdout of await createLayersStore(deps.db).holdouts(projectId)) holdouts.push(...(await readHoldout(deps, projectId, holdout, measured)))
  return { ...read, holdouts }
}

/** One reading per production environment. Exposures of a holdout are recorded as those of an experiment are, so it is analysed by the same passes. */
async function readHoldout(deps: Deps, projectId: string, holdout: Holdout, metrics: readonly Metric[]): Promise<Programme['holdouts']> {
  const environments = (await createEnvironmentsStore(deps.db).list(projectId)).filter(({ production }) => production)
  const readings: Programme['holdouts'] = []
  for (const { id: environmentId, key } of environments) {
    readings.push(holdoutReading(holdout, key, metrics.length === 0 ? 'nothing_shipped' : await measure(deps, projectId, { environmentId, environment: key }, holdout, metrics)))
  }
  return readings
}

async function measure(deps: Deps, projectId: string, { environmentId, environment }: { environmentId: string; environment: string }, holdout: Holdout, metrics: readonly Metric[]): Promise<Analysis | 'away'> {
  const plan = holdoutPlan(holdout, environment, metrics, ENGINE_VERSION)
  const now = deps.now()
  try {
    const observations = await createAnalysisStore(deps.events).observe({ projectId, environmentId, plan, endedAt: null, now })
    return analyse({ plan, planHash: '', startedAt: new Date(holdout.createdAt), endedAt: null, now, observations, looks: [], lastLookVerdict: null }).analysis
  } catch (error) {
    if (isStoreAway(error)) return 'away'
    throw error
  }
}
