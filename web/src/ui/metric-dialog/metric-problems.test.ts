import { expect, test } from 'vitest'
import { emptyMetric, type MetricForm } from './metric-form.ts'
import { atFields, definitionProblems, metricProblems } from './metric-problems.ts'

const form = (change: Partial<MetricForm>): MetricForm => ({ ...emptyMetric, name: 'Orders', event: 'order', ...change })

test.each<[string, Partial<MetricForm>, string[]]>([
  ['nothing', {}, []],
  ['a name and an event', { name: '', event: ' ' }, ['event', 'name']],
  ['a key', { name: '点' }, ['key']],
  ['a window', { window: '' }, ['window']],
  ['a window, and an event all the same', { window: '', event: '' }, ['event', 'window']],
  ['what stands below the line', { type: 'ratio' }, ['denominator.event']],
  ['a percentile', { type: 'quantile', quantile: { q: 100, of: 'units' } }, ['quantile.q']],
  ['a window that goes forward', { type: 'retention', retention: { from: 8, to: 8, unit: 'days' } }, ['retention.to']],
  ['a second step', { type: 'funnel' }, ['steps.0.event']],
  ['any step', { type: 'funnel', steps: [] }, ['steps']],
  ['a cap', { type: 'sum', capBy: 'percentile', cap: { percentile: '', value: '' } }, ['cap.percentile']],
  ['a cap that takes few', { type: 'sum', capBy: 'percentile', cap: { percentile: 50, value: '' } }, ['cap.percentile']],
  ['a value to cap at', { type: 'sum', capBy: 'value' }, ['cap.value']],
  ['what a condition is about, and its value', { filter: [{ id: '1', property: '', op: 'equals', values: [] }] }, ['filter.0.property']],
  ['a value', { filter: [{ id: '1', property: 'country', op: 'equals', values: [] }] }, ['filter.0.values']],
  ['conditions that go together', { filter: [{ id: '1', property: 'a', op: 'equals', values: [1] }, { id: '2', property: 'a', op: 'equals', values: [2] }] }, ['filter.1.values']],
])('%s is asked for at its field', (_what, change, fields) => {
  expect(Object.keys(metricProblems(form(change))).sort()).toEqual(fields)
})

test('a definition can be looked at before it has a name', () => {
  expect(definitionProblems(form({ name: '' }))).toEqual({})
})

test('what the server refuses is shown at the fields of the form', () => {
  const issues = [{ path: 'windowHours', message: 'a' }, { path: 'cap', message: 'b' }, { path: 'retention.toHours', message: 'c' }, { path: 'denominator.filter.2.values.1', message: 'd' }, { path: 'name', message: 'e' }]
  expect(atFields(issues, form({ capBy: 'value' }))).toEqual({ window: 'a', 'cap.value': 'b', 'retention.to': 'c', 'denominator.filter.2.values': 'd', name: 'e' })
})
