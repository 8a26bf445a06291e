import { sameValue, type Metric } from '@assay/server/contract'
import { capWords, definitionWords, directionWords, filterWords, plainWords, typeWords, windowWords, type Words } from './metric-words.ts'

/** What a person edits of a metric. */
export const metricFields = ['name', 'description', 'owner', 'type', 'event', 'filter', 'property', 'aggregate', 'denominator', 'quantile', 'retention', 'steps', 'cap', 'direction', 'unitLabel', 'windowHours'] as const
export type MetricField = (typeof metricFields)[number]

/** Each field as it is called and shown. */
export const fieldWords: Record<MetricField, { label: string; show: (metric: Metric) => string }> = {
  name: { label: 'Name', show: ({ name }) => name },
  description: { label: 'Definition', show: ({ description }) => description || 'empty' },
  owner: { label: 'Owner', show: ({ owner }) => owner ?? 'nobody' },
  type: { label: 'What is computed', show: ({ type }) => typeWords[type] },
  event: { label: 'Event', show: ({ event }) => event },
  filter: { label: 'Conditions', show: ({ filter }) => (filter === undefined ? 'none' : plainWords(filterWords(filter)).trim()) },
  property: { label: 'Value', show: ({ property }) => property ?? 'the event’s own' },
  aggregate: { label: 'Above the line', show: ({ aggregate }) => (aggregate === 'count' ? 'events are counted' : 'values are added up') },
  denominator: { label: 'Below the line', show: ({ denominator }) => (denominator ? plainWords(sourceWords(denominator)) : 'nothing') },
  quantile: { label: 'Percentile', show: ({ quantile }) => (quantile ? `${Number((quantile.q * 100).toPrecision(8))}% of ${quantile.of === 'units' ? 'people’s sums' : 'all events'}` : 'none') },
  retention: { label: 'Comes back', show: ({ retention }) => (retention ? `from ${windowWords(retention.fromHours)} to ${windowWords(retention.toHours)}` : 'not asked') },
  steps: { label: 'Steps', show: ({ steps }) => (steps ? steps.map((step) => plainWords([{ name: step.event }, ...filterWords(step.filter)])).join(', then ') : 'none') },
  cap: { label: 'Cap', show: capWords },
  direction: { label: 'Better is', show: ({ direction }) => directionWords[direction] },
  unitLabel: { label: 'Unit', show: ({ unitLabel }) => unitLabel || 'none' },
  windowHours: { label: 'Window', show: ({ windowHours }) => windowWords(windowHours) },
}

function sourceWords({ event, filter, property, aggregate }: NonNullable<Metric['denominator']>): Words {
  return [aggregate === 'count' ? 'number of ' : property === undefined ? 'value of ' : `${property} of `, { name: event }, ...filterWords(filter)]
}

export interface FieldChange {
  field: MetricField | 'meaning'
  label: string
  was: string
  now: string
}

/** What differs between two revisions in words; where the computation does, first what it means in all. */
export function metricChanges(was: Metric, now: Metric): FieldChange[] {
  const fields = metricFields.filter((field) => !sameValue(was[field], now[field]))
  const meaning = [was, now].map((metric) => plainWords(definitionWords(metric)))
  return [
    ...(meaning[0] === meaning[1] ? [] : [{ field: 'meaning' as const, label: 'What it measures', was: meaning[0] ?? '', now: meaning[1] ?? '' }]),
    ...fields.map((field) => ({ field, label: fieldWords[field].label, was: fieldWords[field].show(was), now: fieldWords[field].show(now) })),
  ]
}
