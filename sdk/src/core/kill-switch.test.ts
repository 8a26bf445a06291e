import { expect, test } from 'vitest'
import { compileRuleset } from './compile-ruleset.ts'
import { evaluate } from './evaluate.ts'
import { explain } from './explain.ts'
import { exposures } from './exposure.ts'
import { patterns } from './patterns.ts'
import { aFlag, aRuleset, halves } from './ruleset.samples.ts'
import type { Condition, Flag, Ruleset, Rule } from './ruleset.ts'

/** Cloudflare, 5 December 2025: the switch met a kind of rule that had never been switched off before. Here each kind is. */
const rest: Partial<Ruleset> = {
  cohorts: [{ key: 'listed', unit: 'user', included: ['u'] }, { key: 'nested', unit: 'company', when: { cohort: 'listed' }, excluded: ['x'] }],
  layers: [{ key: 'layer', unit: 'user', salt: 'layer' }],
  holdouts: [{ key: 'year', unit: 'user', salt: 'year', from: 0, to: 0 }],
}
const serve = { variant: 'on' }
const whole = { arms: [{ variant: 'on', weight: 100_000 }] }
const conditions: Condition[] = [
  { all: [] }, { any: [{ attribute: 'country', op: 'in', values: ['DE'] }] }, { not: { attribute: 'country', op: 'in', values: ['FR'] } }, { cohort: 'listed' }, { cohort: 'nested' },
  ...([['starts_with', 'D'], ['ends_with', 'E'], ['contains', 'DE'], ['matches', '^D']] as const).map(([op, value]) => ({ attribute: 'country', op, values: [value] })),
  ...([['eq', 3], ['gt', 2], ['gte', 3], ['lt', 4], ['lte', 3]] as const).map(([op, value]) => ({ attribute: 'seats', op, values: [value] })),
  ...([['semver_eq', '1.2.3'], ['semver_gt', '1.0.0'], ['semver_gte', '1.2.3'], ['semver_lt', '2.0.0'], ['semver_lte', '1.2.3']] as const).map(([op, value]) => ({ attribute: 'version', op, values: [value] })),
  { attribute: 'since', op: 'before', values: ['2027-01-01T00:00:00Z'] }, { attribute: 'since', op: 'after', values: [0] }, { attribute: 'ip', op: 'cidr', values: ['10.0.0.0/8'] },
  { attribute: 'country', op: 'exists' }, { attribute: 'gone', op: 'in', values: ['x'], ifMissing: true }, { attribute: 'country', op: 'in', values: ['FR'], negate: true }, { attribute: 'country', op: 'in', values: ['de'], ignoreCase: true },
]
const rules: Omit<Rule, 'id'>[] = [
  ...conditions.map((when) => ({ when, serve })),
  { serve }, { serve, heldOut: true },
  { serve: halves('s', whole) }, { serve: halves('s', { ...whole, unit: 'company' }) }, { serve: halves('s', { ...whole, experiment: 'e', phase: 2 }) }, { serve: halves('s', { ...whole, experiment: 'e' }), heldOut: true },
  { serve: halves('s', { ...whole, layer: { key: 'layer', from: 0, to: 100_000 } }) },
  { serve: halves('s', { ...whole, hash: { kind: 'zero', seed: '', steps: 10, admit: [[0, 1]] } }) },
  { serve: halves('s', { ...whole, hash: { kind: 'zero', seed: '', steps: 10, admit: [[0, 1]], arms: { kind: 'zero', seed: '', steps: 10 } } }) },
]
const context = { targetingKey: 'u', country: 'DE', seats: 3, version: '1.2.3', since: '2026-01-01T00:00:00Z', ip: '10.1.2.3', company: { id: 'acme' } }

test.each(rules.map((rule) => [JSON.stringify(rule), rule] as const))('a flag with the rule %s is switched off and on', (_, rule) => {
  const shapes: Partial<Flag>[] = [{ rules: [{ id: 'r', ...rule }] }, { rules: [{ id: 'r', ...rule }], prerequisites: [{ flag: 'needed', variants: ['off'] }] }, ...(rule.when === undefined && !rule.heldOut ? [{ fallthrough: rule.serve }] : [])]
  for (const shape of shapes) {
    const decide = (parts: Partial<Flag>) => {
      const compiled = compileRuleset(aRuleset({ ...rest, flags: [aFlag('needed'), aFlag('a', { ...shape, ...parts })] }), { hashes: { zero: () => 0 }, patterns })
      const evaluation = evaluate(compiled, 'a', context)
      expect(explain(compiled, 'a', context).evaluation).toEqual(evaluation)
      return { evaluation, met: exposures(compiled, evaluation, context) }
    }
    const before = decide({})
    expect(before.evaluation).toMatchObject({ variant: 'on', value: true })
    expect(decide({ enabled: false })).toEqual({ evaluation: { flagKey: 'a', reason: 'DISABLED' }, met: [] })
    expect(decide({ enabled: false, offVariant: 'off' })).toEqual({ evaluation: { flagKey: 'a', variant: 'off', value: false, reason: 'STATIC' }, met: [] })
    expect(decide({ enabled: true })).toEqual(before)
  }
})
