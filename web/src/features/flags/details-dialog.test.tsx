import { expect, test, vi } from 'vitest'
import type { FlagDetail } from '@assay/server/contract'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { renderInProject } from '../../testing/render.tsx'
import { stubServer, type StubbedRequest } from '../../testing/stub-server.ts'
import { DetailsDialog } from './details-dialog.tsx'
import { flagDetail } from './flag.samples.ts'

const url = '/api/v1/projects/shop/flags/checkout.express-pay'
const members = { members: [{ userId: '1', email: 'jonas@example.com', name: 'Jonas Lind', role: 'engineer', invited: false, lastSeenAt: null }] }

function show(patch: (request: StubbedRequest) => { status?: number; body?: unknown }, live: FlagDetail = flagDetail()) {
  const requests = stubServer({ [`PATCH ${url}`]: patch, [`GET ${url}`]: () => ({ body: live }) })
  const onClose = vi.fn()
  renderInProject(<DetailsDialog flag={flagDetail()} onClose={onClose} />, { data: [[['members', 'shop'], members], [['flags', 'shop', 'views'], { views: { all: 0, mine: 0, live: 0, cleanup: 0, review: 0, archived: 0 }, tags: [], owners: [], usageKnown: true }]] })
  return { onClose, sent: () => requests.filter(({ method }) => method === 'PATCH').map(({ body }) => body) }
}

test('only what changed is sent', async () => {
  const person = userEvent.setup()
  const { onClose, sent } = show(() => ({ body: flagDetail() }))
  await person.click(await screen.findByRole('combobox', { name: 'Owner' }))
  await person.click(screen.getByRole('option', { name: 'Jonas Lind' }))
  await person.type(screen.getByRole('combobox', { name: 'Tags' }), 'checkout,')
  await person.click(screen.getByRole('button', { name: 'Save details' }))
  await waitFor(() => { expect(onClose).toHaveBeenCalled() })
  expect(sent()).toEqual([{ basedOn: 3, owner: 'Jonas Lind', tags: ['checkout'] }])
})

test('a tag that cannot be one says so and is not sent', async () => {
  const person = userEvent.setup()
  const { sent } = show(() => ({ body: flagDetail() }))
  await person.type(await screen.findByRole('combobox', { name: 'Tags' }), '#checkout,')
  expect(screen.getByText(/Use 1 to 50 lower-case letters/)).toBeTruthy()
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save details' }).disabled).toBe(true)
  expect(sent()).toEqual([])
})

test('where somebody changed something else first, both are kept', async () => {
  const person = userEvent.setup()
  const live = flagDetail({ description: 'Theirs', revision: 9 })
  const answers = [() => ({ status: 409, body: { error: { code: 'revision_conflict', message: 'Changed.', details: { basedOn: 3, currentRevision: 9, current: {}, yours: {}, changedBy: 'Jonas Lind' } } } }), () => ({ body: live })]
  const { onClose, sent } = show(() => answers.shift()?.() ?? {}, live)
  const name = await screen.findByRole('textbox', { name: 'Name' })
  await person.clear(name)
  await person.type(name, 'Fast pay')
  await person.click(screen.getByRole('button', { name: 'Save details' }))
  await waitFor(() => { expect(onClose).toHaveBeenCalled() })
  expect(sent()).toEqual([{ basedOn: 3, name: 'Fast pay' }, { basedOn: 9, name: 'Fast pay' }])
})

test('where both changed the same, one is chosen', async () => {
  const person = userEvent.setup()
  const live = flagDetail({ name: 'Theirs', revision: 9 })
  const answers = [() => ({ status: 409, body: { error: { code: 'revision_conflict', message: 'Changed.', details: { basedOn: 3, currentRevision: 9, current: {}, yours: {}, changedBy: 'Jonas Lind' } } } }), () => ({ body: live })]
  const { onClose, sent } = show(() => answers.shift()?.() ?? {}, live)
  const name = await screen.findByRole('textbox', { name: 'Name' })
  await person.clear(name)
  await person.type(name, 'Mine')
  await person.click(screen.getByRole('button', { name: 'Save details' }))
  await person.click(await screen.findByRole('button', { name: 'Use mine' }))
  await waitFor(() => { expect(onClose).toHaveBeenCalled() })
  expect(sent().at(-1)).toEqual({ basedOn: 9, name: 'Mine' })
})
