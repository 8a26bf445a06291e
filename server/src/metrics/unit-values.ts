import type { EventSource, MetricDefinition } from '../contract/metrics.ts'

const HOUR_MS = 3_600_000
/** A window that never closes: greater than the distance between any two times. */
const OPEN_MS = Number.MAX_SAFE_INTEGER

/** Events that a metric reads, and whether they are counted or their values added up. */
export interface MetricSource extends EventSource {
  property?: string
  aggregate: 'count' | 'sum'
}

/** The metric's own event first, then the denominator, or the steps that follow. */
export function sourcesOf({ type, event, filter, property, aggregate, denominator, steps = [] }: MetricDefinition): MetricSource[] {
  const counts = type === 'count' || type === 'conversion' || type === 'retention' || type === 'funnel'
  const own: MetricSource = { event, ...(filter ? { filter } : {}), ...(property === undefined ? {} : { property }), aggregate: counts ? 'count' : (aggregate ?? 'sum') }
  return [own, ...(denominator ? [denominator] : []), ...steps.map((step) => ({ ...step, aggregate: 'count' as const }))]
}

/** From when (included) to when (excluded) after the first exposure an event counts, and how long a unit must wait before its value is final. */
export function countedWindow({ retention, windowHours }: MetricDefinition): { fromMs: number; untilMs: number; waitMs: number } {
  if (retention) return { fromMs: retention.fromHours * HOUR_MS, untilMs: retention.toHours * HOUR_MS, waitMs: retention.toHours * HOUR_MS }
  return { fromMs: 0, untilMs: windowHours === null ? OPEN_MS : windowHours * HOUR_MS, waitMs: (windowHours ?? 0) * HOUR_MS }
}
