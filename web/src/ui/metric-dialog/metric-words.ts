import type { Metric, MetricDefinition, MetricType, PropertyFilter } from '@assay/server/contract'
import { count } from '../format.ts'

/** What a kind of metric answers. */
export const typeWords: Record<MetricType, string> = {
  conversion: 'Did it happen', count: 'How often', mean: 'How much per person', sum: 'How much in total', ratio: 'One total over another', quantile: 'A percentile', retention: 'Did they come back', funnel: 'Did they take every step',
}

/** And how it comes to its answer. */
export const typeAnswers: Record<MetricType, string> = {
  conversion: 'The share of people with the event at least once.',
  count: 'Events per person, nought for those without one.',
  mean: 'The event’s values added up per person, compared by their mean.',
  sum: 'The same values, with each variant’s total beside the mean.',
  ratio: 'Value per order, clicks per visit: one total of the variant over another.',
  quantile: 'The median, or what the slowest meet: of people’s sums, or of all events.',
  retention: 'The share of people with the event in a later window.',
  funnel: 'The share of people who took all steps in order.',
}

export const directionWords: Record<Metric['direction'], string> = { increase: 'Higher is better', decrease: 'Lower is better' }

/** Text with names as services write them, which a page sets apart. */
export type Words = readonly (string | { name: string })[]

export function plainWords(words: Words): string {
  return words.map((part) => (typeof part === 'string' ? part : part.name)).join('')
}

/** Such as "7 days", "36 hours"; null counts until the phase ends. */
export function windowWords(windowHours: number | null): string {
  return windowHours === null ? 'until the end' : hoursWords(windowHours)
}

function hoursWords(hours: number): string {
  const [amount, unit] = hours > 0 && hours % 24 === 0 ? [hours / 24, 'day'] : [hours, 'hour']
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`
}

export const operatorWords: Record<PropertyFilter['op'], string> = { equals: 'is', not_equals: 'is not', in: 'is one of', gt: 'is more than', gte: 'is at least', lt: 'is less than', lte: 'is at most', exists: 'is there' }

function conditionWords({ property, op, values }: PropertyFilter): Words {
  const said = values.map((value) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value).replace('-', '−') : value ? 'true' : 'false'))
  return [{ name: property }, ` ${operatorWords[op]}`, ...(op === 'exists' ? [] : [' ', said.length > 5 ? `${said.slice(0, 4).join(', ')} or ${count(said.length - 4)} more` : said.join(', ')])]
}

export function filterWords(filter: readonly PropertyFilter[] | undefined): Words {
  return (filter ?? []).flatMap((condition, i) => [i === 0 ? ' where ' : ' and ', ...conditionWords(condition)])
}

function eventWords({ event, filter }: { event: string; filter?: PropertyFilter[] }): Words {
  return [{ name: event }, ...filterWords(filter)]
}

function addedUp(source: { event: string; filter?: PropertyFilter[]; property?: string; aggregate?: 'count' | 'sum' }): Words {
  if (source.aggregate === 'count') return ['the number of ', ...eventWords(source)]
  return [...valueWords(source), ' added up']
}

function valueWords(source: { event: string; filter?: PropertyFilter[]; property?: string }): Words {
  return source.property === undefined ? ['the value of ', ...eventWords(source)] : [{ name: source.property }, ' of ', ...eventWords(source)]
}

/** What a definition measures, as a sentence for somebody from another team. */
export function definitionWords(metric: MetricDefinition): Words {
  return capital([...measured(metric), ...timeWords(metric), '.', ...capSentence(metric)])
}

function measured(metric: MetricDefinition): Words {
  switch (metric.type) {
    case 'conversion':
      return ['the share of people with at least one ', ...eventWords(metric)]
    case 'count':
      return ['how many ', ...eventWords(metric), ' a person has']
    case 'sum':
    case 'mean':
      return [...valueWords(metric), ', added up per person']
    case 'ratio':
      return [...addedUp({ ...metric, aggregate: metric.aggregate ?? 'sum' }), ', over ', ...(metric.denominator ? addedUp(metric.denominator) : ['nothing yet'])]
    case 'quantile':
      return [...quantileWords(metric.quantile?.q ?? 0.5), metric.quantile?.of === 'events' ? ' of all events’ values: ' : ' of people’s sums: ', ...valueWords(metric)]
    case 'retention':
      return ['the share of people with ', ...eventWords(metric)]
    case 'funnel':
      return ['the share of people with ', ...[metric, ...(metric.steps ?? [])].flatMap((step, i) => (i === 0 ? eventWords(step) : [', then ', ...eventWords(step)])), ', in this order']
  }
}

function timeWords({ type, retention, windowHours }: MetricDefinition): Words {
  if (type === 'retention') return retention ? [` from ${hoursWords(retention.fromHours)} to ${hoursWords(retention.toHours)} after their first exposure; nobody counts before that is over`] : []
  return windowHours === null ? [', from the first exposure on'] : [`, within ${hoursWords(windowHours)} of the first exposure`]
}

function quantileWords(q: number): Words {
  return q === 0.5 ? ['the median'] : [`the ${percentile(q)}`]
}

/** `99.9th percentile` */
function percentile(share: number): string {
  const number = String(Number((share * 100).toPrecision(8)))
  const ending = /(^|[^1])1$/.test(number) ? 'st' : /(^|[^1])2$/.test(number) ? 'nd' : /(^|[^1])3$/.test(number) ? 'rd' : 'th'
  return `${number}${number.includes('.') ? 'th' : ending} percentile`
}

export function capWords({ cap, unitLabel }: Pick<MetricDefinition, 'cap' | 'unitLabel'>): string {
  if (cap === undefined) return 'none'
  return 'percentile' in cap ? `the ${percentile(cap.percentile)}` : `${count(cap.value)}${unitLabel === '' ? '' : ` ${unitLabel}`}`
}

function capSentence(metric: MetricDefinition): Words {
  if (metric.cap === undefined) return []
  const of = metric.type === 'ratio' ? 'Sums' : 'A person’s sum'
  return [` ${of} above ${capWords(metric)} count${metric.type === 'ratio' ? '' : 's'} as that.`]
}

function capital(words: Words): Words {
  const [first, ...rest] = words
  return typeof first === 'string' ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest] : words
}
