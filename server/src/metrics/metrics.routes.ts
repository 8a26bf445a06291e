import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import type { Registrar } from '../http/register.ts'
import { createMetric, saveMetric } from './metrics.service.ts'
import { createMetricsStore } from './metrics.store.ts'

export function registerMetricRoutes(on: Registrar, deps: Deps): void {
  const store = createMetricsStore(deps.db)

  on(routes.listMetrics, async ({ project }) => ({ metrics: await store.list(project.id) }))

  on(routes.getMetric, async ({ project, params }) => {
    const metric = await store.find(project.id, params.metric)
    if (!metric) throw new AppError('not_found', `There is no metric with the key ${params.metric}.`)
    return metric
  })

  on(routes.createMetric, ({ project, actor, body }) => createMetric(deps, project.id, actor, body))

  on(routes.saveMetric, ({ project, actor, params, body: { basedOn, reason, ...draft } }) => saveMetric(deps, project.id, actor, basedOn, { key: params.metric, ...draft }, reason ?? null))
}
