import type { MetricType } from '../contract/metrics.ts'

/** Metrics that are a share of people: read with the tests and intervals of proportions, shown in per cent. */
export function isShareType(type: MetricType): boolean {
  return type === 'conversion' || type === 'retention' || type === 'funnel'
}
