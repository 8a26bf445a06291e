import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { cohortsQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { Failure } from '../../ui/failure.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Top } from '../../ui/top.tsx'
import { CohortDetail } from './cohort-detail.tsx'
import { cohortQuery } from './cohorts-queries.ts'

export function CohortPage() {
  const project = useProject()
  const { cohort: key = '' } = useParams({ strict: false })
  const cohort = useQuery(cohortQuery(project.key, key))
  const cohorts = useQuery(cohortsQuery(project.key))
  const error = cohort.error ?? cohorts.error
  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Cohorts', to: `/p/${project.key}/cohorts` }, { label: cohort.data?.name ?? key }]} />
      {cohort.data && cohorts.data ? <CohortDetail key={key} cohort={cohort.data} cohorts={cohorts.data.cohorts} /> : error ? <Failure error={error} onRetry={() => { void cohort.refetch(); void cohorts.refetch() }} /> : <Loading />}
    </>
  )
}
