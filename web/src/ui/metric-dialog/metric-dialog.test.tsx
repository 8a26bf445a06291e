import type { Metric } from '@assay/server/contract'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { renderInProject } from '../../testing/render.tsx'
import { stubServer } from '../../testing/stub-server.ts'
import { MetricDialog } from './metric-dialog.tsx'

const METRICS = '/api/v1/projects/shop/metrics'
const orders: Metric = { key: 'orders', name: 'Orders', description: '', type: 'conversion', event: 'order', filter: [{ property: 'country', op: 'in', values: ['DE', 'FR'] }], direction: 'increase', unitLabel: '', windowHours: 72, revision: 1, changedAt: '2026-11-01T00:00:00Z', changedBy: 'Ada' }
const preview = { environment: 'production', unitType: 'user', from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T00:00:00.000Z', oneIn: 1, events: 12, unitsWithEvent: 10, units: 100, counted: 100, cap: null, level: 0.1, sd: 0.3, status: 'ok', perDay: [{ day: '2026-11-01', events: 12, units: 10 }], detectable: [{ units: 1000, effect: 0.4 }], sample: [] }
const seen = [{ name: 'order', events: 1200, lastAt: '2026-11-02T00:00:00.000Z', withValue: 0, properties: [{ name: 'net', type: 'number' }, { name: 'country', type: 'string' }] }]

function show(metric: Metric | undefined, answers: Record<string, () => { status?: number; body?: unknown }>) {
  const requests = stubServer({ 'POST /api/v1/projects/shop/metric-preview': () => ({ body: preview }), 'GET /api/v1/projects/shop/environments/production/events': () => ({ body: { events: seen } }), ...answers })
  const onSaved = vi.fn()
  renderInProject(<MetricDialog metric={metric} onClose={() => undefined} onSaved={onSaved} />)
  return { onSaved, sent: (method: string) => requests.filter((request) => request.method === method && !request.path.endsWith('/metric-preview')).map(({ body }) => body), asked: () => requests.filter(({ path }) => path.endsWith('/metric-preview')).map(({ body }) => body) }
}

test('what is missing is said at its field, and a metric of one kind sends the fields of that kind', async () => {
  const person = userEvent.setup()
  const { onSaved, sent } = show(undefined, { [`POST ${METRICS}`]: () => ({ status: 201, body: orders }) })
  await person.click(await screen.findByRole('button', { name: 'Create metric' }))
  expect(screen.getByText('Give it a name.')).toBeTruthy()
  expect(screen.getByText('Name the event.')).toBeTruthy()
  expect(document.activeElement).toBe(screen.getByLabelText('Name'))
  expect(sent('POST')).toEqual([])

  await person.type(screen.getByLabelText('Name'), 'Revenue')
  await person.click(screen.getByRole('radio', { name: 'How much per person' }))
  await person.type(screen.getByRole('combobox', { name: 'Event' }), 'order')
  // These events have no value of their own, so a property is asked for, and those that are numbers are offered.
  expect(await screen.findByText('These events come without a value of their own: name a property.')).toBeTruthy()
  await person.click(screen.getByRole('combobox', { name: 'Value' }))
  expect((await screen.findAllByRole('option')).map((option) => option.textContent)).toContain('net')
  await person.type(screen.getByRole('combobox', { name: 'Value' }), 'net')
  await person.click(screen.getByRole('button', { name: 'Create metric' }))
  await waitFor(() => { expect(onSaved).toHaveBeenCalled() })
  expect(sent('POST')).toEqual([{ key: 'revenue', name: 'Revenue', description: '', type: 'mean', event: 'order', property: 'net', cap: { percentile: 0.999 }, direction: 'increase', unitLabel: '', windowHours: 168 }])
})

test('the level stands beside the form, and stays while a condition is half written', async () => {
  const person = userEvent.setup()
  const { asked } = show(orders, {})
  expect(await screen.findByText('10.0%')).toBeTruthy()
  expect(screen.getByText('+40%')).toBeTruthy()
  expect(asked()).toEqual([{ environment: 'production', unitType: 'user', days: 28, definition: { type: 'conversion', event: 'order', filter: orders.filter, direction: 'increase', unitLabel: '', windowHours: 72 } }])
  await person.click(screen.getByRole('button', { name: 'One more condition' }))
  await person.click(screen.getByRole('button', { name: 'Save metric' }))
  expect(await screen.findByText('Name the property.')).toBeTruthy()
  expect(screen.getByText('10.0%')).toBeTruthy()
  expect(asked()).toHaveLength(1)
})

test('what the server refuses is shown at the field', async () => {
  const person = userEvent.setup()
  show(orders, { [`PUT ${METRICS}/orders`]: () => ({ status: 400, body: { error: { code: 'invalid_request', message: 'No.', details: [{ path: 'windowHours', message: 'Choose a longer window.' }] } } }) })
  await person.click(await screen.findByRole('button', { name: 'Save metric' }))
  expect(await screen.findByText('Choose a longer window.')).toBeTruthy()
})

test('edits of two people to different parts are both kept, and to the same part wait for a choice', async () => {
  const person = userEvent.setup()
  const theirs: Metric = { ...orders, owner: 'Checkout', filter: [{ property: 'country', op: 'equals', values: ['NL'] }], revision: 2, changedBy: 'Bob' }
  const late = { status: 409, body: { error: { code: 'revision_conflict', message: 'Changed.', details: { basedOn: 1, currentRevision: 2, current: theirs, yours: {}, changedBy: 'Bob', changedAt: theirs.changedAt } } } }
  const answers = [late, { status: 200, body: { ...theirs, revision: 3 } }]
  const { sent, onSaved } = show(orders, { [`PUT ${METRICS}/orders`]: () => answers.shift() ?? { status: 500 } })
  await person.type(await screen.findByLabelText('Why it changes'), 'All of Europe')
  await person.click(screen.getByRole('button', { name: 'Remove the condition on country' }))
  await person.click(screen.getByRole('button', { name: 'Save metric' }))
  const dialog = await screen.findByRole('dialog', { name: 'Someone else saved first' })
  expect(within(dialog).getAllByRole('cell').slice(0, 3).map((cell) => cell.textContent)).toEqual(['where country is one of DE, FR', 'where country is NL', 'none'])
  await person.click(within(dialog).getByRole('button', { name: 'Save what I chose' }))
  await waitFor(() => { expect(onSaved).toHaveBeenCalled() })
  expect(sent('PUT')[1]).toEqual({ basedOn: 2, name: 'Orders', description: '', owner: 'Checkout', type: 'conversion', event: 'order', direction: 'increase', unitLabel: '', windowHours: 72, reason: 'All of Europe' })
})
