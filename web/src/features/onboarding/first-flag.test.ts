import { expect, test } from 'vitest'
import { testProject } from '../../testing/render.tsx'
import { countOf, firstEnvironment, secondsAgo, seenByApp } from './first-flag.ts'

const now = new Date('2026-11-25T10:00:00Z')

test.each([
  ['2026-11-25T09:59:58Z', '2 s ago'],
  ['2026-11-25T10:00:01Z', '0 s ago'],
  ['2026-11-25T09:59:01Z', '59 s ago'],
  ['2026-11-25T09:57:00Z', '3 minutes ago'],
])('%s is %s', (at, words) => {
  expect(secondsAgo(at, now)).toBe(words)
})

test('the first try is in the first environment that is not production', () => {
  const { environments } = testProject
  expect(firstEnvironment(environments)?.key).toBe('development')
  expect(firstEnvironment([...environments].reverse())?.key).toBe('staging')
  expect(firstEnvironment(environments.filter(({ production }) => production))).toBeNull()
})

test('what a variant was given is counted', () => {
  expect(countOf({ totals: [{ variant: 'on', count: 3 }, { variant: null, count: 9 }] }, 'on')).toBe(3)
  expect(countOf({ totals: [] }, 'on')).toBe(0)
})

test.each([
  ['nobody is connected', { connected: 0, upToDate: 0, liveAfterMs: null }, 5, 0, 'waiting', 'Your app is not connected now. It gets true as soon as it is.'],
  ['it is behind', { connected: 1, upToDate: 0, liveAfterMs: null }, 5, 0, 'waiting', 'On its way to your app.'],
  ['it has acknowledged', { connected: 1, upToDate: 1, liveAfterMs: 820 }, 5, 5, 'has', 'Your app has it, after 0.8 s: it gets true when it asks.'],
  ['it has asked since', { connected: 1, upToDate: 1, liveAfterMs: 820 }, 6, 5, 'got', 'Your app asked again and got true.'],
  ['nobody turned it here', { connected: 1, upToDate: 1, liveAfterMs: 820 }, 6, null, 'has', 'Your app has it: it gets true when it asks.'],
] as const)('%s', (_case, connections, given, before, state, sentence) => {
  expect(seenByApp(true, connections, given, before)).toEqual({ state, sentence })
})
