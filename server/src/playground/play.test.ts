import { expect, test } from 'vitest'
import type { Flag, Ruleset } from '@assay/sdk/core'
import { playAll, playFlag } from './play.ts'

const flag = (key: string, more: Partial<Flag> = {}): Flag => ({ key, type: 'boolean', enabled: true, clientVisible: false, revision: 1, variants: [{ key: 'off', value: false }, { key: 'on', value: true }], rules: [], fallthrough: { variant: 'off' }, ...more })
const ruleset: Ruleset = {
  schema: 1, project: 'shop', environment: 'production', epoch: 'e', version: 7, cohorts: [], layers: [], holdouts: [],
  flags: [flag('plain', { rules: [{ id: 'pro', when: { attribute: 'plan', op: 'in', values: ['pro'] }, serve: { variant: 'on' } }] }), flag('quiet', { enabled: false }), flag('split', { fallthrough: { unit: 'user', salt: 's', hash: 'murmur3', arms: [{ variant: 'on', weight: 100_000 }], coverage: 100_000 } })],
}

test('one flag is told with the way to its decision', () => {
  expect(playFlag(ruleset, 'plain', { targetingKey: 'u', plan: 'pro' })).toMatchObject({
    flag: 'plain', value: true, variant: 'on', reason: 'TARGETING_MATCH', ruleId: 'pro', errorCode: null,
    steps: [{ kind: 'flag', outcome: 'true' }, { kind: 'rule', ruleId: 'pro', outcome: 'true', steps: [{ kind: 'condition', outcome: 'true' }] }],
  })
  expect(playFlag(ruleset, 'nowhere', {})).toBeNull()
})

test('all flags are told without it; without a value the caller’s default is served', () => {
  expect(playAll(ruleset, {})).toEqual([
    { flag: 'plain', value: false, variant: 'off', reason: 'DEFAULT', errorCode: null, errorMessage: null, ruleId: null, experiment: null, phase: null, steps: null },
    { flag: 'quiet', variant: null, reason: 'DISABLED', errorCode: null, errorMessage: null, ruleId: null, experiment: null, phase: null, steps: null },
    { flag: 'split', variant: null, reason: 'ERROR', errorCode: 'TARGETING_KEY_MISSING', errorMessage: expect.stringContaining('user') as string, ruleId: null, experiment: null, phase: null, steps: null },
  ])
})
