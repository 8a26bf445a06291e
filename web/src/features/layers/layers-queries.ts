import { routes, type RouteBodyInput, type Routes } from '@assay/server/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/client.ts'

export function holdoutsQuery(project: string) {
  return queryOptions({ queryKey: ['holdouts', project], queryFn: () => call(routes.listHoldouts, { params: { project } }) })
}

/** Each write makes new rulesets; releasing a holdout may change rules of flags as well. */
function useStale(project: string, ...parts: string[]) {
  const client = useQueryClient()
  return () => Promise.all([...parts, 'audit', 'project'].map((part) => client.invalidateQueries({ queryKey: [part, project] })))
}

export function useCreateLayer(project: string) {
  return useMutation({ mutationFn: (body: RouteBodyInput<Routes['createLayer']>) => call(routes.createLayer, { params: { project }, body }), onSuccess: useStale(project, 'layers') })
}

export function useDeleteLayer(project: string) {
  return useMutation({ mutationFn: (layer: string) => call(routes.deleteLayer, { params: { project, layer } }), onSuccess: useStale(project, 'layers') })
}

export function useCreateHoldout(project: string) {
  return useMutation({ mutationFn: (body: RouteBodyInput<Routes['createHoldout']>) => call(routes.createHoldout, { params: { project }, body }), onSuccess: useStale(project, 'holdouts') })
}

export function useReleaseHoldout(project: string) {
  return useMutation({ mutationFn: (holdout: string) => call(routes.releaseHoldout, { params: { project, holdout } }), onSuccess: useStale(project, 'holdouts', 'flag', 'flags') })
}
