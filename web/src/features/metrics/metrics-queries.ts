import { routes } from '@assay/server/contract'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/client.ts'

export function metricQuery(project: string, metric: string) {
  return queryOptions({ queryKey: ['metric', project, metric], queryFn: () => call(routes.getMetric, { params: { project, metric } }) })
}

/** Under the metric's own key: a change that is saved adds one. */
export function metricRevisionsQuery(project: string, metric: string) {
  return queryOptions({ queryKey: ['metric', project, metric, 'revisions'], queryFn: () => call(routes.listMetricRevisions, { params: { project, metric } }) })
}

export function metricPlansQuery(project: string, metric: string) {
  return queryOptions({ queryKey: ['metric', project, metric, 'plans'], queryFn: () => call(routes.listMetricPlans, { params: { project, metric } }) })
}
