import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileRuleset, evaluate, type Condition, type Flag, type Json, type Leaf, type Ruleset, type Split } from '@assay/sdk/core'
import { checkRuleset } from './check-ruleset.ts'

const half: Split = { unit: 'user', salt: 's', hash: 'murmur3', arms: [{ variant: 'off', weight: 50_000 }, { variant: 'on', weight: 50_000 }], coverage: 100_000 }
const checkout: Flag = {
  key: 'checkout', type: 'boolean', enabled: true, clientVisible: false, revision: 1, variants: [{ key: 'off', value: false }, { key: 'on', value: true }], offVariant: 'off',
  rules: [{ id: 'beta', when: { cohort: 'beta' }, serve: half }], fallthrough: { variant: 'off' },
}

function rulesetOf(more: Partial<Ruleset> = {}): Ruleset {
  return { schema: 1, project: 'shop', environment: 'production', epoch: 'e', version: 1, flags: [checkout], cohorts: [{ key: 'beta', unit: 'user' }], layers: [], holdouts: [], ...more }
}
const check = (ruleset: Ruleset) => checkRuleset(ruleset, { unitTypes: ['user', 'company'] })
const withFlag = (more: Partial<Flag>) => check(rulesetOf({ flags: [{ ...checkout, ...more }] }))
const withSplit = (more: Partial<Split>) => withFlag({ rules: [{ id: 'r', serve: { ...half, ...more } }] })
const withCondition = (when: Condition) => withFlag({ rules: [{ id: 'r', when, serve: half }] })

test('a sound ruleset has no issues', () => {
  expect(check(rulesetOf())).toEqual([])
})

test.each<[string, Partial<Flag>, string, string]>([
  ['a rule with an unknown variant', { rules: [{ id: 'r', serve: { variant: 'blue' } }] }, 'flags.checkout.rules.0.serve.variant', 'Rule 1 of checkout serves blue, which is not a variant of checkout.'],
  ['a fallthrough with an unknown variant', { fallthrough: { variant: 'blue' } }, 'flags.checkout.fallthrough.variant', 'The fallthrough of checkout serves blue, which is not a variant of checkout.'],
  ['an unknown off variant', { offVariant: 'blue' }, 'flags.checkout.offVariant', 'Off serves blue, which is not a variant of checkout.'],
  ['two rules with one id', { rules: [{ id: 'r', serve: { variant: 'on' } }, { id: 'r', serve: { variant: 'on' } }] }, 'flags.checkout.rules', 'checkout has two rules with the id r.'],
  ['a missing prerequisite', { prerequisites: [{ flag: 'gone', variants: ['on'] }] }, 'flags.checkout.prerequisites.0.flag', 'checkout needs the flag gone, which does not exist.'],
  ['a prerequisite of itself', { prerequisites: [{ flag: 'checkout', variants: ['on'] }] }, 'flags.checkout.prerequisites', 'Flags need each other in a circle: checkout needs checkout.'],
  ['a prerequisite on an unknown variant', { prerequisites: [{ flag: 'other', variants: ['x'] }] }, 'flags.checkout.prerequisites.0.variants', 'checkout needs other to be x, which is not one of its variants.'],
  ['a prerequisite on no variant', { prerequisites: [{ flag: 'other', variants: [] }] }, 'flags.checkout.prerequisites.0.variants', 'checkout needs other, but does not say which variant.'],
])('%s', (_name, more, path, message) => {
  const issues = check(rulesetOf({ flags: [{ ...checkout, ...more }, { ...checkout, key: 'other' }] }))
  expect(issues).toEqual([{ path, message }])
})

test.each<[string, Partial<Split>, string, string]>([
  ['an unknown unit type', { unit: 'planet' }, 'unit', 'splits by planet, which is not a unit type of this project.'],
  ['weights that do not sum up', { arms: [{ variant: 'off', weight: 50_000 }, { variant: 'on', weight: 40_000 }] }, 'arms', 'has weights that sum to 90% instead of 100%.'],
  ['an arm twice', { arms: [{ variant: 'on', weight: 50_000 }, { variant: 'on', weight: 50_000 }] }, 'arms', 'has two arms for on.'],
  ['an arm that nobody reaches', { arms: [{ variant: 'off', weight: 99_999 }, { variant: 'on', weight: 1 }], coverage: 50_000 }, 'coverage', 'admits so few that on gets nobody: raise the coverage or its weight.'],
  ['an experiment without a phase', { experiment: 'EXP-1' }, 'phase', 'names an experiment without its phase, or a phase without its experiment.'],
  ['an unknown layer', { layer: { key: 'l', from: 0, to: 10 } }, 'layer.key', 'refers to the layer l, which does not exist.'],
  ['an imported range outside its steps', { hash: { kind: 'unleash', seed: '', steps: 100, admit: [[0, 101]] } }, 'hash.admit.0', 'admits 0 to 101, which is not a range within 100 steps.'],
])('a split with %s', (_name, more, at, message) => {
  expect(withSplit(more)).toEqual([{ path: `flags.checkout.rules.0.serve.${at}`, message: `Rule 1 of checkout ${message}` }])
})

test('a coverage of 0 admits nobody on purpose, and an arm of weight 0 may get nobody', () => {
  expect(withSplit({ coverage: 0 })).toEqual([])
  expect(withSplit({ arms: [{ variant: 'off', weight: 100_000 }, { variant: 'on', weight: 0 }] })).toEqual([])
})

test('a split of a layer uses the unit and a range of the layer', () => {
  const layers = [{ key: 'l', unit: 'company', salt: 's' }]
  const split = { ...half, layer: { key: 'l', from: 10, to: 10 } }
  expect(check(rulesetOf({ layers, flags: [{ ...checkout, fallthrough: split }] })).map((issue) => issue.path)).toEqual(['flags.checkout.fallthrough.layer.key', 'flags.checkout.fallthrough.layer'])
})

test.each<[Flag['type'], Json[], Json[]]>([
  ['boolean', [true, false], [null, 0, 'true']],
  ['string', ['', 'x'], [null, 1, []]],
  ['integer', [0, -5, 1, Number.MAX_SAFE_INTEGER], [1.5, '1', null, 2 ** 53]],
  ['float', [0, 1, 1.5], ['1', null, true]],
  ['object', [{}, { a: null }], [[], null, 'x', 1]],
])('values of a %s flag', (type, good, bad) => {
  const issuesFor = (value: Json) => withFlag({ type, variants: [{ key: 'off', value }], rules: [], offVariant: 'off' })
  for (const value of good) expect(issuesFor(value)).toEqual([])
  for (const value of bad) expect(issuesFor(value)).toMatchObject([{ path: 'flags.checkout.variants.0.value', message: expect.stringContaining(`type is ${type}`) as string }])
})

describe('conditions', () => {
  const leaf = (op: Leaf['op'], values: Json[], more: Partial<Leaf> = {}): Leaf => ({ attribute: 'a', op, values, ...more })

  test.each<[Leaf['op'], Json[], Json[]]>([
    ['in', ['x', 1, true], [null, {}, []]],
    ['starts_with', ['x', ''], [1, null, true]],
    ['gte', [1, -0.5], ['1', null]],
    ['before', ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.5+02:00', 0], ['2026-01-01', 'soon', '2026-13-01T00:00:00Z', '2026-02-30T00:00:00Z']],
    ['semver_gte', ['1.2.3', '1.0.0-rc.1+build'], ['1.2', 'v1.2.3', '01.2.3', 1]],
    ['cidr', ['10.0.0.0/8', '192.168.1.1', '2001:db8::/32', '::', '::ffff:1.2.3.4/128', '1:2:3:4:5:6:7:8'], ['10.0.0.0/33', '10.0.0', '300.1.1.1', '1::2::3', '2001:db8::/129', 'x', ':1', '1:2:3:4:5:6:7', 5]],
    ['matches', ['^a+b$', '(?:x|y)', String.raw`\\1`], ['(', '(?=a)', '(?<!a)b', String.raw`(a)\1`, String.raw`(?<x>a)\k<x>`, String.raw`\u0041`, 'a{1001}', 'a{1,2000}', 'x'.repeat(1001), 5]],
  ])('%s takes what it can compare', (op, good, bad) => {
    expect(withCondition(leaf(op, good))).toEqual([])
    for (const value of bad) expect(withCondition(leaf(op, [value])), JSON.stringify(value)).toMatchObject([{ path: 'flags.checkout.rules.0.when.values.0' }])
  })

  test('nested parts are named by their path', () => {
    expect(withCondition({ all: [{ not: { any: [{ cohort: 'gone' }] } }, leaf('gt', ['x'])] })).toEqual([
      { path: 'flags.checkout.rules.0.when.all.0.not.any.0.cohort', message: 'Rule 1 of checkout refers to the cohort gone, which does not exist.' },
      { path: 'flags.checkout.rules.0.when.all.1.values.0', message: 'Rule 1 of checkout compares a with "x": gt needs numbers.' },
    ])
  })

  test('exists takes no value, every other operator takes one', () => {
    expect(withCondition({ attribute: 'a', op: 'exists' })).toEqual([])
    expect(withCondition(leaf('exists', ['x']))[0]?.message).toContain('gives exists a value')
    expect(withCondition({ attribute: 'a', op: 'in' })[0]?.message).toContain('compares a with nothing')
  })

  test('what is nested too deeply is refused', () => {
    let deep: Condition = { cohort: 'beta' }
    for (let level = 0; level < 25; level++) deep = { not: deep }
    expect(withCondition(deep)[0]?.message).toContain('deeper than 20 levels')
  })
})

test('cohorts may nest but not in a circle', () => {
  const nested = (key: string, cohort: string) => ({ key, unit: 'user', when: { any: [{ cohort }] } })
  expect(check(rulesetOf({ cohorts: [nested('beta', 'staff'), { key: 'staff', unit: 'user' }] }))).toEqual([])
  expect(check(rulesetOf({ cohorts: [nested('beta', 'staff'), nested('staff', 'beta')] }))).toEqual([{ path: 'cohorts.beta.when', message: 'Cohorts contain each other in a circle: beta contains staff contains beta.' }])
  expect(check(rulesetOf({ cohorts: [{ key: 'beta', unit: 'planet' }] }))[0]?.path).toBe('cohorts.beta.unit')
})

test('weights and coverage are accepted exactly where every arm of positive weight has a bucket', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 100_000 }), (weight, coverage) => {
    const arms = [{ variant: 'off', weight: 100_000 - weight }, { variant: 'on', weight }]
    const starves = coverage > 0 && arms.some((arm) => arm.weight > 0 && Math.floor((arm.weight * coverage) / 100_000) === 0)
    expect(withSplit({ arms, coverage }).length > 0).toBe(starves)
  }))
})

test('a flag that passes the check is never malformed to the engine', () => {
  const value: fc.Arbitrary<Json> = fc.oneof(fc.boolean(), fc.string(), fc.integer(), fc.double(), fc.constantFrom(null, {}, { a: 1 }, [])) as fc.Arbitrary<Json>
  const flag = fc.record({
    type: fc.constantFrom<Flag['type']>('boolean', 'string', 'integer', 'float', 'object'),
    variants: fc.array(fc.record({ key: fc.constantFrom('off', 'on'), value }), { maxLength: 3 }),
    weight: fc.integer({ min: 0, max: 100_001 }),
    coverage: fc.integer({ min: -1, max: 100_001 }),
  })
  let sound = 0
  fc.assert(fc.property(flag, ({ type, variants, weight, coverage }) => {
    const given = { ...checkout, type, variants, rules: [{ id: 'r', serve: { ...half, arms: [{ variant: 'off', weight: 100_000 - weight }, { variant: 'on', weight }], coverage } }] }
    const ruleset = rulesetOf({ flags: [given] })
    if (check(ruleset).length > 0) return
    sound += 1
    expect(evaluate(compileRuleset(ruleset), 'checkout', { targetingKey: 'u' }).reason).not.toBe('ERROR')
  }), { numRuns: 20_000 })
  expect(sound).toBeGreaterThan(20)
})
