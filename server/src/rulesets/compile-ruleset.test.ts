import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ruleset as schema } from '../contract/ruleset.ts'
import { compileRuleset, type CohortRow, type FlagRow, type RulesetRows } from './compile-ruleset.ts'

const identity = { epoch: '019abc00-0000-7000-8000-000000000001', version: 7 }

function flagRow(key: string, more: Partial<FlagRow> = {}): FlagRow {
  return {
    key,
    type: 'boolean',
    clientVisible: false,
    definedAt: 1,
    variants: [{ key: 'on', value: true, position: 1 }, { key: 'off', value: false, position: 0 }],
    state: { enabled: true, offVariant: 'off', prerequisites: [], fallthrough: { variant: 'on' }, revision: 1 },
    rules: [],
    ...more,
  }
}

function rowsOf(flags: FlagRow[], cohorts: CohortRow[] = []): RulesetRows {
  return { project: 'shop', environment: 'production', flags, cohorts, layers: [], holdouts: [] }
}

test('rows become the wire form, in order, without what is empty', () => {
  const beta: CohortRow = { key: 'beta', unit: 'user', when: null, included: ['u1'], excluded: [] }
  const rules: FlagRow['rules'] = [
    { id: 'second', position: 1, when: null, serve: { variant: 'off' }, heldOut: true },
    { id: 'first', position: 0, when: { cohort: 'beta' }, serve: { variant: 'on' }, heldOut: false },
  ]
  expect(compileRuleset(rowsOf([flagRow('b', { rules }), flagRow('a', { state: { ...flagRow('a').state, offVariant: null, prerequisites: [{ flag: 'b', variants: ['on'] }] } })], [beta]), identity)).toEqual({
    schema: 1, project: 'shop', environment: 'production', ...identity,
    flags: [
      { key: 'a', type: 'boolean', enabled: true, clientVisible: false, revision: 1, variants: [{ key: 'off', value: false }, { key: 'on', value: true }], prerequisites: [{ flag: 'b', variants: ['on'] }], rules: [], fallthrough: { variant: 'on' } },
      {
        key: 'b', type: 'boolean', enabled: true, clientVisible: false, revision: 1, variants: [{ key: 'off', value: false }, { key: 'on', value: true }], offVariant: 'off',
        rules: [{ id: 'first', when: { cohort: 'beta' }, serve: { variant: 'on' } }, { id: 'second', serve: { variant: 'off' }, heldOut: true }],
        fallthrough: { variant: 'on' },
      },
    ],
    cohorts: [{ key: 'beta', unit: 'user', included: ['u1'] }],
    layers: [],
    holdouts: [],
  })
})

test('a float of 1 and an integer of 1 travel as the same number under different types', () => {
  const numbers = (type: 'float' | 'integer') => flagRow(type, { type, variants: [{ key: 'one', value: 1, position: 0 }], state: { ...flagRow(type).state, offVariant: 'one', fallthrough: { variant: 'one' } } })
  const text = JSON.stringify(compileRuleset(rowsOf([numbers('integer'), numbers('float')]), identity))
  expect(text).toContain('"key":"float","type":"float"')
  expect(text).toContain('"key":"integer","type":"integer"')
  expect(text.match(/"value":1[,}]/g)).toHaveLength(2)
})

const rows = fc.record({
  project: fc.constant('shop'),
  environment: fc.constant('production'),
  flags: fc.uniqueArray(fc.record({
    key: fc.stringMatching(/^[A-Za-z0-9._-]{1,8}$/),
    type: fc.constantFrom('boolean', 'string', 'integer', 'float', 'object'),
    clientVisible: fc.boolean(),
    definedAt: fc.integer({ min: 1, max: 50 }),
    variants: fc.uniqueArray(fc.record({ key: fc.stringMatching(/^[a-z]{1,5}$/), value: fc.jsonValue() as fc.Arbitrary<FlagRow['variants'][number]['value']>, position: fc.nat(1000) }), { selector: (variant) => variant.position, maxLength: 5 }),
    state: fc.record({ enabled: fc.boolean(), offVariant: fc.option(fc.constant('off')), prerequisites: fc.constantFrom([], [{ flag: 'x', variants: ['on'] }]), fallthrough: fc.constant({ variant: 'on' }), revision: fc.integer({ min: 1, max: 50 }) }),
    rules: fc.uniqueArray(fc.record({ id: fc.stringMatching(/^[a-z]{1,5}$/), position: fc.nat(1000), when: fc.option(fc.constantFrom({ cohort: 'beta' }, { all: [] })), serve: fc.constant({ variant: 'on' }), heldOut: fc.boolean() }), { selector: (rule) => rule.position, maxLength: 5 }),
  }), { selector: (flag) => flag.key, maxLength: 6 }),
  cohorts: fc.uniqueArray(fc.record({ key: fc.stringMatching(/^[a-z]{1,5}$/), unit: fc.constant('user'), when: fc.option(fc.constant({ any: [] })), included: fc.array(fc.string()), excluded: fc.array(fc.string()) }), { selector: (cohort) => cohort.key, maxLength: 4 }),
  layers: fc.uniqueArray(fc.record({ key: fc.stringMatching(/^[a-z]{1,5}$/), unit: fc.constant('user'), salt: fc.constant('s') }), { selector: (layer) => layer.key, maxLength: 4 }),
  holdouts: fc.uniqueArray(fc.record({ key: fc.stringMatching(/^[a-z]{1,5}$/), unit: fc.constant('user'), salt: fc.constant('s'), from: fc.constant(0), to: fc.integer({ min: 1, max: 100_000 }) }), { selector: (holdout) => holdout.key, maxLength: 4 }),
}) as fc.Arbitrary<RulesetRows>

test('the order in which rows arrive does not matter, and the result always fits the wire schema', () => {
  fc.assert(fc.property(rows, (given) => {
    const compiled = compileRuleset(given, identity)
    const turned: RulesetRows = {
      ...given,
      flags: [...given.flags].reverse().map((flag) => ({ ...flag, variants: [...flag.variants].reverse(), rules: [...flag.rules].reverse() })),
      cohorts: [...given.cohorts].reverse(),
      layers: [...given.layers].reverse(),
      holdouts: [...given.holdouts].reverse(),
    }
    expect(JSON.stringify(compileRuleset(turned, identity))).toBe(JSON.stringify(compiled))
    expect(schema.safeParse(JSON.parse(JSON.stringify(compiled))).success).toBe(true)
  }))
})

test('the wire revision rises exactly when the definition or this environment changes', () => {
  const change = fc.constantFrom('definition', 'here', 'elsewhere')
  fc.assert(fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
    let counter = 1
    const flag = { definedAt: 1, here: 1 }
    let last = 1
    for (const kind of changes) {
      counter += 1
      if (kind === 'definition') flag.definedAt = counter
      if (kind === 'here') flag.here = counter
      const [compiled] = compileRuleset(rowsOf([flagRow('a', { definedAt: flag.definedAt, state: { ...flagRow('a').state, revision: flag.here } })]), identity).flags
      const { revision } = compiled ?? { revision: 0 }
      if (kind === 'elsewhere') expect(revision).toBe(last)
      else expect(revision).toBeGreaterThan(last)
      last = revision
    }
  }))
})
