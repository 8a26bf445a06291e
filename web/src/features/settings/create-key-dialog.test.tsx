import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { renderInProject } from '../../testing/render.tsx'
import { CreateKeyDialog } from './create-key-dialog.tsx'

test('a new key is shown once, with code that has it filled in', async () => {
  const key = { id: '1', environment: 'staging', kind: 'server', name: 'checkout', prefix: 'srv_abcd', createdAt: '2026-05-02T09:00:00.000Z', createdBy: 'Ada', lastUsedAt: null, lastUsedBy: null, revokedAt: null, replacedBy: null, stopsAt: null }
  const sent: unknown[] = []
  vi.spyOn(window, 'scrollTo').mockReturnValue()
  vi.spyOn(globalThis, 'fetch').mockImplementation((_path, { body } = {}) => {
    if (typeof body === 'string') sent.push(JSON.parse(body))
    return Promise.resolve(new Response(JSON.stringify({ key, secret: 'srv_abcdefgh' }), { status: 201 }))
  })
  renderInProject(<CreateKeyDialog environment="staging" onClose={() => undefined} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Create key' }))
  expect(await screen.findByText('Give it a name.')).toBeTruthy()
  expect(sent).toEqual([])
  await userEvent.type(screen.getByLabelText('Name'), 'checkout')
  await userEvent.click(screen.getByRole('button', { name: 'Create key' }))
  await waitFor(() => { expect(screen.getByRole('textbox', { name: 'The key' }).textContent).toBe('srv_abcdefgh') })
  expect(sent).toEqual([{ name: 'checkout', environment: 'staging', kind: 'server' }])
  expect(screen.getByLabelText('Code with the key filled in').textContent).toContain("key: 'srv_abcdefgh'")
})
