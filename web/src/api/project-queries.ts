import { routes, type FlagView } from '@assay/server/contract'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from './client.ts'

/** What several features ask for, under the keys that every change invalidates. */
export function cohortsQuery(project: string) {
  return queryOptions({ queryKey: ['cohorts', project], queryFn: () => call(routes.listCohorts, { params: { project } }) })
}

export function hypothesesQuery(project: string) {
  return queryOptions({ queryKey: ['hypotheses', project], queryFn: () => call(routes.listHypotheses, { params: { project } }) })
}

export function experimentsQuery(project: string) {
  return queryOptions({ queryKey: ['experiments', project], queryFn: () => call(routes.listExperiments, { params: { project } }) })
}

export function metricsQuery(project: string) {
  return queryOptions({ queryKey: ['metrics', project], queryFn: () => call(routes.listMetrics, { params: { project } }) })
}

export function membersQuery(project: string) {
  return queryOptions({ queryKey: ['members', project], queryFn: () => call(routes.listMembers, { params: { project } }) })
}

/** SDK keys, for those who may see them. */
export function keysQuery(project: string) {
  return queryOptions({ queryKey: ['keys', project], queryFn: () => call(routes.listKeys, { params: { project } }) })
}

/** Proposed and scheduled changes. */
export function changesQuery(project: string) {
  return queryOptions({ queryKey: ['changes', project], queryFn: () => call(routes.listChanges, { params: { project }, query: {} }) })
}

/** What waits for the person signed in. Days pass without anybody changing anything: it is asked for again now and then. */
export function inboxQuery(project: string) {
  return queryOptions({ queryKey: ['inbox', project], queryFn: () => call(routes.getInbox, { params: { project } }), refetchInterval: 5 * 60_000 })
}

/** Layers and who takes which part of them. */
export function layersQuery(project: string) {
  return queryOptions({ queryKey: ['layers', project], queryFn: () => call(routes.listLayers, { params: { project } }) })
}

/** How often counts of evaluations are read anew. */
export const COUNT_AGAIN_MS = 60_000

/** More keys than this are not named in an address: all flags are asked for then. */
const MOST_KEYS = 50

function named(flags: readonly string[] | undefined): { flags?: string } {
  return flags === undefined || flags.length > MOST_KEYS ? {} : { flags: [...new Set(flags)].sort().join(',') }
}

/** Lifecycle and decisions of flags. The pages stand without it: it lies over what is known of the flags themselves. */
export function usageQuery(project: string, flags?: readonly string[]) {
  const asked = named(flags)
  return queryOptions({
    queryKey: ['usage', project, 'of', asked],
    queryFn: () => (asked.flags === '' ? { flags: [] } : call(routes.listUsage, { params: { project }, query: asked })),
    refetchInterval: COUNT_AGAIN_MS, staleTime: COUNT_AGAIN_MS / 2, retry: false,
  })
}

/** Names and variants of flags: of those named, or of all. */
export function flagNamesQuery(project: string, flags?: readonly string[]) {
  const asked = named(flags)
  return queryOptions({ queryKey: ['flags', project, 'names', asked], queryFn: () => (asked.flags === '' ? { flags: [] } : call(routes.listFlagNames, { params: { project }, query: asked })) })
}

/** The few flags that a search finds first, by name; of a view, or of all. */
export function flagSearchQuery(project: string, search: string, view?: FlagView) {
  return queryOptions({
    queryKey: ['flags', project, 'search', search, view],
    queryFn: ({ signal }) => call(routes.listFlags, { params: { project }, query: { q: search, sort: 'flag', limit: 20, ...(view === undefined ? {} : { view }) } }, signal),
    placeholderData: keepPreviousData,
  })
}

/** How many flags each saved view holds, and the tags and owners in use. */
export function flagViewsQuery(project: string) {
  return queryOptions({ queryKey: ['flags', project, 'views'], queryFn: () => call(routes.countFlags, { params: { project } }) })
}

export function flagQuery(project: string, flag: string) {
  return queryOptions({ queryKey: ['flag', project, flag], queryFn: () => call(routes.getFlag, { params: { project, flag } }) })
}

export function hypothesisQuery(project: string, hypothesis: string) {
  return queryOptions({ queryKey: ['hypothesis', project, hypothesis], queryFn: () => call(routes.getHypothesis, { params: { project, hypothesis } }) })
}

export function experimentQuery(project: string, experiment: string) {
  return queryOptions({ queryKey: ['experiment', project, experiment], queryFn: () => call(routes.getExperiment, { params: { project, experiment } }) })
}

/** SDKs that went away send no word: that one is missing shows when it is asked for. */
const MISSED_AFTER_MS = 30_000

/** Connected SDKs of an environment and the ruleset each has applied. */
export function connectionsQuery(project: string, environment: string, everyMs = MISSED_AFTER_MS) {
  return queryOptions({ queryKey: ['connections', project, environment], queryFn: () => call(routes.getConnections, { params: { project, environment } }), refetchInterval: everyMs, staleTime: 0 })
}

export interface AuditFilter {
  kind?: string
  key?: string
  environment?: string
  /** Name of a person. */
  actor?: string
  /** Instants, both included. */
  from?: string
  to?: string
  /** `seq` of the only one. */
  entry?: number
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
