import { routes, type MetricDefinition } from '@assay/server/contract'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../../api/client.ts'

/** Whose events a preview looks at. */
export interface PreviewScope {
  environment: string
  unitType: string
  days: number
}

/** What services recorded lately, for choosing from. */
export function eventsQuery(project: string, environment: string) {
  return queryOptions({ queryKey: ['events', project, environment], queryFn: () => call(routes.listEvents, { params: { project, environment } }), staleTime: 60_000 })
}

/** The last answer stays until the next one is there: numbers do not flicker while somebody types. */
export function previewQuery(project: string, scope: PreviewScope, definition: MetricDefinition) {
  return queryOptions({ queryKey: ['metric-preview', project, scope, definition], queryFn: () => call(routes.previewMetric, { params: { project }, body: { ...scope, definition } }), staleTime: 60_000, placeholderData: keepPreviousData, retry: false })
}
