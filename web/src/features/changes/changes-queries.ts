import { routes, type Change, type RouteBodyInput, type Routes } from '@assay/server/contract'
import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import { impactQuery } from '../../ui/impact/impact-query.ts'

export function changeQuery(project: string, change: string) {
  return queryOptions({ queryKey: ['change', project, change], queryFn: () => call(routes.getChange, { params: { project, change } }) })
}

/** Whose variant applying a change alters, as it stands against what is live. */
export function changeImpactQuery(project: string, { flag, environment, divergence, proposed }: Change) {
  return impactQuery({ project, flag, environment }, divergence.liveRevision, divergence.merged ?? proposed)
}

export function useReview(project: string, change: string) {
  const client = useQueryClient()
  return useMutation({ mutationFn: (body: RouteBodyInput<Routes['reviewChange']>) => call(routes.reviewChange, { params: { project, change }, body }), onSuccess: (saved) => { keep(client, project, saved) } })
}

export function useUpdateChange(project: string, change: string) {
  const client = useQueryClient()
  return useMutation({ mutationFn: (body: RouteBodyInput<Routes['updateChange']>) => call(routes.updateChange, { params: { project, change }, body }), onSuccess: (saved) => { keep(client, project, saved) } })
}

export function useWithdraw(project: string, change: string) {
  const client = useQueryClient()
  return useMutation({ mutationFn: (reason: string) => call(routes.withdrawChange, { params: { project, change }, body: reason === '' ? {} : { reason } }), onSuccess: (saved) => { keep(client, project, saved) } })
}

export function useApply(project: string, change: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: RouteBodyInput<Routes['applyChange']>) => call(routes.applyChange, { params: { project, change }, body }),
    onSuccess: (saved) => {
      keep(client, project, saved)
      for (const key of [['flag', project, saved.flag], ['flags', project], ['connections', project, saved.environment], ['project', project]]) void client.invalidateQueries({ queryKey: key })
    },
    // Live moved on, or somebody was faster: what stands now is asked for.
    onError: () => { void client.invalidateQueries({ queryKey: ['change', project, change] }) },
  })
}

function keep(client: QueryClient, project: string, saved: Change): void {
  client.setQueryData(changeQuery(project, saved.key).queryKey, saved)
  void client.invalidateQueries({ queryKey: ['changes', project] })
  void client.invalidateQueries({ queryKey: ['audit', project] })
}
