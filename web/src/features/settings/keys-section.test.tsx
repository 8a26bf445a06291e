import type { SdkKey } from '@assay/server/contract'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { renderInProject, testMe } from '../../testing/render.tsx'
import { stubServer } from '../../testing/stub-server.ts'
import { KeysSection } from './keys-section.tsx'

const HOUR = 3_600_000
const at = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString()
const key: SdkKey = { id: 'k1', environment: 'production', kind: 'server', name: 'checkout', prefix: 'srv_abcd', createdAt: at(-500), createdBy: 'Ada', lastUsedAt: null, lastUsedBy: null, revokedAt: null, replacedBy: null, stopsAt: null }
const leaving: SdkKey = { ...key, lastUsedAt: at(-0.01), lastUsedBy: 'assay-node/1.2', replacedBy: { id: 'k2', prefix: 'srv_next', createdAt: at(-23.5) }, stopsAt: at(0.505) }
const LIST = 'GET /api/v1/projects/shop/keys'

function show(keys: SdkKey[], answers: Parameters<typeof stubServer>[0] = {}, me = testMe) {
  vi.spyOn(window, 'scrollTo').mockReturnValue()
  const requests = stubServer({ [LIST]: () => ({ body: { keys } }), ...answers })
  renderInProject(<KeysSection />, { path: '/settings/keys', me })
  return requests
}
const rowOf = async (prefix: string) => {
  const row = (await screen.findByText(`${prefix}…`)).closest('tr')
  if (!row) throw new Error(`No row of ${prefix}`)
  return row
}

test('a rotated key says what replaces it, when it stops, and who still uses it near its end', async () => {
  show([leaving])
  const row = await rowOf('srv_abcd')
  expect(row.textContent).toContain('Replaced by srv_next…, stops in 30 min')
  expect(row.textContent).toContain('Still used by assay-node/1.2: deploy srv_next… there')
  expect(row.textContent).toContain('by assay-node/1.2')
  expect(within(row).queryByRole('button', { name: /^Rotate/ })).toBeNull()
})

test('rotating sends the chosen overlap and shows the new key once', async () => {
  const requests = show([key], { 'POST /api/v1/projects/shop/keys/k1/rotate': () => ({ status: 201, body: { key: { ...key, id: 'k2', prefix: 'srv_next' }, secret: 'srv_nextsecret', replaced: { ...leaving, stopsAt: at(1) } } }) })
  await userEvent.click(within(await rowOf('srv_abcd')).getByRole('button', { name: /^Rotate/ }))
  await userEvent.click(await screen.findByRole('radio', { name: '1 hour' }))
  await userEvent.click(screen.getByRole('button', { name: 'Rotate key' }))
  await waitFor(() => { expect(screen.getByRole('textbox', { name: 'The key' }).textContent).toBe('srv_nextsecret') })
  expect(screen.getByText(/works until/)).toBeTruthy()
  expect(requests.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([{ overlapHours: 1 }])
})

test('without an overlap the key has to be typed', async () => {
  const requests = show([key], { 'POST /api/v1/projects/shop/keys/k1/rotate': () => ({ status: 201, body: { key: { ...key, id: 'k2' }, secret: 's', replaced: { ...leaving, revokedAt: at(0) } } }) })
  await userEvent.click(within(await rowOf('srv_abcd')).getByRole('button', { name: /^Rotate/ }))
  await userEvent.click(await screen.findByRole('radio', { name: 'No overlap' }))
  const rotate = screen.getByRole('button', { name: 'Rotate key' })
  expect(rotate).toHaveProperty('disabled', true)
  await userEvent.type(screen.getByLabelText(/to rotate without an overlap/), 'srv_abcd')
  await userEvent.click(rotate)
  expect(await screen.findByText(/has stopped/)).toBeTruthy()
  expect(requests.find(({ method }) => method === 'POST')?.body).toEqual({ overlapHours: 0 })
})

test('an overlap is made longer from its present end', async () => {
  const requests = show([leaving], { 'PATCH /api/v1/projects/shop/keys/k1': () => ({ body: leaving }) })
  await userEvent.click(within(await rowOf('srv_abcd')).getByRole('button', { name: 'Let checkout srv_abcd stop later' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: '24 hours later' }))
  await waitFor(() => { expect(requests.find(({ method }) => method === 'PATCH')?.body).toEqual({ stopsAt: new Date(Date.parse(String(leaving.stopsAt)) + 24 * HOUR).toISOString() }) })
})

test('who may only read sees why nothing can be pressed', async () => {
  show([key, leaving], {}, { ...testMe, projects: [{ key: 'shop', name: 'Shop', role: 'viewer' }] })
  expect(await screen.findByText('Engineers look after the keys')).toBeTruthy()
})
