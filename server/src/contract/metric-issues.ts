import type { RequestIssue } from './errors.ts'
import type { EventSource, MetricDefinition, MetricType, PropertyFilter } from './metrics.ts'

type Member = 'property' | 'aggregate' | 'denominator' | 'quantile' | 'retention' | 'steps' | 'cap'
type Parts = Omit<MetricDefinition, 'direction' | 'unitLabel'>

/** Members beside event, filter, window and direction that a type takes, and what it is told about the others. */
const takes: Record<MetricType, readonly Member[]> = {
  conversion: [],
  count: ['cap'],
  sum: ['property', 'cap'],
  mean: ['property', 'cap'],
  ratio: ['property', 'aggregate', 'denominator', 'cap'],
  quantile: ['property', 'quantile'],
  retention: ['retention'],
  funnel: ['steps'],
}

const needs: Partial<Record<MetricType, { member: Member; message: string }>> = {
  ratio: { member: 'denominator', message: 'Say what stands below the line: a ratio needs a denominator.' },
  quantile: { member: 'quantile', message: 'Say which quantile, and of what.' },
  retention: { member: 'retention', message: 'Say from when to when somebody must come back.' },
  funnel: { member: 'steps', message: 'A funnel needs a second step.' },
}

const idle: Record<Member, string> = {
  property: 'This kind of metric counts events, not values: leave the property out.',
  aggregate: 'Only a ratio says what it adds up: leave it out.',
  denominator: 'Only a ratio has a denominator: leave it out.',
  quantile: 'Only a quantile has a quantile: leave it out.',
  retention: 'Only retention has a window to come back in: leave it out.',
  steps: 'Only a funnel has steps: leave them out.',
  cap: 'This kind of metric has no values to cap: leave the cap out.',
}

/** Which members a type may have. */
export function metricTakes(type: MetricType, member: Member): boolean {
  return takes[type].includes(member)
}

/** What keeps a definition from meaning something, by the path of the field: empty for one that can be computed. */
export function metricIssues(definition: Parts): RequestIssue[] {
  const { type } = definition
  const need = needs[type]
  const members = Object.keys(idle) as Member[]
  return [
    ...(need && definition[need.member] === undefined ? [{ path: need.member, message: need.message }] : []),
    ...members.filter((member) => definition[member] !== undefined && !metricTakes(type, member)).map((member) => ({ path: member, message: idle[member] })),
    ...filterIssues(definition.filter, 'filter'),
    ...ratioIssues(definition),
    ...quantileIssues(definition),
    ...retentionIssues(definition),
    ...(definition.steps ?? []).flatMap((step, i) => sourceIssues(step, `steps.${i}`)),
    ...capIssues(definition),
  ]
}

function sourceIssues(source: EventSource, path: string): RequestIssue[] {
  return filterIssues(source.filter, `${path}.filter`)
}

function ratioIssues({ type, aggregate, property, denominator }: Parts): RequestIssue[] {
  if (type !== 'ratio') return []
  const counted = 'Counting events takes no property: leave it out, or add the values up.'
  return [
    ...(aggregate === 'count' && property !== undefined ? [{ path: 'property', message: counted }] : []),
    ...(denominator?.aggregate === 'count' && denominator.property !== undefined ? [{ path: 'denominator.property', message: counted }] : []),
    ...(denominator ? sourceIssues(denominator, 'denominator') : []),
  ]
}

function quantileIssues({ quantile }: Parts): RequestIssue[] {
  return quantile && !(quantile.q > 0 && quantile.q < 1) ? [{ path: 'quantile.q', message: 'Use a quantile between 0 and 1, such as 0.5 for the median or 0.95.' }] : []
}

function retentionIssues({ type, retention, windowHours }: Parts): RequestIssue[] {
  if (type !== 'retention') return []
  return [
    ...(retention && !(retention.toHours > retention.fromHours) ? [{ path: 'retention.toHours', message: 'The window must end after it starts.' }] : []),
    ...(windowHours === null ? [] : [{ path: 'windowHours', message: 'Retention has its own window: leave this one open (null).' }]),
  ]
}

/** A cap takes the few extremes: one that takes a tenth of all values measures something else. */
const LOWEST_CAP = 0.9

function capIssues({ cap }: Parts): RequestIssue[] {
  if (!cap || !('percentile' in cap)) return []
  return cap.percentile >= LOWEST_CAP && cap.percentile < 1 ? [] : [{ path: 'cap.percentile', message: 'Cap at a percentile from 90% to below 100%, such as 99.9%.' }]
}

/** What keeps a list of conditions from meaning something. */
function filterIssues(filter: readonly PropertyFilter[] | undefined, path: string): RequestIssue[] {
  if (filter === undefined) return []
  return filter.flatMap((condition, i) => conditionIssues(condition, `${path}.${i}`).concat(clash(condition, filter.slice(0, i), `${path}.${i}`)))
}

/** What is wrong with one condition, whatever stands beside it. */
export function conditionIssues({ op, values }: PropertyFilter, path: string): RequestIssue[] {
  const at = `${path}.values`
  switch (op) {
    case 'exists':
      return values.length === 0 ? [] : [{ path: at, message: 'Whether a property is there takes no value.' }]
    case 'in':
      return values.length > 0 ? [] : [{ path: at, message: 'Give one or more values.' }]
    case 'equals':
    case 'not_equals':
      return values.length === 1 ? [] : [{ path: at, message: 'Give one value.' }]
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      if (values.length !== 1) return [{ path: at, message: 'Give one value.' }]
      return typeof values[0] === 'boolean' ? [{ path: at, message: 'True and false have no order: compare with a number or a text.' }] : []
  }
}

/** Two conditions that no event can pass both. */
function clash(condition: PropertyFilter, before: readonly PropertyFilter[], path: string): RequestIssue[] {
  return before.some((other) => other.property === condition.property && excludes(other, condition))
    ? [{ path, message: `No event passes this and another condition on ${condition.property}.` }]
    : []
}

function excludes(a: PropertyFilter, b: PropertyFilter): boolean {
  const [one] = a.values
  const [two] = b.values
  if (one === undefined || two === undefined || a.values.length > 1 || b.values.length > 1) return false
  if (a.op === 'equals' && b.op === 'equals') return one !== two
  if ((a.op === 'equals' && b.op === 'not_equals') || (a.op === 'not_equals' && b.op === 'equals')) return one === two
  if (isUpper(a)) return isLower(b) && emptyBetween(b, a)
  return isLower(a) && isUpper(b) && emptyBetween(a, b)
}

const isLower = ({ op }: PropertyFilter) => op === 'gt' || op === 'gte'
const isUpper = ({ op }: PropertyFilter) => op === 'lt' || op === 'lte'

/** Texts are left alone: they are ordered by bytes, which no reader of a form knows by heart. */
function emptyBetween(lower: PropertyFilter, upper: PropertyFilter): boolean {
  const [from] = lower.values
  const [to] = upper.values
  if (typeof from !== 'number' || typeof to !== 'number') return false
  return from > to || (from === to && (lower.op === 'gt' || upper.op === 'lt'))
}
