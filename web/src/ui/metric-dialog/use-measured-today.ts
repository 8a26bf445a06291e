import type { Metric } from '@assay/server/contract'
import { useQuery } from '@tanstack/react-query'
import { useProjectKey } from '../../api/project.ts'
import { definitionOf } from './definition-of.ts'
import { previewQuery } from './metric-insight-queries.ts'

export interface MeasuredToday {
  level: number
  /** Spread of what one person adds. */
  sd: number | null
  /** People first seen per day, on average. */
  peoplePerDay: number
  days: number
}

const DAYS = 28

/** Level and spread of a metric on the events that are there, to plan with; null where nothing is known, or not yet. */
export function useMeasuredToday(metric: Metric, environment: string, unitType: string): MeasuredToday | null {
  const project = useProjectKey()
  const { data, isPlaceholderData } = useQuery({ ...previewQuery(project, { environment, unitType, days: DAYS }, definitionOf(metric)), enabled: environment !== '' })
  if (data === undefined || isPlaceholderData || data.level === null) return null
  return { level: data.level, sd: data.sd, peoplePerDay: Math.round((data.units * data.oneIn) / DAYS), days: DAYS }
}
