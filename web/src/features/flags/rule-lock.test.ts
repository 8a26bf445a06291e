import { expect, test } from 'vitest'
import type { TargetingRule } from '@assay/server/contract'
import { ruleLock } from './rule-lock.ts'

const experiments = [{ key: 'EXP-1', hypothesis: 'H-1', status: 'running', environment: 'production', ruleId: 'a' }, { key: 'EXP-2', hypothesis: 'H-1', status: 'decided', environment: 'production', ruleId: 'b' }]
const rule = (id: string, experiment?: string): TargetingRule => ({ id, name: '', serve: experiment === undefined ? { variant: 'on' } : { unit: 'user', salt: 's', hash: 'murmur3', arms: [{ variant: 'on', weight: 100_000 }], coverage: 100_000, experiment, phase: 1 } })

test('the rule of a running experiment is locked in its environment', () => {
  expect(ruleLock(rule('a', 'EXP-1'), experiments, 'production')).toMatchObject({ experiment: 'EXP-1', running: true })
  expect(ruleLock(rule('a'), experiments, 'staging')).toBeUndefined()
})

test('a rule that serves a variant after its experiment is like any other', () => {
  expect(ruleLock(rule('b'), experiments, 'production')).toBeUndefined()
})

test('a split of an experiment that does not run here can only be removed', () => {
  expect(ruleLock(rule('c', 'EXP-9'), experiments, 'production')).toMatchObject({ experiment: 'EXP-9', running: false })
})
