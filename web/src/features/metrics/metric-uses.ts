import type { Hypothesis } from '@assay/server/contract'

/** Keys of the hypotheses that a metric decides, guards or explains. */
export interface MetricUses {
  decides: string[]
  guards: string[]
  explains: string[]
}

/** What each metric is used for, by its key. A metric that no hypothesis names is absent. */
export function metricUses(hypotheses: readonly Hypothesis[]): Map<string, MetricUses> {
  const uses = new Map<string, MetricUses>()
  const of = (metric: string) => {
    const known = uses.get(metric) ?? { decides: [], guards: [], explains: [] }
    uses.set(metric, known)
    return known
  }
  for (const { key, primaryMetric, guardrails, secondaryMetrics } of hypotheses) {
    if (primaryMetric !== null) of(primaryMetric).decides.push(key)
    for (const { metric } of guardrails) of(metric).guards.push(key)
    for (const metric of secondaryMetrics) of(metric).explains.push(key)
  }
  return uses
}
