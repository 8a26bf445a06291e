import type { LiveChange } from '@assay/server/contract'
import { expect, test } from 'vitest'
import { staleKeys } from './stale-keys.ts'

const changed = (kind: string, key = 'express-pay'): LiveChange => ({ kind, key, environment: null, revision: 3 })
const namesOf = (...changes: LiveChange[]) => {
  const keys = staleKeys('shop', changes)
  return keys === 'all' ? 'all' : keys.map((key) => key.join(' '))
}

test('a flag that changed is read anew with the lists that hold it, and no other flag is', () => {
  const keys = namesOf(changed('flag'))
  for (const key of ['flag shop express-pay', 'flags shop', 'changes shop', 'connections shop', 'audit shop', 'rulesets shop']) expect(keys).toContain(key)
  expect(keys).not.toContain('flag shop')
  expect(keys).not.toContain('cohorts shop')
})

test('a key is named once, and not beside one that covers it', () => {
  const keys = namesOf(changed('flag'), changed('flag', 'banner'), changed('cohort', 'germans'))
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys).toContain('flag shop')
  expect(keys).not.toContain('flag shop banner')
})

test('new numbers of an experiment are no entry of the audit log', () => {
  expect(namesOf(changed('analysis', 'EXP-1'))).toEqual(['experiment shop EXP-1', 'dimension shop EXP-1', 'experiments shop', 'hypotheses shop', 'inbox shop'])
})

test('members decide what the person may do', () => {
  expect(namesOf(changed('member'))).toContain('me')
  expect(namesOf(changed('key'))).not.toContain('me')
})

test('of what is not known, everything is stale', () => {
  expect(namesOf(changed('flag'), changed('weather'))).toBe('all')
})

test('nothing changed, nothing is stale', () => {
  expect(namesOf()).toEqual([])
})
