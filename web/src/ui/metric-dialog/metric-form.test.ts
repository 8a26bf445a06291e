import { expect, test } from 'vitest'
import { metricIssues, metricType, type Metric } from '@assay/server/contract'
import { emptyMetric, formToDefinition, formToMetric, metricKey, metricToForm, proposedCap } from './metric-form.ts'

const base = { name: 'Orders', description: 'Paid orders', event: 'order_paid', direction: 'increase', unitLabel: 'EUR', windowHours: 168 } as const
const stored = { key: 'orders', revision: 3, changedAt: '2026-01-01T00:00:00.000Z', changedBy: 'Ada' }
const drafts: Omit<Metric, keyof typeof stored>[] = [
  { ...base, type: 'conversion', unitLabel: '', filter: [{ property: 'country', op: 'in', values: ['DE', 1, true] }, { property: 'net', op: 'exists', values: [] }] },
  { ...base, type: 'count', owner: 'Checkout', cap: { value: 20 } },
  { ...base, type: 'sum', property: 'net', cap: { percentile: 0.999 } },
  { ...base, type: 'mean', windowHours: 36 },
  { ...base, type: 'ratio', aggregate: 'sum', property: 'net', denominator: { event: 'visit', aggregate: 'sum', property: 'pages', filter: [{ property: 'bot', op: 'not_equals', values: [true] }] }, cap: { percentile: 0.95 } },
  { ...base, type: 'ratio', aggregate: 'count', denominator: { event: 'visit', aggregate: 'count' } },
  { ...base, type: 'quantile', quantile: { q: 0.999, of: 'events' }, windowHours: null },
  { ...base, type: 'retention', unitLabel: '', retention: { fromHours: 24, toHours: 192 }, windowHours: null },
  { ...base, type: 'retention', unitLabel: '', retention: { fromHours: 0, toHours: 36 }, windowHours: null },
  { ...base, type: 'funnel', unitLabel: '', steps: [{ event: 'basket' }, { event: 'pay', filter: [{ property: 'method', op: 'equals', values: ['card'] }] }] },
]

test.each(drafts)('a $type goes through the form unchanged', (draft) => {
  expect(formToMetric(metricToForm({ ...stored, ...draft }))).toEqual(draft)
})

test('fields of another kind are not sent', () => {
  const { name: _, description: __, ...conversion } = { ...base, type: 'conversion', unitLabel: '' }
  for (const draft of drafts) expect(formToDefinition({ ...metricToForm({ ...stored, ...draft }), type: 'conversion', filter: [], windowed: true, window: 7, windowUnit: 'days' })).toEqual(conversion)
})

test('every kind that is filled in is a definition that can be computed', () => {
  for (const type of metricType.options) {
    const form = { ...emptyMetric, type, event: 'a', denominator: { ...emptyMetric.denominator, event: 'b' }, steps: [{ id: '1', event: 'c', filter: [] }], capBy: proposedCap(type) }
    expect(metricIssues(formToDefinition(form)), type).toEqual([])
  }
})

test('a cap is proposed for sums', () => {
  expect(metricType.options.filter((type) => proposedCap(type) === 'percentile')).toEqual(['sum', 'mean'])
})

test('the key follows the name until one is typed', () => {
  expect(metricKey({ ...emptyMetric, name: 'Orders placed' })).toBe('orders-placed')
  expect(metricKey({ ...emptyMetric, name: 'Orders placed', key: 'orders' })).toBe('orders')
})
