import type { ExperimentDetail } from '@assay/server/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { flagNamesQuery, hypothesisQuery, metricsQuery } from '../../api/project-queries.ts'
import { useProjectKey } from '../../api/project.ts'
import { Failure } from '../../ui/failure.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Draft } from './draft.tsx'

/** Fetches what a draft is edited with. */
export function DraftData({ experiment }: { experiment: ExperimentDetail }) {
  const project = useProjectKey()
  const flags = useQuery({ ...flagNamesQuery(project, [experiment.flag]), placeholderData: keepPreviousData })
  const hypothesis = useQuery(hypothesisQuery(project, experiment.hypothesis))
  const metrics = useQuery(metricsQuery(project))
  const error = flags.error ?? hypothesis.error ?? metrics.error
  if (!flags.data || !hypothesis.data || !metrics.data) return error ? <Failure error={error} onRetry={() => { void flags.refetch(); void hypothesis.refetch(); void metrics.refetch() }} /> : <Loading />
  return <Draft experiment={experiment} flags={flags.data.flags} hypothesis={hypothesis.data} metrics={metrics.data.metrics} />
}
