import { keyOfName, metricTakes, type Direction, type EventSource, type Metric, type MetricDefinition, type MetricType, type PropertyFilter, type RouteBodyInput, type Routes } from '@assay/server/contract'

/** A condition as a row that keeps its place on the page. */
export type ConditionRow = PropertyFilter & { id: string }

export interface SourceForm {
  event: string
  filter: ConditionRow[]
}

type Typed = number | string
export type CapBy = 'none' | 'percentile' | 'value'

/** A metric as it is typed: fields of other kinds stay while somebody tries one kind after another. */
export interface MetricForm extends SourceForm {
  name: string
  /** Follows the name until somebody types one. */
  key: string
  description: string
  owner: string
  type: MetricType
  property: string
  aggregate: 'count' | 'sum'
  denominator: SourceForm & { property: string; aggregate: 'count' | 'sum' }
  /** In percent. */
  quantile: { q: Typed; of: 'units' | 'events' }
  retention: { from: Typed; to: Typed; unit: 'hours' | 'days' }
  /** After the first. */
  steps: (SourceForm & { id: string })[]
  capBy: CapBy
  /** `percentile` in percent. */
  cap: { percentile: Typed; value: Typed }
  direction: Direction
  unitLabel: string
  windowed: boolean
  /** Of whatever unit `windowUnit` says. */
  window: Typed
  windowUnit: 'hours' | 'days'
  /** Why it is changed. */
  reason: string
}

export type MetricDraft = Omit<RouteBodyInput<Routes['createMetric']>, 'key'>

export const emptyMetric: MetricForm = {
  name: '', key: '', description: '', owner: '', type: 'conversion', event: '', filter: [], property: '', aggregate: 'sum',
  denominator: { event: '', filter: [], property: '', aggregate: 'count' },
  quantile: { q: 50, of: 'units' },
  retention: { from: 1, to: 8, unit: 'days' },
  steps: [{ id: 'step-1', event: '', filter: [] }],
  capBy: 'none',
  cap: { percentile: 99.9, value: '' },
  direction: 'increase', unitLabel: '', windowed: true, window: 7, windowUnit: 'days', reason: '',
}

/** A few people with very large sums hide what happens to everybody else: sums are capped unless somebody decides otherwise. */
export function proposedCap(type: MetricType): CapBy {
  return type === 'sum' || type === 'mean' ? 'percentile' : 'none'
}

/** Whether a unit's values have one, such as EUR. */
export function hasUnit(type: MetricType): boolean {
  return type !== 'conversion' && type !== 'retention' && type !== 'funnel'
}

export function metricToForm(metric: Metric): MetricForm {
  const { name, key, description, owner = '', type, event, filter, property = '', aggregate = 'sum', denominator, quantile, retention, steps, cap, direction, unitLabel, windowHours } = metric
  const windowUnit = windowHours === null || windowHours % 24 === 0 ? 'days' : 'hours'
  return {
    ...emptyMetric,
    name, key, description, owner, type, event, filter: rowsOf(filter, 'filter'), property, aggregate,
    ...(denominator ? { denominator: { event: denominator.event, filter: rowsOf(denominator.filter, 'denominator'), property: denominator.property ?? '', aggregate: denominator.aggregate } } : {}),
    ...(quantile ? { quantile: { q: fromShare(quantile.q), of: quantile.of } } : {}),
    ...(retention ? { retention: retentionForm(retention) } : {}),
    ...(steps ? { steps: steps.map((step, i) => ({ id: `step-${i}`, event: step.event, filter: rowsOf(step.filter, `step-${i}`) })) } : {}),
    capBy: cap === undefined ? 'none' : 'percentile' in cap ? 'percentile' : 'value',
    cap: { percentile: cap && 'percentile' in cap ? fromShare(cap.percentile) : 99.9, value: cap && 'value' in cap ? cap.value : '' },
    direction, unitLabel,
    windowed: windowHours !== null,
    window: windowHours === null ? 7 : windowUnit === 'days' ? windowHours / 24 : windowHours,
    windowUnit,
  }
}

/** What is computed: only the fields of its kind. */
export function formToDefinition(form: MetricForm): MetricDefinition {
  const { type, denominator } = form
  const takes = (member: Parameters<typeof metricTakes>[1]) => metricTakes(type, member)
  const sums = type !== 'ratio' || form.aggregate === 'sum'
  return {
    type,
    ...sourceOf(form),
    ...(takes('property') && sums ? propertyOf(form.property) : {}),
    ...(takes('aggregate') ? { aggregate: form.aggregate } : {}),
    ...(takes('denominator') ? { denominator: { ...sourceOf(denominator), ...(denominator.aggregate === 'sum' ? propertyOf(denominator.property) : {}), aggregate: denominator.aggregate } } : {}),
    ...(takes('quantile') ? { quantile: { q: toShare(form.quantile.q), of: form.quantile.of } } : {}),
    ...(takes('retention') ? { retention: { fromHours: hoursOf(form.retention.from, form.retention.unit), toHours: hoursOf(form.retention.to, form.retention.unit) } } : {}),
    ...(takes('steps') ? { steps: form.steps.map(sourceOf) } : {}),
    ...(takes('cap') ? capOf(form) : {}),
    direction: form.direction,
    unitLabel: hasUnit(type) ? form.unitLabel.trim() : '',
    windowHours: form.windowed && type !== 'retention' ? hoursOf(form.window, form.windowUnit) : null,
  }
}

export function formToMetric(form: MetricForm): MetricDraft {
  const owner = form.owner.trim()
  return { name: form.name.trim(), description: form.description.trim(), ...(owner === '' ? {} : { owner }), ...formToDefinition(form) }
}

/** The key that is saved: the one typed, or one made from the name. */
export function metricKey(form: MetricForm): string {
  return form.key.trim() === '' ? keyOfName(form.name) : form.key.trim()
}

function rowsOf(filter: readonly PropertyFilter[] | undefined, name: string): ConditionRow[] {
  return (filter ?? []).map((condition, i) => ({ ...condition, id: `${name}-${i}` }))
}

function sourceOf({ event, filter }: SourceForm): EventSource {
  return { event: event.trim(), ...(filter.length === 0 ? {} : { filter: filter.map(({ property, op, values }) => ({ property: property.trim(), op, values: op === 'exists' ? [] : values })) }) }
}

function propertyOf(property: string): { property?: string } {
  return property.trim() === '' ? {} : { property: property.trim() }
}

function capOf({ capBy, cap }: MetricForm): Pick<MetricDefinition, 'cap'> {
  if (capBy === 'none') return {}
  return { cap: capBy === 'percentile' ? { percentile: toShare(cap.percentile) } : { value: numberOf(cap.value) } }
}

/** Whole days are shown as days. */
function retentionForm({ fromHours, toHours }: NonNullable<Metric['retention']>): MetricForm['retention'] {
  const days = fromHours % 24 === 0 && toHours % 24 === 0
  return days ? { from: fromHours / 24, to: toHours / 24, unit: 'days' } : { from: fromHours, to: toHours, unit: 'hours' }
}

/** NaN where nothing is typed: no number passes for it. */
export function numberOf(typed: Typed): number {
  return typed === '' ? NaN : Number(typed)
}

export function hoursOf(typed: Typed, unit: 'hours' | 'days'): number {
  return numberOf(typed) * (unit === 'days' ? 24 : 1)
}

/** 99.9 % is 0.999, without the rest that dividing leaves. */
function toShare(percent: Typed): number {
  return Number((numberOf(percent) / 100).toPrecision(12))
}

function fromShare(share: number): number {
  return Number((share * 100).toPrecision(12))
}
