import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { renderInProject } from '../../testing/render.tsx'
import { DecisionDialog } from './decision-dialog.tsx'
import { experiment } from './experiment.samples.ts'

const closed = vi.fn()
const fetched = vi.fn<typeof fetch>()
vi.stubGlobal('fetch', fetched)
afterEach(() => { vi.clearAllMocks() })

const open = (change: Parameters<typeof experiment>[0] = {}) => { renderInProject(<DecisionDialog experiment={experiment(change)} arm="express" onClose={closed} />) }
const record = () => screen.findByRole('button', { name: 'Record the decision' })

test('a decision that follows the verdict needs a learning only, and is sent with its variant', async () => {
  const user = userEvent.setup()
  fetched.mockImplementation(() => Promise.resolve(Response.json(experiment({ status: 'decided' }))))
  open()
  await user.click(await record())
  expect(await screen.findByText('Write down what was learned.')).toBeDefined()
  expect(fetched).not.toHaveBeenCalled()
  await user.type(screen.getByRole('textbox', { name: /What was learned/ }), 'People like it.')
  await user.click(await record())
  await waitFor(() => { expect(closed).toHaveBeenCalled() })
  const [path, request] = fetched.mock.calls[0] ?? []
  expect(path).toBe('/api/v1/projects/shop/experiments/EXP-1/decide')
  expect(JSON.parse(String(request?.body))).toEqual({ choice: 'ship', variant: 'express', note: '', learning: 'People like it.' })
})

test('a decision against the verdict asks why', async () => {
  const user = userEvent.setup()
  open()
  await user.click(await screen.findByRole('radio', { name: /Remove/ }))
  await user.type(screen.getByRole('textbox', { name: /What was learned/ }), 'Too dear.')
  await user.click(await record())
  expect(await screen.findByText('This differs from the verdict: say why.')).toBeDefined()
  expect(screen.getByRole('textbox', { name: /Why it differs from the verdict/ })).toBeDefined()
  expect(fetched).not.toHaveBeenCalled()
})

test('what the server refuses stands at its field', async () => {
  const user = userEvent.setup()
  fetched.mockImplementation(() => Promise.resolve(Response.json({ error: { code: 'invalid_request', message: 'No.', details: [{ path: 'note', message: 'The decision differs from the verdict: say why.' }] } }, { status: 400 })))
  open()
  await user.type(await screen.findByRole('textbox', { name: /What was learned/ }), 'People like it.')
  await user.click(await record())
  expect(await screen.findByText('The decision differs from the verdict: say why.')).toBeDefined()
  expect(closed).not.toHaveBeenCalled()
})

test('with several variants the one to ship is chosen', async () => {
  open({ arms: [...experiment().arms, { variant: 'third', weight: 1 }] })
  expect(await screen.findByRole('combobox', { name: /Variant to ship/ })).toHaveProperty('value', 'express')
})
