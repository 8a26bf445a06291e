import type { Metric } from '@assay/server/contract'
import { windowWords } from './metric-form.ts'

/** What a person edits of a metric. */
export const metricFields = ['name', 'description', 'type', 'event', 'direction', 'unitLabel', 'windowHours'] as const

export const typeWords: Record<Metric['type'], string> = {
  conversion: 'Did it happen', count: 'How often', sum: 'How much in total', mean: 'How much per person', ratio: 'One total over another', quantile: 'A percentile', retention: 'Did they come back', funnel: 'Did they take every step',
}
export const directionWords: Record<Metric['direction'], string> = { increase: 'Higher is better', decrease: 'Lower is better' }

/** Each field as it is called and shown. */
export const metricWords: Record<(typeof metricFields)[number], { label: string; show: (metric: Metric) => string }> = {
  name: { label: 'Name', show: (metric) => metric.name },
  description: { label: 'Definition', show: (metric) => metric.description || 'empty' },
  type: { label: 'What is computed', show: (metric) => typeWords[metric.type] },
  event: { label: 'Event', show: (metric) => metric.event },
  direction: { label: 'Better is', show: (metric) => directionWords[metric.direction] },
  unitLabel: { label: 'Unit', show: (metric) => metric.unitLabel || 'none' },
  windowHours: { label: 'Window', show: (metric) => windowWords(metric.windowHours) },
}
