import { expect, test } from 'vitest'
import { membersWords } from './members-words.ts'

const when = { attribute: 'country', op: 'in' as const, values: ['DE', 'FR'] }

test.each([
  [{ when: null, included: [], excluded: [] }, 'Nobody yet'],
  [{ when: null, included: [], excluded: ['a'] }, 'Nobody yet'],
  [{ when: null, included: ['a', 'b'], excluded: [] }, '2 listed'],
  [{ when, included: [], excluded: [] }, 'country is one of DE, FR'],
  [{ when, included: ['a'], excluded: ['b', 'c'] }, 'country is one of DE, FR, and 1 listed, without 2 excluded'],
])('%j is told as "%s"', (cohort, words) => {
  expect(membersWords(cohort)).toBe(words)
})
