import { routes } from '@assay/server/contract'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from './client.ts'

/** What several features ask for, under the keys that every change invalidates. */
export function flagsQuery(project: string) {
  return queryOptions({ queryKey: ['flags', project], queryFn: () => call(routes.listFlags, { params: { project }, query: {} }) })
}

export function cohortsQuery(project: string) {
  return queryOptions({ queryKey: ['cohorts', project], queryFn: () => call(routes.listCohorts, { params: { project } }) })
}

export function hypothesesQuery(project: string) {
  return queryOptions({ queryKey: ['hypotheses', project], queryFn: () => call(routes.listHypotheses, { params: { project } }) })
}

export function experimentsQuery(project: string) {
  return queryOptions({ queryKey: ['experiments', project], queryFn: () => call(routes.listExperiments, { params: { project } }) })
}

/** Connected SDKs of an environment and the ruleset each has applied, asked for again and again. */
export function connectionsQuery(project: string, environment: string, everyMs: number) {
  return queryOptions({ queryKey: ['connections', project, environment], queryFn: () => call(routes.getConnections, { params: { project, environment } }), refetchInterval: everyMs, staleTime: 0 })
}

export interface AuditFilter {
  kind?: string
  key?: string
  environment?: string
}

const PAGE = 50

/** Changes, newest first, page by page. */
export function auditQuery(project: string, filter: AuditFilter, limit = PAGE) {
  return infiniteQueryOptions({
    queryKey: ['audit', project, filter, limit],
    queryFn: ({ pageParam }) => call(routes.listAudit, { params: { project }, query: { ...filter, limit, ...(pageParam === null ? {} : { before: pageParam }) } }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.nextBefore,
  })
}
