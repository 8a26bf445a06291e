import { useQueries, useQuery } from '@tanstack/react-query'
import { experimentQuery, experimentsQuery } from '../../api/project-queries.ts'
import { useProjectKey } from '../../api/project.ts'
import { baselineOf, type Baseline } from './baseline.ts'

const NEWEST = 5

/** What the newest experiments in an environment measured of a metric under control. */
export function useBaseline(metric: string | null, environment: string): Baseline | null {
  const project = useProjectKey()
  const list = useQuery(experimentsQuery(project))
  const measured = (list.data?.experiments ?? []).filter((experiment) => experiment.people > 0 && experiment.environment === environment).slice(0, NEWEST)
  const details = useQueries({ queries: measured.map((experiment) => ({ ...experimentQuery(project, experiment.key), enabled: metric !== null })) })
  return metric === null ? null : baselineOf(metric, details.flatMap(({ data }) => (data ? [data] : [])))
}
