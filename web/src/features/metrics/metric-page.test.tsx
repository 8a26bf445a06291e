import type { Metric } from '@assay/server/contract'
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderInProject } from '../../testing/render.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { UsedPanel } from './used-panel.tsx'

const first: Metric = { key: 'orders', name: 'Orders', description: '', type: 'conversion', event: 'order', direction: 'increase', unitLabel: '', windowHours: 72, revision: 1, changedAt: '2026-11-01T00:00:00Z', changedBy: 'Ada' }
const second: Metric = { ...first, owner: 'Checkout', revision: 2, changedBy: 'Bob' }
const third: Metric = { ...second, filter: [{ property: 'method', op: 'equals', values: ['card'] }], revision: 3, changedBy: 'Ada' }
const revisions = [{ metric: third, reason: 'Invoices are often cancelled.' }, { metric: second, reason: null }, { metric: first, reason: null }]

test('the history says who changed what and why, and holds any two revisions beside each other in words', async () => {
  renderInProject(<HistoryPanel revisions={revisions} />)
  expect((await screen.findAllByRole('listitem')).map((item) => item.textContent)).toEqual([
    expect.stringMatching(/^Revision 3Changed conditionsAda, .*Invoices are often cancelled\.$/),
    expect.stringMatching(/^Revision 2Changed ownerBob, /),
    expect.stringMatching(/^Revision 1Written downAda, /),
  ])
  const differences = () => screen.getAllByRole('term').map((term) => term.textContent)
  expect(differences()).toEqual(['What it measures', 'Conditions'])
  await userEvent.click(screen.getByRole('combobox', { name: 'Compare from' }))
  await userEvent.click(await screen.findByRole('option', { name: 'Revision 1' }))
  expect(differences()).toEqual(['What it measures', 'Owner', 'Conditions'])
  await userEvent.click(screen.getByRole('combobox', { name: 'Compare to' }))
  await userEvent.click((await screen.findAllByRole('option', { name: 'Revision 1' })).at(-1) ?? document.body)
  expect(screen.getByText('These two say the same.')).toBeTruthy()
})

test('a metric that was never changed has nothing to compare', async () => {
  renderInProject(<HistoryPanel revisions={revisions.slice(2)} />)
  expect(await screen.findByText('Written down')).toBeTruthy()
  expect(screen.queryByRole('combobox')).toBeNull()
})

test('sealed plans are told with the revision they hold', async () => {
  renderInProject(<UsedPanel metric={third} uses={{ decides: ['H-1'], guards: [], explains: [] }} plans={[{ experiment: 'EXP-2', title: 'Express pay', status: 'running', phase: 2, role: 'primary', revision: 3 }, { experiment: 'EXP-1', title: 'Gift notes', status: 'decided', phase: 1, role: 'guardrail', revision: 1 }]} />)
  const link = await screen.findByRole('link', { name: 'EXP-1' })
  const rows = screen.getAllByRole('listitem').filter((item) => within(item).queryByText(/EXP-/) !== null)
  expect(rows.map((row) => row.textContent)).toEqual(['EXP-2 Express paydecides, running, phase 2This revision', 'EXP-1 Gift notesguards, decidedRevision 1'])
  expect(link.getAttribute('href')).toBe('/p/shop/experiments/EXP-1')
})
