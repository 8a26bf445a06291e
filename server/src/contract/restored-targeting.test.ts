import { describe, expect, test } from 'vitest'
import type { Targeting, TargetingRule } from './flags.ts'
import { earlierTargeting, restoredTargeting } from './restored-targeting.ts'

const rule = (id: string, variant = 'on'): TargetingRule => ({ id, name: id, serve: { variant } })
const split = (id: string, experiment: string): TargetingRule => ({ id, name: id, serve: { unit: 'user', salt: experiment, hash: 'murmur3', arms: [{ variant: 'on', weight: 100_000 }], coverage: 100_000, experiment, phase: 1 } })
const targeting = (...rules: TargetingRule[]): Targeting => ({ enabled: true, offVariant: 'off', prerequisites: [], rules, fallthrough: { variant: 'on' } })

describe('an earlier targeting as it can stand now', () => {
  test('is what it was where no experiment was involved', () => {
    expect(restoredTargeting(targeting(rule('a')), targeting(rule('b')))).toEqual(targeting(rule('a')))
  })

  test('keeps the rule of an experiment that runs now', () => {
    expect(restoredTargeting(targeting(rule('a')), targeting(rule('a'), split('exp', 'EXP-2')))).toEqual(targeting(rule('a'), split('exp', 'EXP-2')))
  })

  test('does not start an ended experiment again: its rule is what the decision made of it, or gone', () => {
    expect(restoredTargeting(targeting(split('exp', 'EXP-1'), rule('a')), targeting(rule('exp', 'off')))).toEqual(targeting(rule('exp', 'off'), rule('a')))
    expect(restoredTargeting(targeting(split('exp', 'EXP-1'), rule('a')), targeting())).toEqual(targeting(rule('a')))
  })
})

describe('what stood at a revision', () => {
  const [first, second, third] = [targeting(), targeting(rule('a')), targeting(rule('b'))]
  const entries = [{ revision: 3, before: first, after: second }, { revision: 7, before: second, after: third }]

  test.each<[number, Targeting | null]>([[7, third], [3, second], [2, first], [1, first], [5, null], [8, null], [0, null]])('revision %i', (revision, expected) => {
    expect(earlierTargeting(entries, revision)).toEqual(expected)
  })

  test('nothing is known of a flag that was never changed there', () => {
    expect(earlierTargeting([], 1)).toBeNull()
  })
})
