import { metricDefinition, metricIssues, type RequestIssue } from '@assay/server/contract'
import { formToDefinition, hoursOf, metricKey, numberOf, type MetricForm } from './metric-form.ts'

/** What the form lacks, by field. Empty means it may be sent. */
export function metricProblems(form: MetricForm): Record<string, string> {
  return {
    ...definitionProblems(form),
    ...(form.name.trim() === '' ? { name: 'Give it a name.' } : {}),
    ...(form.name.trim() !== '' && metricKey(form) === '' ? { key: 'Type a key of letters and digits.' } : {}),
  }
}

/** Of these what keeps it from being computed: by the contract's own rules, in words that fit the fields. */
export function definitionProblems(form: MetricForm): Record<string, string> {
  const typed = typedProblems(form)
  if (Object.keys(typed).length > 0) return { ...contractProblems({ ...form, ...usable }), ...typed }
  return contractProblems(form)
}

/** Problems of the server, or of the contract, at the fields of this form. */
export function atFields(issues: readonly RequestIssue[], form: MetricForm): Record<string, string> {
  // Of two issues at one field the first is the cause.
  return Object.fromEntries(issues.map(({ path, message }) => [fieldOf(path, form), message] as const).reverse())
}

/** Stand in for what cannot be read, so that the other fields are still looked at. */
const usable = { windowed: false, quantile: { q: 50, of: 'units' }, retention: { from: 1, to: 2, unit: 'days' }, capBy: 'none' } as const

function contractProblems(form: MetricForm): Record<string, string> {
  const definition = formToDefinition(form)
  const shape = metricDefinition.safeParse(definition)
  const issues = shape.success ? metricIssues(definition) : shape.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
  return atFields(issues, form)
}

const within = (hours: number, least: number) => hours >= least && hours <= 24 * 365

/** Numbers that the contract could not name by what was typed. */
function typedProblems({ type, windowed, window, windowUnit, retention, quantile, capBy, cap }: MetricForm): Record<string, string> {
  const capped = type === 'count' || type === 'sum' || type === 'mean' || type === 'ratio'
  return {
    ...(type !== 'retention' && windowed && !within(hoursOf(window, windowUnit), 1) ? { window: 'Between 1 hour and 365 days.' } : {}),
    ...(type === 'retention' && !within(hoursOf(retention.from, retention.unit), 0) ? { 'retention.from': 'Between 0 and 365 days.' } : {}),
    ...(type === 'retention' && !within(hoursOf(retention.to, retention.unit), 0) ? { 'retention.to': 'Between 0 and 365 days.' } : {}),
    ...(type === 'quantile' && !(numberOf(quantile.q) > 0 && numberOf(quantile.q) < 100) ? { 'quantile.q': 'Between 0% and 100%, such as 50% for the median.' } : {}),
    ...(capped && capBy === 'percentile' && Number.isNaN(numberOf(cap.percentile)) ? { 'cap.percentile': 'Type a percentile, such as 99.9%.' } : {}),
    ...(capped && capBy === 'value' && !(numberOf(cap.value) > 0) ? { 'cap.value': 'Type a value above 0.' } : {}),
  }
}

/** `filter.0.values.1` and `windowHours` as the form calls them. */
function fieldOf(path: string, { capBy }: MetricForm): string {
  if (path === 'windowHours') return 'window'
  if (path === 'cap') return capBy === 'value' ? 'cap.value' : 'cap.percentile'
  return path
    .replace(/(filter\.\d+)(\.values\.\d+|)$/, '$1.values')
    .replace('retention.fromHours', 'retention.from')
    .replace('retention.toHours', 'retention.to')
}
