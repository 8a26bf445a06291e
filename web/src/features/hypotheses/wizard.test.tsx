import { draftOf, type ExperimentSummary, type Hypothesis, type Layer, type Member, type MetricPreview, type SimilarHypothesis } from '@assay/server/contract'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { renderInProject } from '../../testing/render.tsx'
import type { Choices } from './choices.ts'
import { running, written } from './hypothesis.samples.ts'
import { Wizard } from './wizard.tsx'

const metric = { key: 'orders', name: 'Orders', description: '', type: 'conversion' as const, event: 'order', direction: 'increase' as const, unitLabel: '', windowHours: null, revision: 1, changedAt: written.createdAt, changedBy: 'Ada' }
const checkout: Layer = { key: 'checkout', name: 'Checkout', unit: 'user', createdAt: written.createdAt, createdBy: 'Ada', taken: [{ flag: 'basket', environment: 'production', rule: 'b', experiment: 'EXP-2', from: 0, to: 40_000 }] }
const choices: Choices = { metrics: [metric], cohorts: [], flags: [], members: [] satisfies Member[] }

interface Sent {
  method: string
  path: string
  body: unknown
}

/** What the server holds by now, by path. */
let now: Record<string, unknown> = {}
let similar: SimilarHypothesis[] = []
/** What the deciding metric measures today: nothing, until a test says so. */
let measured: Partial<MetricPreview> = { level: null }
/** Answers requests in turn, and keeps what was sent. */
function answering(...answers: { status: number; body: unknown }[]): Sent[] {
  const sent: Sent[] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, { method = 'GET', body } = {}) => {
    const path = input instanceof Request ? input.url : String(input)
    if (path.endsWith('/metric-preview')) return Promise.resolve(new Response(JSON.stringify(measured), { status: 200 }))
    if (path.endsWith('/similar-hypotheses')) return Promise.resolve(new Response(JSON.stringify({ hypotheses: similar }), { status: 200 }))
    if (method !== 'GET') sent.push({ method, path, body: typeof body === 'string' ? JSON.parse(body) : undefined })
    const answer = method === 'GET' ? { status: 200, body: now[path] ?? { hypotheses: [], experiments: [], metrics: [metric], cohorts: [], layers: [checkout], flags: [], matching: 0 } } : answers.shift()
    return Promise.resolve(new Response(JSON.stringify(answer?.body), { status: answer?.status ?? 500 }))
  })
  return sent
}

beforeEach(() => { now = {}; similar = []; measured = { level: null }; vi.spyOn(window, 'scrollTo').mockReturnValue() })

function show(hypothesis: Hypothesis | null, step: 'believe' | 'expose' | 'review' = 'believe', experiments: ExperimentSummary[] = []) {
  renderInProject(<Wizard step={step} hypothesis={hypothesis} experiments={experiments} choices={choices} />, { path: '/hypotheses/H-7/edit' })
}

const conflict = (current: Hypothesis) => ({ status: 409, body: { error: { code: 'revision_conflict', message: 'Changed by Jonas.', details: { basedOn: 3, currentRevision: current.revision, current, yours: draftOf(written), changedBy: 'Jonas', changedAt: written.changedAt } } } })

test('a new plan may be saved with nothing but a name', async () => {
  const sent = answering({ status: 201, body: { ...written, key: 'H-8', change: '' } })
  show(null)
  await userEvent.click(await screen.findByRole('button', { name: 'Save and continue' }))
  expect(await screen.findByText('Give it a name.')).toBeTruthy()
  expect(sent).toEqual([])
  await userEvent.type(screen.getByLabelText('Name'), 'Gift notes')
  await userEvent.click(screen.getByRole('button', { name: 'Save and continue' }))
  await waitFor(() => { expect(sent).toHaveLength(1) })
  expect(sent[0]).toMatchObject({ method: 'POST', path: '/api/v1/projects/shop/hypotheses', body: { title: 'Gift notes', change: '', primaryMetric: null } })
})

test('the sentence fills in while it is typed', async () => {
  answering()
  show(null)
  await userEvent.type(await screen.findByLabelText('We believe that'), 'a gift note')
  const preview = screen.getByRole('complementary', { name: 'Preview' })
  expect(preview.textContent).toContain('We believe that a gift note for')
})

test('edits of two people to different fields are both kept', async () => {
  const theirs = { ...written, title: 'Express pay everywhere', revision: 4 }
  const sent = answering(conflict(theirs), { status: 200, body: { ...theirs, because: 'the form is long', revision: 5 } })
  show(written)
  const because = await screen.findByLabelText('because')
  await userEvent.clear(because)
  await userEvent.type(because, 'the form is long')
  await userEvent.click(screen.getByRole('button', { name: 'Save and continue' }))
  await waitFor(() => { expect(sent).toHaveLength(2) })
  expect(sent[1]).toMatchObject({ method: 'PUT', body: { basedOn: 4, draft: { title: 'Express pay everywhere', because: 'the form is long' } } })
})

test('where two people changed the same field, both sides are shown and nothing is written until one is chosen', async () => {
  const theirs = { ...written, because: 'theirs', revision: 4 }
  const sent = answering(conflict(theirs), { status: 200, body: { ...theirs, revision: 5 } })
  show(written)
  const because = await screen.findByLabelText('because')
  await userEvent.clear(because)
  await userEvent.type(because, 'mine')
  await userEvent.click(screen.getByRole('button', { name: 'Save and continue' }))
  const dialog = await screen.findByRole('dialog', { name: 'Someone else saved first' })
  const row = within(dialog).getByRole('row', { name: /Because/ })
  expect(within(row).getAllByRole('cell').slice(0, 3).map((cell) => cell.textContent)).toEqual(['most leave at the address form', 'theirs', 'mine'])
  expect(sent).toHaveLength(1)
  await userEvent.click(within(dialog).getByRole('radio', { name: 'Live' }))
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save what I chose' }))
  await waitFor(() => { expect(sent).toHaveLength(2) })
  expect(sent[1]).toMatchObject({ body: { basedOn: 4, draft: { because: 'theirs' } } })
})

test('an experiment is drafted in a part of a layer, and the days count only the people in it', async () => {
  const drafted: ExperimentSummary = { ...running, status: 'draft', startedAt: null, planHash: null, ruleId: null, people: 0 }
  const sent = answering({ status: 200, body: { ...drafted, layer: { key: 'checkout', from: 40_000, to: 60_000 }, revision: 3 } })
  show(written, 'expose', [drafted])
  await userEvent.click(await screen.findByRole('combobox', { name: 'Layer' }))
  await userEvent.click(screen.getByRole('option', { name: 'Checkout, by user' }))
  const share = screen.getByLabelText('Share of the layer')
  await userEvent.clear(share)
  await userEvent.type(share, '20')
  expect(screen.getByText('10% of the audience would meet the change, of 50% allowed.')).toBeTruthy()
  await userEvent.type(await screen.findByLabelText('Orders, today'), '50')
  await userEvent.type(screen.getByLabelText('People per day'), '5000')
  expect(screen.getByText(/Of 5,000 people per day, 1,000 take part\./)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Save and continue' }))
  await waitFor(() => { expect(sent).toHaveLength(1) })
  expect(sent[0]).toMatchObject({ method: 'PUT', path: '/api/v1/projects/shop/experiments/EXP-4', body: { basedOn: 2, setup: { flag: 'express-pay', layer: { key: 'checkout', from: 40_000, to: 60_000 } } } })
})

test('people and days start from what the deciding metric measures today, until something else is typed', async () => {
  measured = { level: 0.1, sd: 0.3, units: 28_000, oneIn: 1, perDay: [] }
  answering()
  show(written, 'expose', [{ ...running, status: 'draft', startedAt: null, planHash: null, ruleId: null, people: 0 }])
  expect(await screen.findByDisplayValue('10%')).toBe(screen.getByLabelText('Orders, today'))
  expect(screen.getByLabelText('People per day')).toHaveProperty('value', '1,000')
  expect(screen.getByText(/^Measured in production over 28 days/)).toBeTruthy()
  await userEvent.clear(screen.getByLabelText('People per day'))
  await userEvent.type(screen.getByLabelText('People per day'), '50')
  expect(screen.getByLabelText('Orders, today')).toHaveProperty('value', '10%')
  expect(screen.getByLabelText('People per day')).toHaveProperty('value', '50')
})

test('a plan that lacks something does not start, and says what and where', async () => {
  const sent = answering()
  show({ ...written, decider: '', missing: [{ field: 'decider', message: 'Name who decides.' }, { field: 'experiment', message: 'Needs exposure.' }] }, 'review')
  await userEvent.click(await screen.findByRole('button', { name: 'Seal and start' }))
  const alert = await screen.findByRole('alert')
  expect(within(alert).getByText('Name who decides. Needs exposure.')).toBeTruthy()
  expect(within(alert).getByRole('link', { name: /Fix/ }).getAttribute('href')).toContain('step=decide')
  expect(sent).toEqual([])
})

test('what somebody changed while the plan was read is told and shown, and is not sealed unread', async () => {
  const complete = { ...written, guardrails: [], secondaryMetrics: [], missing: [] }
  const drafted: ExperimentSummary = { ...running, status: 'draft', startedAt: null, planHash: null, ruleId: null, people: 0 }
  const theirs = { ...complete, minimumEffect: 0.37, revision: 4 }
  now = { '/api/v1/projects/shop/hypotheses/H-7': theirs, '/api/v1/projects/shop/experiments/EXP-4': { ...drafted, checklist: [] } }
  const sent = answering({ status: 409, body: { error: { code: 'revision_conflict', message: 'H-7 was changed by Jonas since you opened it. Nothing was started.', details: { basedOn: 3, currentRevision: 4, current: theirs, yours: {} } } } })
  show(complete, 'review', [drafted])
  await userEvent.click(await screen.findByRole('button', { name: 'Seal and start' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Seal and start' }))
  expect((await within(dialog).findByRole('alert')).textContent).toContain('H-7 was changed by Jonas')
  expect(sent).toMatchObject([{ body: { basedOn: 2, sealing: { hypothesis: 3, metrics: { orders: 1 }, cohort: null } } }])
  await userEvent.click(within(dialog).getByRole('button', { name: 'Read it again' }))
  await waitFor(() => { expect(screen.getAllByText(/37%/).length).toBeGreaterThan(0) })
})

test('advice stands at the field it is about, and what is merely empty is told once the plan was saved', async () => {
  answering()
  show(null)
  await userEvent.type(await screen.findByLabelText('We believe that'), 'shorten the form and hide the coupon')
  expect(await screen.findByText(/several changes at once/)).toBeTruthy()
  expect(screen.queryByText(/There is no reason/)).toBeNull()
})

test('what others tried of the same is shown as somebody writes, with its verdict and what it taught', async () => {
  answering()
  similar = [{ key: 'H-2', title: 'Pay with one tap', level: 4, shared: 3, verdicts: [{ experiment: 'EXP-2', verdict: 'rejected', status: 'decided' }], learnings: [{ experiment: 'EXP-2', text: 'The form was never the problem.', evidence: 'strong', wrong: true }] }]
  show(null)
  await userEvent.type(await screen.findByLabelText('Name'), 'Express pay')
  expect(await screen.findByText('The form was never the problem.', {}, { timeout: 5000 })).toBeTruthy()
  expect(screen.getByRole('link', { name: /Pay with one tap/ })).toBeTruthy()
  expect(screen.getByText('No effect worth having')).toBeTruthy()
})
