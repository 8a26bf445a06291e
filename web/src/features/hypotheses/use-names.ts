import { useQuery } from '@tanstack/react-query'
import { cohortsQuery, metricsQuery } from '../../api/project-queries.ts'
import { useProjectKey } from '../../api/project.ts'
import type { Names } from './believe-sentence.ts'

/** Names of metrics and cohorts by their keys; the key itself until they are loaded. */
export function useNames(): Names {
  const project = useProjectKey()
  const metrics = useQuery(metricsQuery(project)).data?.metrics
  const cohorts = useQuery(cohortsQuery(project)).data?.cohorts
  return {
    metric: (key) => metrics?.find((metric) => metric.key === key)?.name ?? key,
    cohort: (key) => cohorts?.find((cohort) => cohort.key === key)?.name ?? key,
  }
}
