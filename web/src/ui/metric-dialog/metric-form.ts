import { keyOfName, type Metric, type RouteBodyInput, type Routes } from '@assay/server/contract'

/** A metric as it is typed. */
export interface MetricForm {
  name: string
  /** Follows the name until somebody types one. */
  key: string
  description: string
  type: Metric['type']
  event: string
  direction: Metric['direction']
  unitLabel: string
  windowed: boolean
  /** Of whatever unit `windowUnit` says. */
  window: number | string
  windowUnit: 'hours' | 'days'
}

type MetricDefinition = Omit<RouteBodyInput<Routes['createMetric']>, 'key'>

export const emptyMetric: MetricForm = { name: '', key: '', description: '', type: 'conversion', event: '', direction: 'increase', unitLabel: '', windowed: true, window: 7, windowUnit: 'days' }

export function metricToForm(metric: Metric): MetricForm {
  const { name, key, description, type, event, direction, unitLabel, windowHours } = metric
  const windowUnit = windowHours === null || windowHours % 24 === 0 ? 'days' : 'hours'
  return { name, key, description, type, event, direction, unitLabel, windowed: windowHours !== null, window: windowHours === null ? 7 : windowUnit === 'days' ? windowHours / 24 : windowHours, windowUnit }
}

export function formToMetric(form: MetricForm): MetricDefinition {
  const window = Number(form.window)
  return {
    name: form.name.trim(),
    description: form.description.trim(),
    type: form.type,
    event: form.event.trim(),
    direction: form.direction,
    unitLabel: form.type === 'conversion' ? '' : form.unitLabel.trim(),
    windowHours: form.windowed ? (form.windowUnit === 'days' ? window * 24 : window) : null,
  }
}

/** The key that is saved: the one typed, or one made from the name. */
export function metricKey(form: MetricForm): string {
  return form.key.trim() === '' ? keyOfName(form.name) : form.key.trim()
}

/** What the form lacks, by field. Empty means it may be sent. */
export function metricProblems(form: MetricForm): Partial<Record<keyof MetricForm, string>> {
  const window = Number(form.window)
  const hours = form.windowUnit === 'days' ? window * 24 : window
  return {
    ...(form.name.trim() === '' ? { name: 'Give it a name.' } : {}),
    ...(form.event.trim() === '' ? { event: 'Name the event it is computed from.' } : {}),
    ...(form.name.trim() !== '' && metricKey(form) === '' ? { key: 'Type a key of letters and digits.' } : {}),
    ...(form.windowed && (form.window === '' || !(hours >= 1 && hours <= 24 * 365)) ? { window: 'Between 1 hour and 365 days.' } : {}),
  }
}

/** Such as "7 days", "36 hours"; null counts until the phase ends. */
export function windowWords(windowHours: number | null): string {
  if (windowHours === null) return 'until the end'
  const [amount, unit] = windowHours % 24 === 0 ? [windowHours / 24, 'day'] : [windowHours, 'hour']
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`
}
