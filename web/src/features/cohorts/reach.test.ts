import { expect, test } from 'vitest'
import { touchedFlags } from './reach.ts'

test('flags are reached by the cohort itself and through cohorts that use it', () => {
  const cohorts = [
    { key: 'eea', usedBy: [{ kind: 'flag' as const, key: 'checkout', environment: 'production' }, { kind: 'cohort' as const, key: 'loyal' }, { kind: 'hypothesis' as const, key: 'H-1' }] },
    { key: 'loyal', usedBy: [{ kind: 'flag' as const, key: 'mails', environment: 'staging' }, { kind: 'flag' as const, key: 'checkout', environment: 'production' }] },
  ]
  expect(touchedFlags('eea', cohorts)).toEqual([
    { flag: 'checkout', environment: 'production', via: null },
    { flag: 'mails', environment: 'staging', via: 'loyal' },
  ])
})

test('cohorts in a circle end', () => {
  const cohorts = [{ key: 'a', usedBy: [{ kind: 'cohort' as const, key: 'b' }] }, { key: 'b', usedBy: [{ kind: 'cohort' as const, key: 'a' }] }]
  expect(touchedFlags('a', cohorts)).toEqual([])
})
