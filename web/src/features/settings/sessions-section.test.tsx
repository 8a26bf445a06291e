import type { BrowserSession } from '@assay/server/contract'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { renderInProject } from '../../testing/render.tsx'
import { stubServer } from '../../testing/stub-server.ts'
import { SessionsSection } from './sessions-section.tsx'

const at = new Date().toISOString()
const here: BrowserSession = { id: 's1', browser: 'Firefox 143', system: 'macOS', signedInAt: at, lastActiveAt: at, current: true }
const phone: BrowserSession = { ...here, id: 's2', browser: 'Chrome 140', system: 'Android', current: false }

function show(sessions: BrowserSession[], answers: Parameters<typeof stubServer>[0] = {}) {
  vi.spyOn(window, 'scrollTo').mockReturnValue()
  const requests = stubServer({ 'GET /api/v1/me/sessions': () => ({ body: { sessions } }), ...answers })
  renderInProject(<SessionsSection />, { path: '/settings/sessions' })
  return requests
}

test('this browser is marked, stands first and is not signed out from here', async () => {
  show([phone, here])
  const rows = await screen.findAllByRole('listitem')
  expect(rows.map((row) => row.textContent)).toEqual([expect.stringMatching(/^Firefox 143 on macOS This browser/), expect.stringMatching(/^Chrome 140 on Android/)])
  expect(within(rows[0] ?? document.body).queryByRole('button')).toBeNull()
})

test('one browser is signed out, and all others at once', async () => {
  const requests = show([here, phone], { 'DELETE /api/v1/me/sessions/s2': () => ({ status: 204 }), 'DELETE /api/v1/me/sessions': () => ({ body: { ended: 1 } }) })
  await userEvent.click(await screen.findByRole('button', { name: 'Sign out Chrome 140 on Android' }))
  await userEvent.click(screen.getByRole('button', { name: 'Sign out everywhere else' }))
  await waitFor(() => { expect(requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path)).toEqual(['/api/v1/me/sessions/s2', '/api/v1/me/sessions']) })
})

test('with no other browser there is nothing to sign out of', async () => {
  show([here])
  expect(await screen.findByText('You are signed in nowhere else.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Sign out everywhere else' })).toHaveProperty('disabled', true)
})

test('a wrong password is said at its field, a good one changes it', async () => {
  const requests = show([here], {
    'POST /api/v1/me/password': ({ body }) => ((body as { current: string }).current === 'correct horse battery' ? { body: {} } : { status: 403, body: { error: { code: 'wrong_password', message: 'This is not your password.' } } }),
  })
  const now = await screen.findByLabelText('Password now')
  await userEvent.type(now, 'guess')
  await userEvent.type(screen.getByLabelText('New password'), 'short')
  const change = screen.getByRole('button', { name: 'Change password' })
  await userEvent.click(change)
  expect(await screen.findByText('Use at least 12 characters.')).toBeTruthy()
  await userEvent.type(screen.getByLabelText('New password'), ' and longer now')
  await userEvent.click(change)
  expect(await screen.findByText('This is not your password.')).toBeTruthy()
  await userEvent.clear(now)
  await userEvent.type(now, 'correct horse battery')
  await userEvent.click(change)
  await waitFor(() => { expect(now).toHaveProperty('value', '') })
  expect(requests.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([
    { current: 'guess', password: 'short and longer now' },
    { current: 'correct horse battery', password: 'short and longer now' },
  ])
})
