import { expect, test } from 'vitest'
import type { Metric, MetricDefinition } from '@assay/server/contract'
import { metricChanges } from './metric-fields.ts'
import { definitionWords, plainWords, windowWords } from './metric-words.ts'

const base = { event: 'order', direction: 'increase', unitLabel: '', windowHours: 72 } as const
const german = [{ property: 'country', op: 'in' as const, values: ['DE', 'AT'] }, { property: 'net', op: 'gte' as const, values: [-5] }]

test.each<[MetricDefinition, string]>([
  [{ ...base, type: 'conversion', filter: german }, 'The share of people with at least one order where country is one of DE, AT and net is at least −5, within 3 days of the first exposure.'],
  [{ ...base, type: 'count', windowHours: null }, 'How many order a person has, from the first exposure on.'],
  [{ ...base, type: 'mean', cap: { percentile: 0.999 } }, 'The value of order, added up per person, within 3 days of the first exposure. A person’s sum above the 99.9th percentile counts as that.'],
  [{ ...base, type: 'sum', property: 'net', unitLabel: 'EUR', cap: { value: 5000 } }, 'net of order, added up per person, within 3 days of the first exposure. A person’s sum above 5,000 EUR counts as that.'],
  [{ ...base, type: 'ratio', denominator: { event: 'visit', aggregate: 'count' } }, 'The value of order added up, over the number of visit, within 3 days of the first exposure.'],
  [{ ...base, type: 'quantile', quantile: { q: 0.95, of: 'events' } }, 'The 95th percentile of all events’ values: the value of order, within 3 days of the first exposure.'],
  [{ ...base, type: 'quantile', quantile: { q: 0.5, of: 'units' } }, 'The median of people’s sums: the value of order, within 3 days of the first exposure.'],
  [{ ...base, type: 'retention', windowHours: null, retention: { fromHours: 24, toHours: 192 } }, 'The share of people with order from 1 day to 8 days after their first exposure; nobody counts before that is over.'],
  [{ ...base, type: 'funnel', event: 'visit', steps: [{ event: 'basket' }, { event: 'order' }] }, 'The share of people with visit, then basket, then order, in this order, within 3 days of the first exposure.'],
])('%# is a sentence', (definition, words) => {
  expect(plainWords(definitionWords(definition))).toBe(words)
})

test('windows read as people say them', () => {
  expect([windowWords(null), windowWords(24), windowWords(168), windowWords(36), windowWords(0)]).toEqual(['until the end', '1 day', '7 days', '36 hours', '0 hours'])
})

test('two revisions differ in words', () => {
  const was: Metric = { ...base, type: 'conversion', key: 'orders', name: 'Orders', description: '', revision: 1, changedAt: '2026-01-01T00:00:00.000Z', changedBy: 'Ada' }
  expect(metricChanges(was, { ...was, name: 'Paid orders', owner: 'Checkout', revision: 2 })).toEqual([{ field: 'name', label: 'Name', was: 'Orders', now: 'Paid orders' }, { field: 'owner', label: 'Owner', was: 'nobody', now: 'Checkout' }])
  const changes = metricChanges(was, { ...was, filter: german, windowHours: null })
  expect(changes.map(({ label }) => label)).toEqual(['What it measures', 'Conditions', 'Window'])
  expect(changes[1]).toMatchObject({ was: 'none', now: 'where country is one of DE, AT and net is at least −5' })
  expect(metricChanges(was, was)).toEqual([])
})
