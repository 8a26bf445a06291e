import { expect, test } from 'vitest'
import type { Metric } from '@assay/server/contract'
import { emptyMetric, formToMetric, metricKey, metricProblems, metricToForm, windowWords } from './metric-form.ts'

const metric: Metric = { key: 'orders', name: 'Orders', description: 'Paid orders', type: 'mean', event: 'order_paid', direction: 'increase', unitLabel: 'EUR', windowHours: 168, revision: 3, changedAt: '2026-01-01T00:00:00.000Z', changedBy: 'Ada' }

test.each([168, 36, 24, 1, null])('a window of %s hours goes through the form unchanged', (windowHours) => {
  const { key, revision, changedAt, changedBy, ...definition } = { ...metric, windowHours }
  expect(formToMetric(metricToForm({ key, revision, changedAt, changedBy, ...definition }))).toEqual(definition)
})

test('a conversion has no unit', () => {
  expect(formToMetric({ ...metricToForm(metric), type: 'conversion' }).unitLabel).toBe('')
})

test('the key follows the name until one is typed', () => {
  expect(metricKey({ ...emptyMetric, name: 'Orders placed' })).toBe('orders-placed')
  expect(metricKey({ ...emptyMetric, name: 'Orders placed', key: 'orders' })).toBe('orders')
})

test('what is missing is said by field', () => {
  expect(metricProblems(emptyMetric)).toEqual({ name: 'Give it a name.', event: 'Name the event it is computed from.' })
  expect(metricProblems({ ...emptyMetric, name: 'Orders', event: 'order', window: '' })).toEqual({ window: 'Between 1 hour and 365 days.' })
  expect(metricProblems({ ...emptyMetric, name: '点', event: 'order' })).toEqual({ key: 'Type a key of letters and digits.' })
  expect(metricProblems({ ...emptyMetric, name: 'Orders', event: 'order' })).toEqual({})
})

test('windows read as people say them', () => {
  expect([windowWords(null), windowWords(24), windowWords(168), windowWords(36)]).toEqual(['until the end', '1 day', '7 days', '36 hours'])
})
