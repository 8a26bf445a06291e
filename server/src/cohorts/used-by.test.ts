import { expect, test } from 'vitest'
import { usedBy, usesInWords } from './used-by.ts'

test('each use is listed once, per environment for flags', () => {
  const uses = usedBy({
    rules: [
      { flag: 'checkout', environment: 'production', when: { all: [{ cohort: 'beta' }, { not: { cohort: 'beta' } }] } },
      { flag: 'checkout', environment: 'production', when: { cohort: 'beta' } },
      { flag: 'checkout', environment: 'staging', when: { any: [{ cohort: 'staff' }, { cohort: 'beta' }] } },
      { flag: 'other', environment: 'staging', when: { attribute: 'plan', op: 'exists' } },
    ],
    changes: [{ change: 'CH-2', environment: 'production', when: { cohort: 'staff' } }],
    cohorts: [{ key: 'beta', when: { cohort: 'staff' } }, { key: 'staff', when: null }],
    hypotheses: [{ hypothesis: 'H-1', cohort: 'staff' }],
  })
  expect(uses.get('beta')).toEqual([{ kind: 'flag', key: 'checkout', environment: 'production' }, { kind: 'flag', key: 'checkout', environment: 'staging' }])
  expect(uses.get('staff')).toEqual([{ kind: 'flag', key: 'checkout', environment: 'staging' }, { kind: 'change', key: 'CH-2', environment: 'production' }, { kind: 'cohort', key: 'beta' }, { kind: 'hypothesis', key: 'H-1' }])
})

test('uses read as a sentence, the first few by name', () => {
  expect(usesInWords([{ kind: 'flag', key: 'checkout', environment: 'production' }])).toBe('the flag checkout in production')
  expect(usesInWords([{ kind: 'cohort', key: 'a' }, { kind: 'hypothesis', key: 'H-1' }])).toBe('the cohort a and the hypothesis H-1')
  expect(usesInWords(Array.from({ length: 6 }, (_, index) => ({ kind: 'cohort' as const, key: String(index) })))).toBe('the cohort 0, the cohort 1, the cohort 2 and 3 more')
})
