import { expect, test } from 'vitest'
import { tabOf } from './experiment-tab.ts'

test('an address without a tab opens the one that fits the state', () => {
  expect([tabOf(undefined, 'draft'), tabOf(undefined, 'running'), tabOf('nothing-like-it', 'decided')]).toEqual(['setup', 'results', 'results'])
})

test('an address with a tab opens it in any state', () => {
  expect([tabOf('health', 'draft'), tabOf('setup', 'running'), tabOf('results', 'draft')]).toEqual(['health', 'setup', 'results'])
})
