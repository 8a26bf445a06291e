import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { FlagSummary, Hypothesis, Layer, Metric } from '@assay/server/contract'
import { afterEach, expect, test, vi } from 'vitest'
import { renderInProject } from '../../testing/render.tsx'
import { Draft } from './draft.tsx'
import { experiment, samplePlan, sampleSetup } from './experiment.samples.ts'

const fetched = vi.fn<typeof fetch>()
vi.stubGlobal('fetch', fetched)
afterEach(() => { vi.clearAllMocks() })

const flags: FlagSummary[] = [{
  key: sampleSetup.flag, name: 'Express pay', kind: 'experiment', type: 'string', owner: null, tags: [], clientVisible: false, expectedRemoval: null, archivedAt: null, createdAt: '2026-10-01T00:00:00Z', openChanges: 0, variants: [{ key: 'control' }, { key: 'express' }], environments: [], experiment: null, changedAt: '2026-11-01T00:00:00Z', changedBy: 'Ada',
}]
const hypothesis: Hypothesis = { key: 'H-1', ...samplePlan.hypothesis.draft, level: 1, revision: 1, createdAt: '2026-11-01T00:00:00Z', createdBy: 'Ada', changedAt: '2026-11-01T00:00:00Z', changedBy: 'Ada', missing: [], experiments: [] }
const metrics: Metric[] = [{ key: 'completion', name: 'Checkout completion', description: '', type: 'conversion', event: 'order', direction: 'increase', unitLabel: '', windowHours: null, revision: 1, changedAt: '2026-11-01T00:00:00Z', changedBy: 'Ada' }]
const checkout: Layer = { key: 'checkout', name: 'Checkout', unit: 'user', createdAt: '2026-11-01T00:00:00Z', createdBy: 'Ada', taken: [{ flag: 'basket', environment: 'production', rule: 'b', experiment: 'EXP-2', from: 0, to: 40_000 }] }
const draft = experiment({ status: 'draft', analysis: null, verdict: null, plan: null, planHash: null, startedAt: null, people: 0, checklist: [{ id: 'hypothesis', label: 'The hypothesis is complete', state: 'ok', evidence: 'It is.' }] })

/** Nothing measured the metric yet. */
const measured = [['metric-preview', 'shop', { environment: sampleSetup.environment, unitType: sampleSetup.unitType, days: 28 }, { type: 'conversion', event: 'order', direction: 'increase', unitLabel: '', windowHours: null }], { level: null }] as const
const show = (shown = draft) => renderInProject(<Draft experiment={shown} flags={flags} hypothesis={hypothesis} metrics={metrics} />, { data: [measured, [['flags', 'shop', 'search', '', undefined], { flags, matching: 1, inView: 1, nextCursor: null }], [['experiments', 'shop'], { experiments: [] }], [['layers', 'shop'], { layers: [checkout] }], [['flag', 'shop', sampleSetup.flag], { type: 'string', variants: [] }]] })
const field = (name: string) => screen.findByLabelText(name)
const answers = (...bodies: { status: number; body: unknown }[]) => {
  for (const { status, body } of bodies) fetched.mockImplementationOnce(() => Promise.resolve(Response.json(body, { status })))
}
const sent = (call: number) => JSON.parse(String(fetched.mock.calls[call]?.[1]?.body)) as unknown

test('an edit is saved against the revision that it was made from', async () => {
  const user = userEvent.setup()
  show()
  expect(screen.queryByText('Save the set-up')).toBeNull()
  const days = await field('Shortest days')
  await user.clear(days)
  await user.type(days, '10')
  expect(screen.getByText('Save the set-up first: what is saved is what will be sealed.', { selector: 'p' })).toBeDefined()
  answers({ status: 200, body: { ...draft, minDays: 10, revision: 5 } })
  await user.click(screen.getByText('Save the set-up'))
  await waitFor(() => { expect(screen.queryByText('Save the set-up')).toBeNull() })
  expect(sent(0)).toEqual({ basedOn: 4, setup: { ...sampleSetup, minDays: 10 } })
})

test('what somebody else saved in other fields is kept, and the save goes through', async () => {
  const user = userEvent.setup()
  show()
  const days = await field('Shortest days')
  await user.clear(days)
  await user.type(days, '10')
  answers(
    { status: 409, body: { error: { code: 'revision_conflict', message: 'Changed.', details: { basedOn: 4, currentRevision: 5, current: {}, yours: {}, changedBy: 'Bob' } } } },
    { status: 200, body: { ...draft, plannedDays: 21, revision: 5 } },
    { status: 200, body: { ...draft, plannedDays: 21, minDays: 10, revision: 6 } },
  )
  await user.click(screen.getByText('Save the set-up'))
  await waitFor(() => { expect(sent(2)).toEqual({ basedOn: 5, setup: { ...sampleSetup, plannedDays: 21, minDays: 10 } }) })
})

test('where both changed the same, a person chooses', async () => {
  const user = userEvent.setup()
  show()
  const days = await field('Shortest days')
  await user.clear(days)
  await user.type(days, '10')
  answers(
    { status: 409, body: { error: { code: 'revision_conflict', message: 'Changed.', details: { basedOn: 4, currentRevision: 5, current: {}, yours: {}, changedBy: 'Bob' } } } },
    { status: 200, body: { ...draft, minDays: 14, revision: 5 } },
    { status: 200, body: { ...draft, minDays: 10, revision: 6 } },
  )
  await user.click(screen.getByText('Save the set-up'))
  expect(await screen.findByText('14 days')).toBeDefined()
  await user.click(screen.getByText('Save what I chose'))
  await waitFor(() => { expect(sent(2)).toEqual({ basedOn: 5, setup: { ...sampleSetup, minDays: 10 } }) })
})

test('a part of a layer is chosen, and saved with the set-up', async () => {
  const user = userEvent.setup()
  show()
  await user.click(await screen.findByRole('combobox', { name: 'Layer' }))
  await user.click(screen.getByRole('option', { name: 'Checkout, by user' }))
  expect(screen.getByText('30% would meet the change; the hypothesis allows 50%')).toBeDefined()
  const share = await field('Share of the layer')
  await user.clear(share)
  await user.click(screen.getByText('Save the set-up'))
  expect(screen.getByText('Its part of the layer is empty: raise the share above 0%.')).toBeDefined()
  expect(fetched).not.toHaveBeenCalled()
  await user.type(share, '25')
  answers({ status: 200, body: { ...draft, layer: { key: 'checkout', from: 40_000, to: 65_000 }, revision: 5 } })
  await user.click(screen.getByText('Save the set-up'))
  await waitFor(() => { expect(sent(0)).toEqual({ basedOn: 4, setup: { ...sampleSetup, layer: { key: 'checkout', from: 40_000, to: 65_000 } } }) })
})

test('a set-up that cannot be is not sent', async () => {
  const user = userEvent.setup()
  show()
  await user.click(await field('express'))
  await user.click(screen.getByText('Save the set-up'))
  expect(screen.getByText('Choose at least two variants: control and what is compared with it.')).toBeDefined()
  expect(fetched).not.toHaveBeenCalled()
})

test('starting says what will be sealed, and is refused while something stands in the way', async () => {
  const user = userEvent.setup()
  const { unmount } = show({ ...draft, checklist: [{ id: 'hypothesis', label: 'The hypothesis is complete', state: 'blocker', evidence: 'Name who decides.' }] })
  expect((await screen.findByText('Start the experiment')).closest('button')?.getAttribute('aria-disabled')).toBe('true')
  expect(screen.getByText('1 thing stands in the way, marked above.', { selector: 'p' })).toBeDefined()
  unmount()
  show()
  await user.click(await screen.findByText('Start the experiment'))
  expect(await screen.findByText('Read once, at the end, planned for 20,000 people or 14 days, at least 7 days')).toBeDefined()
  answers({ status: 200, body: { ...draft, status: 'running' } })
  await user.click(screen.getByText('Seal the plan and start'))
  await waitFor(() => { expect(sent(0)).toEqual({ basedOn: 4, sealing: { hypothesis: 1, metrics: { completion: 1 }, cohort: 3 } }) })
})

test('what somebody changed since the page was read is told, and read before anything is sealed', async () => {
  const user = userEvent.setup()
  show()
  await user.click(await screen.findByText('Start the experiment'))
  answers({ status: 409, body: { error: { code: 'revision_conflict', message: 'H-1 was changed by Bob since you opened it. Nothing was started.', details: { basedOn: 1, currentRevision: 2, current: {}, yours: {}, changedBy: 'Bob' } } } })
  await user.click(await screen.findByText('Seal the plan and start'))
  expect((await screen.findByRole('alert')).textContent).toContain('H-1 was changed by Bob')
  expect(screen.queryByText('Seal the plan and start')).toBeNull()
  await user.click(screen.getByText('Read it again'))
  await waitFor(() => { expect(screen.queryByRole('alert')).toBeNull() })
})
