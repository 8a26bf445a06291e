import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { followProject, GRACE_MS, LAST_RETRY_MS, SILENT_MS, type FeedState, type Surroundings } from './follow-project.ts'

class Source extends EventTarget {
  closed = false
  close(): void { this.closed = true }
  say(event: string, data: unknown, lastEventId = ''): void {
    this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(data), lastEventId }))
  }
  breakOff(): void { this.dispatchEvent(new Event('error')) }
}

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

function follow() {
  const opened: { after: string | null; source: Source }[] = []
  const states: FeedState[] = []
  const heard: unknown[] = []
  const page = { hidden: false, found: 'again' as Awaited<ReturnType<Surroundings['probe']>>, probes: 0 }
  const following = followProject(
    { changed: (changes) => { heard.push(changes) }, acknowledged: (standing) => { heard.push(standing) }, unsure: () => { heard.push('unsure') }, state: (state) => { states.push(state) } },
    {
      open(after) {
        const source = new Source()
        opened.push({ after, source })
        return source as unknown as EventSource
      },
      probe: () => {
        page.probes += 1
        return Promise.resolve(page.found)
      },
      isHidden: () => page.hidden,
    },
  )
  const newest = () => {
    const last = opened.at(-1)
    if (!last) throw new Error('No stream was opened.')
    return last
  }
  return { following, opened, newest, states, heard, page }
}
const nothing = { changes: [], all: false }

test('what the stream says is handed on', () => {
  const { newest, heard, opened } = follow()
  newest().source.say('changed', nothing, '7')
  newest().source.say('acknowledged', { environment: 'production' })
  newest().source.say('heartbeat', {})
  expect(heard).toEqual([nothing, { environment: 'production' }])
  expect(opened).toHaveLength(1)
})

test('a stream that breaks off and is soon back goes on from the last event, and nobody is told', async () => {
  const { newest, states, heard, opened } = follow()
  newest().source.say('changed', nothing, '7')
  newest().source.breakOff()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(opened.map(({ after }) => after)).toEqual([null, '7'])
  newest().source.say('changed', nothing, '9')
  await vi.advanceTimersByTimeAsync(GRACE_MS)
  expect(states).toEqual([])
  expect(heard).not.toContain('unsure')
})

test('a stream that stays away is said with the time since when, and once it is back all is asked for anew', async () => {
  const { newest, states, heard, page } = follow()
  newest().source.say('changed', nothing, '7')
  page.found = 'away'
  const since = new Date()
  newest().source.breakOff()
  await vi.advanceTimersByTimeAsync(GRACE_MS + 60_000)
  expect(states).toEqual([{ kind: 'paused', since }])
  page.found = 'again'
  await vi.advanceTimersByTimeAsync(LAST_RETRY_MS)
  expect(newest().after).toBe('7')
  newest().source.say('changed', nothing, '8')
  expect(states).toEqual([{ kind: 'paused', since }, { kind: 'live' }])
  expect(heard.at(-2)).toBe('unsure')
})

test('tries come further and further apart, half a minute at most', async () => {
  const { newest, page } = follow()
  page.found = 'away'
  newest().source.breakOff()
  await vi.advanceTimersByTimeAsync(61_000)
  expect(page.probes).toBe(6)
  await vi.advanceTimersByTimeAsync(LAST_RETRY_MS)
  expect(page.probes).toBe(7)
})

test('where requests get through and streams do not, the page asks by itself', async () => {
  const { newest, heard } = follow()
  for (let attempt = 0; attempt < 4; attempt += 1) {
    newest().source.breakOff()
    await vi.advanceTimersByTimeAsync(LAST_RETRY_MS)
  }
  expect(heard.filter((item) => item === 'unsure').length).toBeGreaterThanOrEqual(2)
})

test('a stream that is silent for too long is taken for broken, since it was heard last', async () => {
  const { newest, opened, states, page } = follow()
  newest().source.say('heartbeat', {})
  const since = new Date()
  await vi.advanceTimersByTimeAsync(SILENT_MS)
  expect(opened[0]?.source.closed).toBe(true)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(opened).toHaveLength(2)
  page.found = 'away'
  await vi.advanceTimersByTimeAsync(GRACE_MS)
  expect(states).toEqual([{ kind: 'paused', since }])
})

test('a server that stops sends the page elsewhere at its own time', async () => {
  const { newest, opened, page } = follow()
  newest().source.say('changed', nothing, '7')
  newest().source.say('reconnect', { retryMs: 400 })
  await vi.advanceTimersByTimeAsync(399)
  expect(opened).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(opened[1]?.after).toBe('7')
  expect(page.probes).toBe(0)
})

test('a hidden page lets go of its stream, and catches up when it is looked at', async () => {
  const { following, opened, page, states } = follow()
  opened[0]?.source.say('changed', nothing, '7')
  page.hidden = true
  following.seen()
  expect(opened[0]?.source.closed).toBe(true)
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(opened).toHaveLength(1)
  page.hidden = false
  following.seen()
  expect(opened[1]?.after).toBe('7')
  expect(states).toEqual([])
})

test('a page that may no longer look says why, and tries no more', async () => {
  const { newest, states, opened, page } = follow()
  page.found = { ended: 'Your session has ended. Sign in again.' }
  newest().source.breakOff()
  await vi.advanceTimersByTimeAsync(600_000)
  expect(states).toEqual([{ kind: 'ended', why: 'Your session has ended. Sign in again.' }])
  expect(opened).toHaveLength(1)
})

test('a page that is left says nothing more', async () => {
  const { following, newest, states, opened } = follow()
  newest().source.breakOff()
  following.stop()
  await vi.advanceTimersByTimeAsync(600_000)
  expect([opened.length, states]).toEqual([1, []])
})
