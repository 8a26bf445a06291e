import { compileRuleset, evaluate, type Cohort, type Condition, type Flag } from '@assay/sdk/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withNeeds } from './flag-needs.ts'

const pattern: Condition = { attribute: 'email', op: 'matches', values: ['@company\\.com$'] }
const plain: Condition = { attribute: 'email', op: 'exists' }

function flagOf(key: string, when: Condition, parts: Partial<Flag> = {}): Flag {
  return { key, type: 'boolean', enabled: true, clientVisible: false, revision: 1, variants: [{ key: 'on', value: true }], rules: [{ id: 'r', when, serve: { variant: 'on' } }], fallthrough: { variant: 'on' }, ...parts }
}

function needing(flags: Flag[], cohorts: Cohort[] = []): string[] {
  return withNeeds(flags, cohorts).flatMap(({ key, needs = [] }) => needs.map((need) => `${key} ${need}`))
}

test('a flag says that it needs patterns if it, a cohort or a flag that it asks has one', () => {
  const cohorts: Cohort[] = [{ key: 'outer', unit: 'user', when: { not: { cohort: 'inner' } } }, { key: 'inner', unit: 'user', when: pattern }, { key: 'listed', unit: 'user', included: ['u'] }]
  const asks = (flag: string): Partial<Flag> => ({ prerequisites: [{ flag, variants: ['on'] }] })
  const flags = [
    flagOf('asks', plain, asks('asked')), flagOf('asked', plain, asks('nested')), flagOf('nested', { any: [plain, { cohort: 'outer' }] }), flagOf('own', { all: [plain, pattern] }),
    flagOf('plain', { cohort: 'listed' }), flagOf('off', pattern, { enabled: false }), flagOf('asks-off', plain, asks('off')),
  ]
  expect(needing(flags, cohorts)).toEqual(['asks patterns', 'asked patterns', 'nested patterns', 'own patterns'])
  expect(withNeeds(flags, cohorts)[4]).toBe(flags[4])
})

test('exactly those flags say it that fail in an engine without patterns', () => {
  const keys = ['a', 'b', 'c', 'd']
  const condition = (cohorts: string[]) => fc.constantFrom<Condition>(plain, plain, pattern, { not: { any: [pattern] } }, ...cohorts.map((cohort) => ({ cohort })), ...cohorts.map((cohort) => ({ all: [plain, { cohort }] })))
  // Each names only later ones: circles are refused when they are written.
  const cohorts = fc.tuple(condition(['y', 'z']), condition(['z']), condition([])).map((whens) => whens.map((when, index): Cohort => ({ key: 'xyz'.charAt(index), unit: 'user', when })))
  const flags = fc.tuple(...keys.map((key, index) => fc.record({ when: condition(['x', 'y', 'z']), enabled: fc.boolean(), asks: fc.subarray(keys.slice(index + 1)) })
    .map(({ when, enabled, asks }) => flagOf(key, when, { enabled, prerequisites: asks.map((flag) => ({ flag, variants: ['on'] })) }))))
  fc.assert(fc.property(flags, cohorts, (given, cohorts) => {
    const bare = compileRuleset({ schema: 1, project: 'p', environment: 'e', epoch: 'e', version: 1, flags: given, cohorts, layers: [], holdouts: [] })
    expect(needing(given, cohorts)).toEqual(keys.filter((key) => evaluate(bare, key, {}).reason === 'ERROR').map((key) => `${key} patterns`))
  }))
})
