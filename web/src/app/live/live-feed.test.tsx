import { useQuery } from '@tanstack/react-query'
import { act, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { renderInProject } from '../../testing/render.tsx'
import { stubServer } from '../../testing/stub-server.ts'
import { GRACE_MS } from './follow-project.ts'
import { LiveFeed } from './live-feed.tsx'

class Source extends EventTarget {
  static opened: Source[] = []
  readonly url: string
  closed = false
  constructor(url: string) {
    super()
    this.url = url
    Source.opened.push(this)
  }
  close(): void { this.closed = true }
  say(event: string, data: unknown, lastEventId = ''): void { this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(data), lastEventId })) }
}

const connections = { epoch: 'e', version: 3, publishedAt: '2026-01-05T09:00:00.000Z', connected: 4, upToDate: 0, liveAfterMs: null, instances: [] }

function Reader() {
  const { data } = useQuery<string>({ queryKey: ['flag', 'shop', 'express-pay'], queryFn: async () => (await fetch('/flag', {})).text() })
  return <p>{data}</p>
}

async function show() {
  const result = renderInProject(<><LiveFeed project="shop" /><Reader /></>, { data: [[['flag', 'shop', 'express-pay'], 'on'], [['connections', 'shop', 'production'], connections]] })
  await vi.waitFor(() => { expect(Source.opened).toHaveLength(1) })
  const [source] = Source.opened
  if (!source) throw new Error('No stream was opened.')
  return { ...result, source }
}

beforeEach(() => {
  Source.opened = []
  vi.stubGlobal('EventSource', Source)
  vi.useFakeTimers({ shouldAdvanceTime: true })
})
afterEach(() => { vi.useRealTimers() })

test('what somebody else changed is shown without asking for the rest', async () => {
  const requests = stubServer({ 'GET /flag': () => ({ body: 'off' }) })
  const { source } = await show()
  expect(source.url).toBe('/api/v1/projects/shop/live')
  await screen.findByText('on')
  act(() => { source.say('changed', { changes: [{ kind: 'flag', key: 'banner', environment: null, revision: 2 }], all: false }, '7') })
  await act(() => vi.advanceTimersByTimeAsync(2_000))
  expect(requests).toEqual([])
  act(() => {
    for (let revision = 4; revision < 14; revision += 1) source.say('changed', { changes: [{ kind: 'flag', key: 'express-pay', environment: 'production', revision }], all: false }, String(revision))
  })
  await act(() => vi.advanceTimersByTimeAsync(2_000))
  await screen.findByText('"off"')
  expect(requests.map(({ path }) => path)).toEqual(['/flag'])
})

test('acknowledgements are counted as they come', async () => {
  stubServer({})
  const { client, source } = await show()
  const standing = { epoch: 'e', version: 4, publishedAt: '2026-01-05T09:00:01.000Z', connected: 4, upToDate: 4, liveAfterMs: 800 }
  act(() => { source.say('acknowledged', { environment: 'production', ...standing }) })
  expect(client.getQueryData(['connections', 'shop', 'production'])).toEqual({ ...standing, instances: [] })
})

test('a dropped feed is said with its time, and the notice goes by itself once it is back', async () => {
  stubServer({ 'GET /api/v1/projects/shop': () => ({ status: 503, body: { error: { code: 'storage_unavailable', message: 'Away.' } } }), 'GET /flag': () => ({ body: 'off' }) })
  const { source } = await show()
  act(() => { source.say('changed', { changes: [], all: false }, '7') })
  vi.setSystemTime(new Date(2026, 0, 5, 14, 32))
  act(() => { source.dispatchEvent(new Event('error')) })
  await act(() => vi.advanceTimersByTimeAsync(GRACE_MS))
  expect(screen.getByRole('status').textContent).toContain('Updates paused since 14:32; reconnecting.')
  stubServer({ 'GET /api/v1/projects/shop': () => ({ body: {} }), 'GET /flag': () => ({ body: 'back' }) })
  await act(() => vi.advanceTimersByTimeAsync(10_000))
  const again = Source.opened.at(-1)
  expect(again?.url).toBe('/api/v1/projects/shop/live?after=7')
  act(() => { again?.say('changed', { changes: [], all: false }, '7') })
  expect(screen.getByRole('status').textContent).toBe('')
  await act(() => vi.advanceTimersByTimeAsync(2_000))
  await screen.findByText('"back"')
})

test('the end of the session is said in the server’s words', async () => {
  stubServer({
    'GET /api/v1/projects/shop': () => ({ status: 401, body: { error: { code: 'not_signed_in', message: 'Sign in first.' } } }),
    'POST /api/v1/session/refresh': () => ({ status: 401, body: { error: { code: 'session_expired', message: 'Your session has ended. Sign in again.' } } }),
  })
  const { source } = await show()
  act(() => { source.dispatchEvent(new Event('error')) })
  await act(() => vi.advanceTimersByTimeAsync(5_000))
  expect(screen.getByRole('status').textContent).toBe('Updates have stopped. Your session has ended. Sign in again.')
  expect(Source.opened).toHaveLength(1)
})

test('a page that is left closes its stream', async () => {
  stubServer({})
  const { source, unmount } = await show()
  unmount()
  expect(source.closed).toBe(true)
})
