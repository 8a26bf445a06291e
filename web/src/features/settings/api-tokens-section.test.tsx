import type { ApiToken } from '@assay/server/contract'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { renderInProject, testMe } from '../../testing/render.tsx'
import { stubServer } from '../../testing/stub-server.ts'
import { ApiTokensSection } from './api-tokens-section.tsx'

const DAY = 24 * 3_600_000
const at = (days: number) => new Date(Date.now() + days * DAY).toISOString()
const token: ApiToken = { id: 't1', name: 'deploy', role: 'engineer', actsAs: 'engineer', prefix: 'assay_pat_abcd', person: { id: '0', name: 'Ada Admin' }, createdAt: at(-40), expiresAt: at(60), lastUsedAt: at(-1), revokedAt: null, revokedBy: null }
const LIST = 'GET /api/v1/projects/shop/tokens'

function show(tokens: ApiToken[], answers: Parameters<typeof stubServer>[0] = {}, me = testMe) {
  vi.spyOn(window, 'scrollTo').mockReturnValue()
  const requests = stubServer({ [LIST]: () => ({ body: { tokens } }), ...answers })
  renderInProject(<ApiTokensSection />, { path: '/settings/tokens', me })
  return requests
}

test('without a token the page says what one is for', async () => {
  show([])
  expect(await screen.findByText('No program manages this project yet')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'New token' })).toBeTruthy()
})

test('a token that may do less than its role, or ends soon, says so', async () => {
  show([{ ...token, actsAs: 'viewer', expiresAt: at(3.5) }])
  const row = (await screen.findByText('deploy')).closest('tr')
  expect(row?.textContent).toContain('Acts as viewer: Ada Admin may do no more')
  expect(row?.textContent).toContain('in 3 days')
})

test('ended tokens are left out until they are asked for', async () => {
  show([token, { ...token, id: 't2', name: 'old', revokedAt: at(-2), revokedBy: 'Grace' }, { ...token, id: 't3', name: 'older', expiresAt: at(-1) }])
  await screen.findByText('deploy')
  expect(screen.queryByText('old')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Show 2 ended tokens' }))
  expect(screen.getByText('old').closest('tr')?.textContent).toContain('by Grace')
  expect(within(screen.getByText('older').closest('tr') ?? document.body).queryByRole('button')).toBeNull()
})

test('a new token is limited to roles within one’s own and shown once', async () => {
  const requests = show([token], { 'POST /api/v1/projects/shop/tokens': () => ({ status: 201, body: { token: { ...token, name: 'nightly' }, value: 'assay_pat_secret' } }) }, { ...testMe, projects: [{ key: 'shop', name: 'Shop', role: 'engineer' }] })
  await userEvent.click(await screen.findByRole('button', { name: 'New token' }))
  expect((await screen.findAllByRole('radio')).map((radio) => (radio as HTMLInputElement).value)).toEqual(['viewer', 'engineer'])
  await userEvent.click(screen.getByRole('button', { name: 'Create token' }))
  expect(await screen.findByText('Give it a name.')).toBeTruthy()
  await userEvent.type(screen.getByLabelText('Name'), 'nightly')
  await userEvent.click(screen.getByRole('radio', { name: 'Engineer' }))
  await userEvent.click(screen.getByRole('button', { name: 'Create token' }))
  await waitFor(() => { expect(screen.getByRole('textbox', { name: 'The token' }).textContent).toBe('assay_pat_secret') })
  expect(screen.getByRole('region', { name: 'A first request' }).textContent).toContain('Bearer assay_pat_secret')
  expect(requests.find(({ method }) => method === 'POST')?.body).toMatchObject({ name: 'nightly', role: 'engineer', expiresAt: expect.any(String) as string })
})

test('what the server refuses is said at its field', async () => {
  show([token], { 'POST /api/v1/projects/shop/tokens': () => ({ status: 400, body: { error: { code: 'invalid_request', message: 'no', details: [{ path: 'expiresAt', message: 'Choose a time within a year from now.' }] } } }) })
  await userEvent.click(await screen.findByRole('button', { name: 'New token' }))
  await userEvent.type(await screen.findByLabelText('Name'), 'x')
  await userEvent.click(screen.getByRole('button', { name: 'Create token' }))
  expect(await screen.findByText('Choose a time within a year from now.')).toBeTruthy()
})

test('a token in use has to be typed to be revoked, an unused one takes a click', async () => {
  const requests = show([token, { ...token, id: 't2', name: 'fresh', lastUsedAt: null }], { 'DELETE /api/v1/projects/shop/tokens/t1': () => ({ status: 204 }), 'DELETE /api/v1/projects/shop/tokens/t2': () => ({ status: 204 }) })
  await userEvent.click(await screen.findByRole('button', { name: 'Revoke deploy of Ada Admin' }))
  const revoke = await screen.findByRole('button', { name: 'Revoke token' })
  expect(revoke).toHaveProperty('disabled', true)
  await userEvent.type(screen.getByRole('textbox'), 'assay_pat_abcd')
  await userEvent.click(revoke)
  await waitFor(() => { expect(requests.some(({ path, method }) => method === 'DELETE' && path.endsWith('/t1'))).toBe(true) })
  await userEvent.click(await screen.findByRole('button', { name: 'Revoke fresh of Ada Admin' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Revoke token' }))
  await waitFor(() => { expect(requests.some(({ path, method }) => method === 'DELETE' && path.endsWith('/t2'))).toBe(true) })
})

test('a list that cannot be read says so and can be asked again', async () => {
  show([], { [LIST]: () => ({ status: 503, body: { error: { code: 'storage_unavailable', message: 'The database does not answer.' } } }) })
  expect(await screen.findByText(/The database does not answer/)).toBeTruthy()
})
