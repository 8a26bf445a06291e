import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import type { Registrar } from '../http/register.ts'
import { isStoreAway } from '../ingest/storage-errors.ts'
import { createMetric, saveMetric } from './metrics.service.ts'
import { metricPlans } from './metric-plans.store.ts'
import { createMetricsStore } from './metrics.store.ts'
import { previewMetric } from './preview.service.ts'
import { listEvents } from './seen-events.service.ts'

export function registerMetricRoutes(on: Registrar, deps: Deps): void {
  const store = createMetricsStore(deps.db)

  on(routes.listMetrics, async ({ project }) => ({ metrics: await store.list(project.id) }))

  on(routes.getMetric, async ({ project, params }) => {
    const metric = await store.find(project.id, params.metric)
    if (!metric) throw noMetric(params.metric)
    return metric
  })

  on(routes.createMetric, ({ project, actor, body }) => createMetric(deps, project.id, actor, body))

  on(routes.saveMetric, ({ project, actor, params, body: { basedOn, reason, ...draft } }) => saveMetric(deps, project.id, actor, basedOn, { key: params.metric, ...draft }, reason ?? null))

  on(routes.listMetricRevisions, async ({ project, params }) => {
    const revisions = await store.revisions(project.id, params.metric)
    if (!revisions) throw noMetric(params.metric)
    return { revisions }
  })

  on(routes.listMetricPlans, async ({ project, params }) => {
    if (!(await store.find(project.id, params.metric))) throw noMetric(params.metric)
    return { plans: await metricPlans(deps.db, project.id, params.metric) }
  })

  on(routes.previewMetric, ({ project, body }) => answered(() => previewMetric(deps, project.id, body)))

  on(routes.listEvents, ({ project, params }) => answered(async () => ({ events: await listEvents(deps, project.id, params.environment) })))
}

function noMetric(key: string): AppError {
  return new AppError('not_found', `There is no metric with the key ${key}.`)
}

async function answered<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw isStoreAway(error) ? new AppError('storage_unavailable', 'The event store does not answer in time: try again, or look at fewer days.', { cause: error }) : error
  }
}
