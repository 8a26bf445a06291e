import { expect, test } from 'vitest'
import type { TargetingRule } from '../contract/flags.ts'
import { rulePlace } from './rule-place.ts'

const rule = (id: string, more: Partial<TargetingRule> = {}): TargetingRule => ({ id, name: id, serve: { variant: 'off' }, ...more })
const split = (more: object = {}) => ({ unit: 'user', salt: 's', hash: 'murmur3' as const, arms: [{ variant: 'off', weight: 50_000 }, { variant: 'on', weight: 50_000 }], coverage: 100_000, ...more })
const beta = { cohort: 'beta' }
const everyone = { when: undefined, unit: 'user' }
const place = (rules: TargetingRule[], audience: Parameters<typeof rulePlace>[1] = everyone, left: string[] = []) => rulePlace(rules, audience, new Set(left))

test('an experiment goes behind the rules that leave somebody to it', () => {
  expect(place([])).toEqual({ index: 0, blockedBy: null })
  expect(place([rule('testers', { when: beta }), rule('ramp', { serve: split({ coverage: 50_000 }) })])).toEqual({ index: 2, blockedBy: null })
})

test('it goes before what an earlier experiment left for everybody, which serves whom it does not admit', () => {
  expect(place([rule('testers', { when: beta }), rule('experiment-exp-2'), rule('more', { when: beta })], everyone, ['experiment-exp-2'])).toEqual({ index: 1, blockedBy: null })
  expect(place([rule('experiment-exp-2', { when: beta }), rule('experiment-exp-3', { when: beta })], { when: beta, unit: 'user' }, ['experiment-exp-2', 'experiment-exp-3'])).toEqual({ index: 0, blockedBy: null })
  expect(place([rule('experiment-exp-2', { when: beta })], everyone, ['experiment-exp-2'])).toEqual({ index: 1, blockedBy: null })
})

test.each<[string, Partial<TargetingRule>]>([
  ['a variant for everybody', {}],
  ['a condition that always holds', { when: { all: [{ any: [beta, { all: [] }] }] } }],
  ['a split that admits everybody', { serve: split() }],
  ['a rule that only holdouts pass', { heldOut: true }],
])('%s, written by people, blocks it', (_, more) => {
  expect(place([rule('mine', { when: beta }), rule('all', more)])).toEqual({ index: 2, blockedBy: 1 })
  expect(place([rule('all', more), rule('experiment-exp-2')], everyone, ['experiment-exp-2'])).toEqual({ index: 1, blockedBy: 0 })
})

test.each<[string, Partial<TargetingRule>]>([
  ['a condition that may fail', { when: { any: [] } }],
  ['a split by another unit', { serve: split({ unit: 'company' }) }],
  ['a split of a layer', { serve: split({ layer: { key: 'l', from: 0, to: 50_000 } }) }],
  ['a rule for another cohort', { when: { cohort: 'staff' } }],
])('%s does not', (_, more) => {
  expect(place([rule('some', more)], { when: beta, unit: 'user' })).toEqual({ index: 1, blockedBy: null })
})

test('a rule for the same cohort does', () => {
  expect(place([rule('beta', { when: beta })], { when: beta, unit: 'user' })).toEqual({ index: 1, blockedBy: 0 })
})
