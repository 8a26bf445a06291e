import type { ExperimentDetail, Plan } from '../contract/experiments.ts'
import type { HypothesisDraft } from '../contract/hypotheses.ts'
import { metricDefinition, type Metric } from '../contract/metrics.ts'
import { sameValue } from '../contract/same-value.ts'

export type Deviation = ExperimentDetail['deviations'][number]

export interface Edited {
  by: string
  at: string
}

export interface PresentState {
  draft: HypothesisDraft
  /** Who changed the hypothesis last. */
  hypothesis: Edited
  metrics: ReadonlyMap<string, Metric>
  /** The sealed cohort as it stands now; null where it was deleted. */
  cohort: { revision: number; changedBy: string; changedAt: string } | null
}

const definitionFields = Object.keys(metricDefinition.shape) as (keyof typeof metricDefinition.shape)[]

/** Registered versus now: every edit of what the plan was sealed with, with who made the newest. The verdict follows the sealed side. */
export function edits(plan: Plan, now: PresentState): Deviation[] {
  const found: Deviation[] = []
  const compare = (what: string, registered: unknown, present: unknown, edited: Edited | undefined) => {
    if (!sameValue(registered ?? null, present ?? null)) found.push({ what, registered: words(registered), now: words(present), ...edited })
  }
  for (const field of [...new Set([...Object.keys(plan.hypothesis.draft), ...Object.keys(now.draft)])].sort() as (keyof HypothesisDraft)[]) {
    compare(`hypothesis ${field}`, plan.hypothesis.draft[field], now.draft[field], now.hypothesis)
  }
  for (const metric of plan.metrics) {
    const present = now.metrics.get(metric.key)
    const edited = present && { by: present.changedBy, at: present.changedAt }
    if (!present) {
      found.push({ what: `metric ${metric.key}`, registered: metric.name, now: 'removed' })
      continue
    }
    compare(`metric ${metric.key} name`, metric.name, present.name, edited)
    // The hypothesis says which way the primary metric should go.
    for (const field of definitionFields) if (field !== 'direction' || metric.role !== 'primary') compare(`metric ${metric.key} ${field}`, metric[field], present[field], edited)
  }
  if (plan.cohort) compare(`cohort ${plan.cohort.key}`, `revision ${plan.cohort.revision}`, now.cohort === null ? 'deleted' : `revision ${now.cohort.revision}`, now.cohort === null ? undefined : { by: now.cohort.changedBy, at: now.cohort.changedAt })
  return found
}

function words(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'none'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
