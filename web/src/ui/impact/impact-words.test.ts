import type { Impact } from '@assay/server/contract'
import { expect, test } from 'vitest'
import { namingOf } from '../serve/naming.ts'
import { gottenName, impactText, runningText } from './impact-words.ts'

const impact = (more: Partial<Impact>): Impact => ({ basis: { units: 9800, since: '2026-11-03T10:00:00Z' }, moved: 412, share: 412 / 9800, moves: [], sample: [], running: null, ...more })
const now = new Date('2026-11-20T10:00:00Z')

test.each([
  [{}, '412 of the 9,800 people seen since 3 Nov get something else: 4.2%.'],
  [{ moved: 1, share: 1 / 9800 }, '1 of the 9,800 people seen since 3 Nov gets something else: 0.01%.'],
  [{ moved: 0, share: 0 }, 'None of the 9,800 people seen since 3 Nov gets something else.'],
  [{ moved: 9800, share: 1 }, 'All 9,800 people seen since 3 Nov get something else.'],
  [{ moved: 1, share: 1, basis: { units: 1, since: null } }, 'The 1 person seen lately gets something else.'],
  [{ moved: 0, share: 0, basis: { units: 0, since: null } }, 'Nobody was seen here yet, so who gets something else cannot be said.'],
])('%j in words', (more, words) => {
  expect(impactText(impact(more), now)).toBe(words)
})

test('a running experiment is spoken of where its people move', () => {
  expect(runningText(impact({}))).toBeNull()
  expect(runningText(impact({ running: { experiment: 'EXP-1', moved: 0 } }))).toBeNull()
  expect(runningText(impact({ running: { experiment: 'EXP-1', moved: 12 } }))).toMatch(/^12 people of those it has met/)
})

test('no variant is what the code falls back to', () => {
  const naming = namingOf([{ key: 'on', name: 'Express' }])
  expect(gottenName('on', naming)).toBe('Express')
  expect(gottenName(null, naming)).toBe("the default in the caller's code")
})
