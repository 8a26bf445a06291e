import type { ExperimentDetail, Plan } from '../contract/experiments.ts'
import type { HypothesisDraft } from '../contract/hypotheses.ts'
import type { Metric } from '../contract/metrics.ts'

export type Deviation = ExperimentDetail['deviations'][number]

export interface PresentState {
  draft: HypothesisDraft
  metrics: ReadonlyMap<string, Metric>
  cohortRevision: number | null
}

/** Registered versus now: every edit of what the plan was sealed with. The verdict follows the sealed side. */
export function deviations(plan: Plan, now: PresentState): Deviation[] {
  const found: Deviation[] = []
  const compare = (what: string, registered: unknown, present: unknown) => {
    if (JSON.stringify(registered) !== JSON.stringify(present)) found.push({ what, registered: words(registered), now: words(present) })
  }
  for (const field of Object.keys(plan.hypothesis.draft).sort() as (keyof HypothesisDraft)[]) {
    compare(`hypothesis ${field}`, plan.hypothesis.draft[field], now.draft[field])
  }
  for (const metric of plan.metrics) {
    const present = now.metrics.get(metric.key)
    for (const field of ['name', 'type', 'event', 'unitLabel', 'windowHours'] as const) compare(`metric ${metric.key} ${field}`, metric[field], present?.[field])
    if (metric.role !== 'primary') compare(`metric ${metric.key} direction`, metric.direction, present?.direction)
  }
  if (plan.cohort) compare(`cohort ${plan.cohort.key}`, `revision ${plan.cohort.revision}`, now.cohortRevision === null ? 'deleted' : `revision ${now.cohortRevision}`)
  return found
}

function words(value: unknown): string {
  if (value === undefined) return 'removed'
  if (value === null || value === '') return 'none'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
