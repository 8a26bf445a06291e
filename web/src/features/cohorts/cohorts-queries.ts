import { routes, type Cohort, type RouteBodyInput, type Routes } from '@assay/server/contract'
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import { useProjectKey } from '../../api/project.ts'
import { conflictOf } from '../../ui/conflict/conflict-of.ts'

export function cohortQuery(project: string, cohort: string) {
  return queryOptions({ queryKey: ['cohort', project, cohort], queryFn: () => call(routes.getCohort, { params: { project, cohort } }) })
}

/** Whom an edit takes in. Nothing is stored, so it may be asked as often as somebody types. */
export function cohortSizeQuery(project: string, edited: RouteBodyInput<Routes['previewCohort']>) {
  return queryOptions({ queryKey: ['cohort-size', project, edited], queryFn: () => call(routes.previewCohort, { params: { project }, body: edited }), staleTime: 60_000, placeholderData: keepPreviousData, retry: false })
}

/** A cohort is part of every ruleset: lists and the flags that use it are stale after a write. */
function useCohortStale() {
  const client = useQueryClient()
  const project = useProjectKey()
  return async (cohort?: Cohort) => {
    if (cohort) client.setQueryData(cohortQuery(project, cohort.key).queryKey, cohort)
    await Promise.all(['cohorts', 'flags', 'flag', 'audit', 'project'].map((part) => client.invalidateQueries({ queryKey: [part, project] })))
  }
}

export function useCreateCohort() {
  const project = useProjectKey()
  const stale = useCohortStale()
  return useMutation({ mutationFn: (body: RouteBodyInput<Routes['createCohort']>) => call(routes.createCohort, { params: { project }, body }), onSuccess: stale })
}

export function useSaveCohort(cohort: string) {
  const project = useProjectKey()
  const stale = useCohortStale()
  return useMutation({ mutationFn: (body: RouteBodyInput<Routes['saveCohort']>) => call(routes.saveCohort, { params: { project, cohort }, body }), onSuccess: stale })
}

export function useDeleteCohort(cohort: string) {
  const project = useProjectKey()
  const client = useQueryClient()
  const stale = useCohortStale()
  return useMutation({
    mutationFn: (basedOn: number) => call(routes.deleteCohort, { params: { project, cohort }, query: { basedOn } }),
    onSuccess: () => stale(),
    // The page shows what somebody else has made of it.
    onError: (error) => (conflictOf(error) ? client.invalidateQueries({ queryKey: cohortQuery(project, cohort).queryKey }) : undefined),
  })
}
