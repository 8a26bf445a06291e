import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Connections, FlagDetail, Role, SdkKey, UsageSeries } from '@assay/server/contract'
import { renderInProject, testMe, testProject } from '../../testing/render.tsx'
import { FirstFlagPage } from './first-flag-page.tsx'

const key: SdkKey = { id: 'k1', environment: 'development', kind: 'server', name: 'First flag', prefix: 'srv_abcd', createdAt: '2026-11-25T10:00:00Z', createdBy: 'Ada Admin', lastUsedAt: null, lastUsedBy: null, revokedAt: null, stopsAt: null, replacedBy: null }
const flag = (on: boolean, revision: number): FlagDetail => ({
  key: 'welcome-banner', name: 'Welcome banner', description: '', kind: 'release', type: 'boolean', clientVisible: false, variants: [{ key: 'off', value: false }, { key: 'on', value: true }], owner: 'Ada Admin', tags: [], expectedRemoval: null, archivedAt: null, revision: 1, createdAt: '2026-11-25T10:00:00Z', experiments: [],
  environments: [{ environment: 'development', revision, targeting: { enabled: on, offVariant: 'off', prerequisites: [], rules: [], fallthrough: { variant: 'on' } }, changedAt: '2026-11-25T10:00:00Z', changedBy: 'Ada Admin' }],
})

/** What the server has, as the page asks for it. */
let server: { flag: FlagDetail | null; keys: SdkKey[]; usage: UsageSeries; connections: Connections }
let sent: { method: string; path: string; body: unknown }[]
const nobody: Connections = { epoch: 'e', version: 1, publishedAt: null, connected: 0, upToDate: 0, liveAfterMs: null, instances: [] }
const unasked: UsageSeries = { lastEvaluatedAt: null, stepMinutes: 5, points: [], totals: [] }

function answer(method: string, path: string): [status: number, body: unknown] {
  if (method === 'POST' && path.endsWith('/flags')) return [201, (server.flag = flag(false, 1))]
  if (method === 'POST' && path.endsWith('/keys')) return [201, { key, secret: 'srv_abcdefgh' }]
  if (path.endsWith('/turn-on') || path.endsWith('/turn-off')) {
    server.flag = flag(path.endsWith('on'), 2)
    return [200, server.flag.environments[0]]
  }
  if (path.endsWith('/keys')) return [200, { keys: server.keys }]
  if (path.includes('/usage')) return [200, server.usage]
  if (path.endsWith('/connections')) return [200, server.connections]
  return server.flag === null ? [404, { error: { code: 'not_found', message: 'There is no flag welcome-banner.' } }] : [200, server.flag]
}

beforeEach(() => {
  server = { flag: null, keys: [], usage: unasked, connections: nobody }
  sent = []
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, { method = 'GET', body } = {}) => {
    const path = typeof input === 'string' ? input : ''
    if (method !== 'GET') sent.push({ method, path, body: typeof body === 'string' ? JSON.parse(body) : null })
    const [status, result] = answer(method, path)
    return Promise.resolve(new Response(JSON.stringify(result), { status }))
  })
})
afterEach(() => { vi.restoreAllMocks() })

const show = (role: Role = 'engineer', project = testProject) => renderInProject(<FirstFlagPage />, { path: '/first-flag', me: { ...testMe, projects: [{ key: 'shop', name: 'Shop', role }] }, data: [[['project', 'shop'], project]] })

test('one press makes the flag and a key, and shows code with both in it', async () => {
  show()
  await userEvent.click(await screen.findByRole('button', { name: 'Make both' }))
  expect((await screen.findByRole('region', { name: 'TypeScript' })).textContent).toContain("key: 'srv_abcdefgh'")
  expect(sent.map(({ path, body }) => [path, body])).toMatchObject([['/api/v1/projects/shop/flags', { key: 'welcome-banner', type: 'boolean' }], ['/api/v1/projects/shop/keys', { environment: 'development', kind: 'server' }]])
  expect(screen.getByText('Waiting for your app')).toBeDefined()
  expect(screen.queryByRole('switch')).toBeNull()
})

test('the page notices the app, and says what it got after the switch was pressed', async () => {
  server.flag = flag(false, 1)
  const { client } = show()
  expect(await screen.findByText('Waiting for your app')).toBeDefined()
  const again = async () => { for (const part of ['connections', 'usage']) await client.refetchQueries({ queryKey: [part] }) }
  server.connections = { ...nobody, connected: 1, upToDate: 1 }
  await again()
  expect(await screen.findByText('Your app is connected, and has not asked for welcome-banner yet')).toBeDefined()
  server.usage = { ...unasked, lastEvaluatedAt: new Date().toISOString(), totals: [{ variant: 'off', count: 3 }] }
  await again()
  expect(await screen.findByText('Your app asked for welcome-banner')).toBeDefined()

  await userEvent.click(screen.getByRole('switch', { name: 'Welcome banner is on in development' }))
  expect(await screen.findByText('Your app has it: it gets true when it asks.')).toBeDefined()
  server.usage = { ...server.usage, totals: [{ variant: 'off', count: 3 }, { variant: 'on', count: 1 }] }
  await again()
  expect(await screen.findByText('Your app asked again and got true.')).toBeDefined()
  expect(screen.getByRole('link', { name: 'Open the flag' }).getAttribute('href')).toBe('/p/shop/flags/welcome-banner/targeting')
})

test('who comes back takes another key, as the first was shown once', async () => {
  server.flag = flag(false, 1)
  server.keys = [key]
  show()
  await userEvent.click(await screen.findByRole('button', { name: 'Make another key' }))
  expect(await screen.findByRole('region', { name: 'TypeScript' })).toBeDefined()
  await waitFor(() => { expect(sent.map(({ path }) => path)).toEqual(['/api/v1/projects/shop/keys']) })
})

test('a project that apps ask already is not asked to begin', async () => {
  server.keys = [{ ...key, lastUsedAt: '2026-11-25T10:00:00Z' }]
  show()
  expect(await screen.findByRole('heading', { name: 'Apps are connected here already' })).toBeDefined()
  expect(screen.queryByRole('button', { name: 'Make both' })).toBeNull()
})

test('who may not make flags reads who may', async () => {
  show('product_owner')
  expect(await screen.findByRole('heading', { name: 'An engineer connects the first app' })).toBeDefined()
  expect(screen.getByText(/This needs the role engineer or admin/)).toBeDefined()
})

test('where there is production only, an environment comes first', async () => {
  show('engineer', { ...testProject, environments: testProject.environments.filter(({ production }) => production) })
  expect(await screen.findByRole('heading', { name: 'There is production only' })).toBeDefined()
})
