import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Inbox, Role, SdkKey } from '@assay/server/contract'
import { renderInProject, testMe } from '../../testing/render.tsx'
import { HomePage } from './home-page.tsx'

const key: SdkKey = { id: 'k1', environment: 'development', kind: 'server', name: 'Shop', prefix: 'srv_abcd', createdAt: '2026-11-25T10:00:00Z', createdBy: 'Ada Admin', lastUsedAt: null, lastUsedBy: null, revokedAt: null, stopsAt: null, replacedBy: null }
const inbox: Inbox = {
  items: Array.from({ length: 6 }, (_, index) => ({ kind: 'review', urgency: 'next', key: `CH-${index + 1}`, title: `Step ${index + 1}`, sentence: 'Mina proposes it.', since: '2026-11-20T10:00:00Z' })),
  counts: { now: 0, next: 6, later: 0 },
}

beforeEach(() => { vi.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(new Response('{"error":{"code":"not_found","message":"It is not there."}}', { status: 404 }))) })

function show(keys: readonly SdkKey[], role: Role = 'engineer', views = { all: 0, archived: 0, mine: 0, live: 0, cleanup: 0, review: 0 }) {
  return renderInProject(<HomePage />, {
    me: { ...testMe, projects: [{ key: 'shop', name: 'Shop', role }] },
    data: [[['experiments', 'shop'], { experiments: [] }], [['inbox', 'shop'], inbox], [['keys', 'shop'], { keys }], [['flags', 'shop', 'views'], { views, tags: [], owners: [], usageKnown: true }]],
  })
}

test('home shows the top of the inbox, and leads to all of it', async () => {
  show([{ ...key, lastUsedAt: '2026-11-25T10:00:00Z' }])
  const waiting = await screen.findByRole('region', { name: 'Waits for you' })
  expect(within(waiting).getAllByRole('listitem')).toHaveLength(4)
  expect(within(waiting).getByRole('link', { name: 'All 6 in the inbox' }).getAttribute('href')).toBe('/p/shop/inbox')
  expect(screen.getByText('No experiment is running, and 6 things wait for you.')).toBeDefined()
  expect(screen.queryByText('No app is connected yet')).toBeNull()
})

test('a project that no app has asked is led to its first flag', async () => {
  show([key])
  expect((await screen.findByRole('link', { name: 'Your first flag' })).getAttribute('href')).toBe('/p/shop/first-flag')
})

test('who may not make flags reads who connects the first app, and only while there is none', async () => {
  const { unmount } = show([], 'viewer')
  expect(await screen.findByText(/An engineer connects the first one\. This needs the role/)).toBeDefined()
  expect(screen.queryByRole('link', { name: 'Your first flag' })).toBeNull()
  unmount()
  show([], 'viewer', { all: 3, archived: 0, mine: 0, live: 0, cleanup: 0, review: 0 })
  expect(await screen.findByRole('heading', { name: 'Waits for you' })).toBeDefined()
  expect(screen.queryByText('No app is connected yet')).toBeNull()
})
