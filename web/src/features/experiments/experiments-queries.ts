import { requestOf, routes, type ExperimentDetail, type ExperimentSetup, type RouteBodyInput, type RouteInput, type Routes } from '@assay/server/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import { experimentQuery } from '../../api/project-queries.ts'
import { useProjectKey } from '../../api/project.ts'
import { conflictOf } from '../../ui/conflict/conflict-of.ts'

/** New numbers are told. In between it is asked for often enough that the session does not run out under an open page. */
export const SETTLED_MS = 5 * 60_000

/** Results by an attribute or by day. Computed anew each time it is asked for, so an answer is kept while the page is open. */
export function dimensionQuery(project: string, experiment: string, query: RouteInput<Routes['getDimension']>['query']) {
  return queryOptions({ queryKey: ['dimension', project, experiment, query], queryFn: () => call(routes.getDimension, { params: { project, experiment }, query }), staleTime: SETTLED_MS, retry: false })
}

/** Writes of one experiment, each followed by what it makes stale. */
export function useExperimentWrites(experiment: string) {
  const project = useProjectKey()
  const client = useQueryClient()
  const params = { project, experiment }
  const settle = async (written: ExperimentDetail, ...stale: string[]) => {
    client.setQueryData(experimentQuery(project, experiment).queryKey, written)
    await Promise.all(['experiments', 'audit', ...stale].map((part) => client.invalidateQueries({ queryKey: [part, project] })))
    return written
  }
  /** What a start seals, as it stands now. */
  const reread = () => Promise.all(['experiment', 'hypothesis', 'metrics', 'cohorts'].map((part) => client.invalidateQueries({ queryKey: [part, project] })))
  const late = (error: Error) => (conflictOf(error) ? reread() : undefined)
  const served = ['hypotheses', 'hypothesis', 'flags', 'flag', 'layers'] as const
  return {
    save: useMutation({ mutationFn: async (body: { basedOn: number; setup: ExperimentSetup }) => settle(await call(routes.saveExperiment, { params, body })) }),
    start: useMutation({ mutationFn: async (body: RouteBodyInput<Routes['startExperiment']>) => settle(await call(routes.startExperiment, { params, body }), ...served), onError: late }),
    cover: useMutation({ mutationFn: async (body: RouteBodyInput<Routes['coverExperiment']>) => settle(await call(routes.coverExperiment, { params, body }), ...served), onError: late }),
    rearm: useMutation({ mutationFn: async (body: RouteBodyInput<Routes['rearmExperiment']>) => settle(await call(routes.rearmExperiment, { params, body }), ...served), onError: late }),
    extend: useMutation({ mutationFn: async (body: RouteBodyInput<Routes['extendExperiment']>) => settle(await call(routes.extendExperiment, { params, body })), onError: late }),
    resume: useMutation({ mutationFn: async (body: RouteBodyInput<Routes['resumeExperiment']>) => settle(await call(routes.resumeExperiment, { params, body }), ...served), onError: late }),
    stop: useMutation({ mutationFn: async (body: RouteBodyInput<Routes['stopExperiment']>) => settle(await call(routes.stopExperiment, { params, body }), ...served) }),
    decide: useMutation({ mutationFn: async (body: RouteBodyInput<Routes['decideExperiment']>) => settle(await call(routes.decideExperiment, { params, body }), ...served, 'tasks', 'learnings', 'programme') }),
    /** The numbers are shown once it is on record. */
    showNumbers: useMutation({ mutationFn: async () => { await call(routes.showNumbers, { params }) }, onSuccess: () => client.invalidateQueries({ queryKey: ['audit', project] }) }),
    analyse: useMutation({ mutationFn: async () => settle(await call(routes.analyseExperiment, { params })) }),
  }
}

/** Addresses of what can be downloaded. */
export function exportPaths(project: string, experiment: string) {
  const params = { project, experiment }
  return {
    resultsJson: requestOf(routes.exportResults, { params, query: { format: 'json' } }).path,
    resultsCsv: requestOf(routes.exportResults, { params, query: { format: 'csv' } }).path,
    bundle: requestOf(routes.exportBundle, { params }).path,
  }
}
