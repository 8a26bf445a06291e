import { expect, test } from 'vitest'
import { followersOf, relatedIssue } from './related.ts'

const follows = (hypothesis: string) => ({ hypothesis, kind: 'follow_up' as const })
const all = [
  { key: 'H-3', title: 'Third', relatedTo: follows('H-2') },
  { key: 'H-2', title: 'Second', relatedTo: { hypothesis: 'H-1', kind: 'replication' as const } },
  { key: 'H-1', title: 'First' },
]

test('goes on from what exists', () => {
  expect(relatedIssue('H-4', follows('H-3'), all)).toBeNull()
  expect(relatedIssue(null, follows('H-3'), all)).toBeNull()
  expect(relatedIssue('H-4', undefined, all)).toBeNull()
  expect(relatedIssue('H-4', follows('H-9'), all)).toBe('There is no hypothesis H-9.')
})

test('never in a circle', () => {
  expect(relatedIssue('H-1', follows('H-1'), all)).toBe('A hypothesis cannot go on from itself.')
  expect(relatedIssue('H-1', follows('H-3'), all)).toBe('H-3 itself goes on from H-1: choose one that came before it.')
})

test('lists who goes on from it', () => {
  expect(followersOf('H-1', all)).toEqual([{ key: 'H-2', title: 'Second', kind: 'replication' }])
  expect(followersOf('H-3', all)).toEqual([])
})
