import * as z from 'zod/mini'
import { revision, slug } from './fields.ts'
import type { HypothesisDraft } from './hypotheses.ts'

/** Revisions of everything that a start seals beside the set-up. Whoever starts names those that they have read. */
export const sealing = z.strictObject({
  hypothesis: revision,
  /** By key: the primary metric, guardrails and secondary metrics. */
  metrics: z.record(slug, revision),
  /** Null where the hypothesis is about everybody. */
  cohort: z.nullable(revision),
})
export type Sealing = z.infer<typeof sealing>

interface Revised {
  key: string
  revision: number
}

/** What a start would seal, of what was read of a project. */
export function sealingOf(hypothesis: HypothesisDraft & { revision: number }, metrics: readonly Revised[], cohorts: readonly Revised[]): Sealing {
  const named = new Set([hypothesis.primaryMetric, ...hypothesis.guardrails.map((guardrail) => guardrail.metric), ...hypothesis.secondaryMetrics])
  return {
    hypothesis: hypothesis.revision,
    metrics: Object.fromEntries(metrics.filter(({ key }) => named.has(key)).map((metric) => [metric.key, metric.revision])),
    cohort: cohorts.find(({ key }) => key === hypothesis.cohort)?.revision ?? null,
  }
}
