import type { Cohort, CohortSize } from '@assay/server/contract'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { renderInProject, testProject } from '../../testing/render.tsx'
import { CohortDetail } from './cohort-detail.tsx'

const eea: Cohort = {
  key: 'eea', name: 'Shoppers in the EEA', description: '', unit: 'user', when: { attribute: 'country', op: 'in', values: ['DE'] }, included: [], excluded: [],
  revision: 4, changedAt: '2026-05-02T09:00:00.000Z', changedBy: 'Ada', usedBy: [{ kind: 'flag', key: 'express-pay', environment: 'production' }, { kind: 'flag', key: 'express-pay', environment: 'staging' }],
}

const nobody: CohortSize = { basis: { units: 0, since: null, until: null }, inside: 0, unknown: 0, share: 0, examples: [] }

interface Sent {
  method: string
  body: unknown
}

/** Answers writes in turn, and keeps what was sent. */
function answering(...answers: { status: number; body: unknown }[]): Sent[] {
  const sent: Sent[] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation((path, { method = 'GET', body } = {}) => {
    // Counting whom an edit takes in writes nothing.
    const counts = path === '/api/v1/projects/shop/cohorts/preview'
    if (method !== 'GET' && !counts) sent.push({ method, body: typeof body === 'string' ? JSON.parse(body) : undefined })
    const asked = path === '/api/v1/projects/shop' ? testProject : counts ? nobody : { entries: [], nextBefore: null, cohorts: [eea], flags: [] }
    const answer = method === 'GET' || counts ? { status: 200, body: asked } : answers.shift()
    return Promise.resolve(new Response(JSON.stringify(answer?.body), { status: answer?.status ?? 500 }))
  })
  return sent
}

beforeEach(() => { vi.spyOn(window, 'scrollTo').mockReturnValue() })

function show(cohort = eea) {
  renderInProject(<CohortDetail cohort={cohort} cohorts={[cohort]} />, { path: '/cohorts/eea' })
}

test('an edit that moves people in production is reviewed, names the flags and gives a reason', async () => {
  const sent = answering({ status: 200, body: { ...eea, excluded: ['customer-1'], revision: 5 } })
  show()
  await userEvent.type(await screen.findByLabelText('Never in'), 'customer-1')
  await userEvent.click(screen.getByRole('button', { name: 'Review and apply' }))
  const sheet = await screen.findByRole('dialog', { name: 'Apply to Production' })
  expect(within(sheet).getByText('express-pay')).toBeTruthy()
  expect(within(sheet).getByText('1 unit listed (1 added)')).toBeTruthy()
  expect(sent).toEqual([])
  await userEvent.type(within(sheet).getByLabelText('Why'), 'They asked to be left out.')
  await userEvent.click(within(sheet).getByRole('button', { name: 'Apply to production' }))
  await waitFor(() => { expect(sent).toHaveLength(1) })
  expect(sent[0]).toMatchObject({ method: 'PUT', body: { basedOn: 4, excluded: ['customer-1'], reason: 'They asked to be left out.' } })
})

test('a new name moves nobody and is saved at once', async () => {
  const sent = answering({ status: 200, body: { ...eea, name: 'Shoppers in Europe', revision: 5 } })
  show()
  const name = await screen.findByLabelText('Name')
  await userEvent.clear(name)
  await userEvent.type(name, 'Shoppers in Europe')
  await userEvent.click(screen.getByRole('button', { name: 'Save cohort' }))
  await waitFor(() => { expect(sent).toHaveLength(1) })
  expect(sent[0]).toMatchObject({ body: { basedOn: 4, name: 'Shoppers in Europe' } })
})

test('where somebody else changed the same, both sides are shown', async () => {
  const theirs = { ...eea, name: 'Europe', revision: 5, changedBy: 'Jonas' }
  const sent = answering({ status: 409, body: { error: { code: 'revision_conflict', message: 'Changed by Jonas.', details: { basedOn: 4, currentRevision: 5, current: theirs, yours: {}, changedBy: 'Jonas' } } } }, { status: 200, body: { ...theirs, name: 'EU', revision: 6 } })
  show()
  const name = await screen.findByLabelText('Name')
  await userEvent.clear(name)
  await userEvent.type(name, 'EU')
  await userEvent.click(screen.getByRole('button', { name: 'Save cohort' }))
  const dialog = await screen.findByRole('dialog', { name: 'Someone else saved first' })
  expect(within(within(dialog).getByRole('row', { name: /Name/ })).getAllByRole('cell').slice(0, 3).map((cell) => cell.textContent)).toEqual(['Shoppers in the EEA', 'Europe', 'EU'])
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save what I chose' }))
  await waitFor(() => { expect(sent).toHaveLength(2) })
  expect(sent[1]).toMatchObject({ body: { basedOn: 5, name: 'EU' } })
})

test('a cohort that is used is not deleted, and says by whom', async () => {
  answering()
  show()
  const button = await screen.findByRole('button', { name: 'Delete' })
  expect(button.getAttribute('aria-disabled')).toBe('true')
  expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe('It is used by 1 flag. Take it out there first.')
})

test('one is tried with what is known about them', async () => {
  answering()
  show({ ...eea, usedBy: [] })
  await userEvent.type(await screen.findByLabelText('Person'), 'customer-17')
  await userEvent.type(screen.getByLabelText('country'), 'FR')
  expect(await screen.findByText('customer-17 is not in the cohort eea.')).toBeTruthy()
})
