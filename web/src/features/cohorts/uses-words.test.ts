import { expect, test } from 'vitest'
import { usesWords } from './uses-words.ts'

test('uses are counted by kind, a flag once for all its environments', () => {
  expect(usesWords([{ kind: 'flag', key: 'a', environment: 'staging' }, { kind: 'flag', key: 'a', environment: 'production' }, { kind: 'hypothesis', key: 'H-1' }, { kind: 'cohort', key: 'b' }, { kind: 'cohort', key: 'c' }])).toBe('1 flag, 1 hypothesis, 2 cohorts')
  expect(usesWords([])).toBe('')
})
