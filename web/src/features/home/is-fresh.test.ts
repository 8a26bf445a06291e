import { expect, test } from 'vitest'
import { isFresh } from './is-fresh.ts'

const views = (all: number, archived = 0) => ({ views: { all, archived, mine: 0, live: 0, cleanup: 0, review: 0 } })

test('a project is fresh until a key is used', () => {
  expect(isFresh([], views(3))).toBe(true)
  expect(isFresh([{ lastUsedAt: null }], views(3))).toBe(true)
  expect(isFresh([{ lastUsedAt: null }, { lastUsedAt: '2026-11-25T10:00:00Z' }], views(0))).toBe(false)
})

test('for those who see no keys it is fresh until there is a flag', () => {
  expect(isFresh(undefined, views(0))).toBe(true)
  expect(isFresh(undefined, views(0, 1))).toBe(false)
  expect(isFresh(undefined, undefined)).toBe(false)
})
