import { routes } from '@assay/server/contract'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/client.ts'

export function metricsQuery(project: string) {
  return queryOptions({ queryKey: ['metrics', project], queryFn: () => call(routes.listMetrics, { params: { project } }) })
}
