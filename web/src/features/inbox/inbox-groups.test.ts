import { expect, test } from 'vitest'
import type { Inbox, Urgency } from '@assay/server/contract'
import { groupsOf, inboxLead, leftOut } from './inbox-groups.ts'

const item = (key: string, urgency: Urgency): Inbox['items'][number] => ({ kind: 'task', urgency, key, title: 'Take it out', sentence: 'It is yours.', since: '2026-11-20T10:00:00Z' })
const inbox: Inbox = { items: [item('T-1', 'now'), item('T-2', 'later'), item('T-3', 'later')], counts: { now: 1, next: 0, later: 5 } }

test('items stand under their urgency, and empty groups are left out', () => {
  expect(groupsOf(inbox).map(({ title, items, total }) => [title, items.map(({ key }) => key), total])).toEqual([['Now', ['T-1'], 1], ['When there is time', ['T-2', 'T-3'], 5]])
})

test.each([
  [{ now: 0, next: 0, later: 0 }, 'What others ask of you, and what goes wrong with yours.'],
  [{ now: 1, next: 0, later: 0 }, '1 thing waits for you, now.'],
  [{ now: 1, next: 2, later: 1 }, '4 things wait for you, 1 of them now.'],
  [{ now: 0, next: 0, later: 1200 }, '1,200 things wait for you.'],
])('%o is said as a sentence', (counts, words) => {
  expect(inboxLead({ counts })).toBe(words)
})

test('what is not listed is said', () => {
  expect(leftOut(inbox)).toBe('The 3 most urgent of 6. The others move up as these are done.')
  expect(leftOut({ ...inbox, counts: { now: 1, next: 0, later: 2 } })).toBeNull()
})
