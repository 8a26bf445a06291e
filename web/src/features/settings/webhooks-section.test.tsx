import type { DeliverySummary, Webhook, WebhookDelivery } from '@assay/server/contract'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { renderInProject, testMe } from '../../testing/render.tsx'
import { stubServer } from '../../testing/stub-server.ts'
import { WebhooksSection } from './webhooks-section.tsx'

const at = '2026-05-02T09:00:00.000Z'
const webhook: Webhook = { id: 'w1', name: 'Chat', url: 'https://chat.example.com/hooks/assay', kinds: ['flag'], enabled: true, revision: 4, createdAt: at, createdBy: 'Ada', failingSince: null, offBecause: null, previousUntil: null, waiting: 0 }
const attempt = { at, durationMs: 83, status: 503, response: 'Down for maintenance', error: 'The service answered 503.' }
const delivery: DeliverySummary = { id: 'd1', type: 'flag.turned_off', entry: 17, state: 'failed', createdAt: at, lastAttempt: attempt, attempts: 9, error: attempt.error, nextAttemptAt: null }
const detail: WebhookDelivery = { ...delivery, body: '{"type":"flag.turned_off","data":{"seq":17}}', history: [{ ...attempt, at: '2026-05-02T08:00:00.000Z', status: null, response: '', error: 'The service did not answer in time.' }, attempt] }
const root = '/api/v1/projects/shop/webhooks'

function show(webhooks: Webhook[], answers: Parameters<typeof stubServer>[0] = {}, { path = '/settings/webhooks', me = testMe } = {}) {
  vi.spyOn(window, 'scrollTo').mockReturnValue()
  const requests = stubServer({
    [`GET ${root}`]: () => ({ body: { webhooks, anyAddress: false } }),
    [`GET ${root}/w1/deliveries`]: () => ({ body: { deliveries: [delivery], nextBefore: null } }),
    [`GET ${root}/w1/deliveries/d1`]: () => ({ body: detail }),
    ...answers,
  })
  renderInProject(<WebhooksSection />, { path, me })
  return requests
}
const sent = (requests: ReturnType<typeof stubServer>, method: string) => requests.filter((request) => request.method === method).map(({ path, body }) => [path, body])

test('who may not set webhooks up is told who does', async () => {
  show([], {}, { path: '/settings/webhooks', me: { ...testMe, projects: [{ key: 'shop', name: 'Shop', role: 'viewer' }] } })
  expect(await screen.findByText('Engineers look after webhooks')).toBeTruthy()
  expect(screen.getByText(/This needs the role engineer or admin/)).toBeTruthy()
})

test('without a webhook the page says what one is for', async () => {
  show([])
  expect(await screen.findByText('No service is told of changes yet')).toBeTruthy()
})

test('a list that cannot be read says so', async () => {
  show([], { [`GET ${root}`]: () => ({ status: 503, body: { error: { code: 'storage_unavailable', message: 'The database does not answer.' } } }) })
  expect(await screen.findByText(/The database does not answer/)).toBeTruthy()
})

test('a webhook that was switched off says why, and is turned on again', async () => {
  const requests = show([{ ...webhook, enabled: false, offBecause: 'Nothing came through for 5 days.' }], { [`PUT ${root}/w1`]: () => ({ body: { webhook, secret: null } }) })
  expect((await screen.findByText('Chat')).closest('tr')?.textContent).toContain('Switched offNothing came through for 5 days.')
  await userEvent.click(screen.getByRole('button', { name: 'More for Chat' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Turn on' }))
  await waitFor(() => { expect(sent(requests, 'PUT')).toEqual([[`${root}/w1`, { basedOn: 4, setup: { name: 'Chat', url: webhook.url, kinds: ['flag'], enabled: true } }]]) })
})

test('a new webhook is checked in its form, and its secret is shown once with the code that checks by it', async () => {
  const requests = show([], { [`POST ${root}`]: () => ({ status: 201, body: { webhook, secret: 'whsec_abc' } }) })
  await userEvent.click(await screen.findByRole('button', { name: 'New webhook' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Create webhook' }))
  expect(screen.getByText('Give it a name.')).toBeTruthy()
  expect(screen.getByText(/Give the whole address/)).toBeTruthy()
  await userEvent.type(screen.getByLabelText('Name'), 'Chat')
  await userEvent.type(screen.getByLabelText('Address'), webhook.url)
  await userEvent.click(screen.getByRole('checkbox', { name: 'Experiments' }))
  await userEvent.click(screen.getByRole('button', { name: 'Create webhook' }))
  expect((await screen.findByRole('textbox', { name: 'The secret' })).textContent).toBe('whsec_abc')
  expect(screen.getByRole('region', { name: 'Checking the signature in Node' }).textContent).toContain('timingSafeEqual')
  expect(sent(requests, 'POST')).toEqual([[root, { name: 'Chat', url: webhook.url, kinds: ['flag'], enabled: true }]])
})

test('an address that the server refuses is said at its field', async () => {
  show([], { [`POST ${root}`]: () => ({ status: 400, body: { error: { code: 'invalid_request', message: 'no', details: [{ path: 'url', message: 'localhost is an address of this machine.' }] } } }) })
  await userEvent.click(await screen.findByRole('button', { name: 'New webhook' }))
  await userEvent.type(await screen.findByLabelText('Name'), 'Chat')
  await userEvent.type(screen.getByLabelText('Address'), 'https://localhost/')
  await userEvent.click(screen.getByRole('button', { name: 'Create webhook' }))
  expect(await screen.findByText('localhost is an address of this machine.')).toBeTruthy()
})

test('what another person saved meanwhile can be taken up', async () => {
  const current = { ...webhook, name: 'Release chat', revision: 5 }
  const answers = [{ status: 409, body: { error: { code: 'revision_conflict', message: 'Chat was changed by Grace since you opened it. Nothing was saved.', details: { basedOn: 4, currentRevision: 5, current, yours: {} } } } }, { body: { webhook: current, secret: null } }]
  const requests = show([webhook], { [`PUT ${root}/w1`]: () => answers.shift() ?? {} })
  await userEvent.click(await screen.findByRole('button', { name: 'More for Chat' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Edit' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Save' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Start from what stands now' }))
  expect(screen.getByLabelText('Name')).toHaveProperty('value', 'Release chat')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => { expect(sent(requests, 'PUT').map(([, body]) => (body as { basedOn: number }).basedOn)).toEqual([4, 5]) })
})

test('a delivery shows its attempts, answers and body, and is sent again', async () => {
  const requests = show([webhook], { [`POST ${root}/w1/deliveries/d1/redeliver`]: () => ({ status: 202, body: { ...delivery, state: 'waiting' } }) }, { path: '/settings/webhooks?webhook=w1' })
  const row = (await screen.findByText('flag.turned_off')).closest('tr')
  expect(row?.textContent).toContain('503 in 83 msThe service answered 503.')
  await userEvent.click(within(row ?? document.body).getByRole('button', { name: 'Show flag.turned_off of entry 17' }))
  const dialog = await screen.findByRole('dialog')
  expect((await within(dialog).findAllByRole('listitem')).map((item) => item.textContent?.includes('503'))).toEqual([true, false])
  expect(within(dialog).getByText('Down for maintenance')).toBeTruthy()
  expect(within(dialog).getByRole('region', { name: 'What was sent, laid out' }).textContent).toContain('"seq": 17')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Send again' }))
  await waitFor(() => { expect(sent(requests, 'POST').map(([path]) => path)).toEqual([`${root}/w1/deliveries/d1/redeliver`]) })
})

test('deleting has to be typed, and says what is lost', async () => {
  const requests = show([{ ...webhook, waiting: 2 }], { [`DELETE ${root}/w1`]: () => ({ status: 204 }) })
  await userEvent.click(await screen.findByRole('button', { name: 'More for Chat' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }))
  expect((await screen.findByRole('dialog')).textContent).toContain('2 messages still waiting will not be sent')
  await userEvent.type(screen.getByRole('textbox'), 'Chat')
  await userEvent.click(screen.getByRole('button', { name: 'Delete webhook' }))
  await waitFor(() => { expect(sent(requests, 'DELETE')).toHaveLength(1) })
})
