import { routes } from '@assay/server/contract'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/client.ts'

export function metricsQuery(project: string) {
  return queryOptions({ queryKey: ['metrics', project], queryFn: () => call(routes.listMetrics, { params: { project } }) })
}

/** Who decides by a metric, and who is guarded by it, is written in the hypotheses. */
export function hypothesesQuery(project: string) {
  return queryOptions({ queryKey: ['hypotheses', project], queryFn: () => call(routes.listHypotheses, { params: { project } }) })
}
