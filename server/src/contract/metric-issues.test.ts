import { expect, test } from 'vitest'
import { metricIssues, metricTakes } from './metric-issues.ts'
import { metricType, type MetricDefinition, type PropertyFilter } from './metrics.ts'

const base = { event: 'order', direction: 'increase', unitLabel: '', windowHours: 24 } as const
const complete: Record<MetricDefinition['type'], MetricDefinition> = {
  conversion: { ...base, type: 'conversion' },
  count: { ...base, type: 'count', cap: { value: 10 } },
  sum: { ...base, type: 'sum', property: 'net', cap: { percentile: 0.999 } },
  mean: { ...base, type: 'mean' },
  ratio: { ...base, type: 'ratio', aggregate: 'sum', property: 'net', denominator: { event: 'visit', aggregate: 'count' }, cap: { percentile: 0.99 } },
  quantile: { ...base, type: 'quantile', quantile: { q: 0.95, of: 'events' }, property: 'ms' },
  retention: { ...base, type: 'retention', retention: { fromHours: 24, toHours: 48 }, windowHours: null },
  funnel: { ...base, type: 'funnel', steps: [{ event: 'pay' }] },
}
const members = { property: 'net', aggregate: 'sum', denominator: { event: 'visit', aggregate: 'count' }, quantile: { q: 0.5, of: 'units' }, retention: { fromHours: 0, toHours: 1 }, steps: [{ event: 'pay' }], cap: { value: 1 } } as const

test.each(metricType.options)('a complete %s has no issue', (type) => {
  expect(metricIssues(complete[type])).toEqual([])
})

test.each(metricType.options)('a %s refuses each member that another kind has', (type) => {
  const idle = Object.entries(members).filter(([member]) => !metricTakes(type, member as keyof typeof members))
  for (const [member, value] of idle) expect(metricIssues({ ...complete[type], [member]: value })[0], member).toMatchObject({ path: member, message: expect.stringMatching(/leave/) })
  expect(idle.length).toBeGreaterThan(2)
})

test.each([['ratio', 'denominator'], ['quantile', 'quantile'], ['retention', 'retention'], ['funnel', 'steps']] as const)('a %s needs its %s', (type, member) => {
  const { [member]: _, ...rest } = complete[type]
  expect(metricIssues(rest as MetricDefinition).map(({ path }) => path)).toEqual([member])
})

test.each<[string, MetricDefinition, string[]]>([
  ['a quantile of 0', { ...complete.quantile, quantile: { q: 0, of: 'units' } }, ['quantile.q']],
  ['a quantile of 1', { ...complete.quantile, quantile: { q: 1, of: 'units' } }, ['quantile.q']],
  ['a window that ends as it starts', { ...complete.retention, retention: { fromHours: 24, toHours: 24 } }, ['retention.toHours']],
  ['two windows', { ...complete.retention, windowHours: 72 }, ['windowHours']],
  ['a cap at the median', { ...complete.sum, cap: { percentile: 0.5 } }, ['cap.percentile']],
  ['a cap at the greatest value', { ...complete.sum, cap: { percentile: 1 } }, ['cap.percentile']],
  ['a property of counted events', { ...complete.ratio, aggregate: 'count', denominator: { event: 'visit', aggregate: 'count', property: 'n' } }, ['property', 'denominator.property']],
  ['conditions of every source', {
    ...complete.funnel, filter: [{ property: 'a', op: 'equals', values: [] }], steps: [{ event: 'pay', filter: [{ property: 'b', op: 'exists', values: [1] }] }],
  }, ['filter.0.values', 'steps.0.filter.0.values']],
  ['conditions below the line', { ...complete.ratio, denominator: { event: 'visit', aggregate: 'count', filter: [{ property: 'a', op: 'in', values: [] }] } }, ['denominator.filter.0.values']],
])('%s is named by its path', (_what, definition, paths) => {
  expect(metricIssues(definition).map(({ path }) => path)).toEqual(paths)
})

const condition = (op: PropertyFilter['op'], ...values: PropertyFilter['values']): PropertyFilter => ({ property: 'price', op, values })

test.each<[PropertyFilter[], string[]]>([
  [[condition('equals', 'a', 'b')], ['filter.0.values']],
  [[condition('gt', true)], ['filter.0.values']],
  [[condition('gte')], ['filter.0.values']],
  [[condition('not_equals', 1)], []],
  [[condition('lt', 'b')], []],
  [[condition('equals', 1), condition('equals', 2)], ['filter.1']],
  [[condition('equals', 1), condition('not_equals', 1)], ['filter.1']],
  [[condition('equals', 1), { ...condition('equals', 2), property: 'other' }], []],
  [[condition('gt', 5), condition('lt', 5)], ['filter.1']],
  [[condition('lte', 5), condition('gte', 5)], []],
  [[condition('lt', 5), condition('exists'), condition('gte', 5)], ['filter.2']],
  [[condition('gt', 1), condition('lt', 5)], []],
])('%j has issues at %j', (filter, paths) => {
  expect(metricIssues({ ...complete.conversion, filter }).map(({ path }) => path)).toEqual(paths)
})
