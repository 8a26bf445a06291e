import { screen, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import type { Inbox, Role } from '@assay/server/contract'
import { renderInProject, testMe } from '../../testing/render.tsx'
import { InboxPage } from './inbox-page.tsx'

const inbox: Inbox = {
  items: [
    { kind: 'harm', urgency: 'now', key: 'EXP-2', title: 'A countdown at checkout', sentence: 'Orders fell. Stop it, or say why it goes on.', since: '2026-11-20T10:00:00Z' },
    { kind: 'expose', urgency: 'next', key: 'H-5', title: 'Fewer e-mails', sentence: 'Mina has written it down.', since: '2026-11-21T10:00:00Z' },
    { kind: 'export', urgency: 'now', key: '0190-e1', title: 'Nightly flags', sentence: 'It failed.', since: '2026-11-22T10:00:00Z' },
  ],
  counts: { now: 2, next: 1, later: 0 },
}
const show = (data: Inbox, role: Role = 'engineer') => renderInProject(<InboxPage />, { path: '/inbox', me: { ...testMe, projects: [{ key: 'shop', name: 'Shop', role }] }, data: [[['inbox', 'shop'], data]] })

afterEach(() => { vi.restoreAllMocks() })

test('what waits stands under its urgency, each with its reason and one way to where it is done', async () => {
  show(inbox)
  const now = await screen.findByRole('region', { name: /^Now/ })
  expect(within(now).getAllByRole('listitem').map((row) => within(row).getByRole('link').getAttribute('aria-label'))).toEqual(['Stop it: A countdown at checkout', 'See exports: Nightly flags'])
  expect(within(now).getByText('Orders fell. Stop it, or say why it goes on.')).toBeDefined()
  expect(within(now).getByText('EXP-2')).toBeDefined()
  expect(screen.queryByText('0190-e1')).toBeNull()
  expect(within(screen.getByRole('region', { name: /^Next/ })).getByRole('link', { name: 'Say who meets it: Fewer e-mails' }).getAttribute('href')).toBe('/p/shop/hypotheses/H-5/edit?step=expose')
  expect(screen.queryByRole('region', { name: /^When there is time/ })).toBeNull()
  expect(screen.getByText('3 things wait for you, 2 of them now.')).toBeDefined()
})

test('what is not listed is said', async () => {
  show({ ...inbox, counts: { now: 2, next: 1, later: 240 } })
  expect(await screen.findByText('The 3 most urgent of 243. The others move up as these are done.')).toBeDefined()
})

test('an empty inbox says what would be in it, and a viewer reads that nothing is asked of them', async () => {
  const nothing = { items: [], counts: { now: 0, next: 0, later: 0 } }
  const { unmount } = show(nothing)
  expect(await screen.findByRole('heading', { name: 'Nothing waits for you' })).toBeDefined()
  expect(screen.getByText(/Decisions that are due, changes to review/)).toBeDefined()
  unmount()
  show(nothing, 'viewer')
  expect(await screen.findByText(/You are a viewer here/)).toBeDefined()
})

test('a failure says so and can be tried again; what was loaded stays, with its age', async () => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('away'))
  const { unmount } = renderInProject(<InboxPage />, { path: '/inbox' })
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeDefined()
  unmount()
  const { client } = show(inbox)
  await screen.findByText('Fewer e-mails')
  await client.refetchQueries({ queryKey: ['inbox'] })
  expect(await screen.findByText(/^This is as of just now\. The server did not answer\./)).toBeDefined()
  expect(screen.getByText('Fewer e-mails')).toBeDefined()
})
