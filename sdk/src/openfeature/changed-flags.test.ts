import { expect, test } from 'vitest'
import type { Flag, Ruleset } from '../core/index.ts'
import { aFlag, aRuleset, halves } from '../core/ruleset.samples.ts'
import { changedFlags } from './changed-flags.ts'

const rule = (cohort: string): Flag['rules'] => [{ id: cohort, when: { any: [{ not: { cohort } }, { attribute: 'x', op: 'exists' }] }, serve: { variant: 'on' } }]
const flags = [
  aFlag('plain'),
  aFlag('for-beta', { rules: rule('beta') }),
  aFlag('for-inner', { rules: rule('inner') }),
  aFlag('needs-beta', { prerequisites: [{ flag: 'for-beta', variants: ['on'] }] }),
  aFlag('needs-needs', { prerequisites: [{ flag: 'needs-beta', variants: ['on'] }] }),
  aFlag('layered', { fallthrough: { ...halves('s'), layer: { key: 'l', from: 0, to: 50_000 } } }),
  aFlag('tested', { fallthrough: halves('t', { experiment: 'exp-1', phase: 1 }) }),
  aFlag('shipped', { rules: [{ id: 'r', heldOut: true, serve: { variant: 'on' } }] }),
]
const cohorts = [{ key: 'inner', unit: 'user', included: ['a'] }, { key: 'beta', unit: 'user', when: { all: [{ cohort: 'inner' }] } }]
const base: Partial<Ruleset> = { flags, cohorts, layers: [{ key: 'l', unit: 'user', salt: 'l' }], holdouts: [{ key: 'h', unit: 'user', salt: 'h', from: 0, to: 10 }] }
const change = (parts: Partial<Ruleset>) => changedFlags(aRuleset(base), aRuleset({ ...base, ...parts }))
const replaced = (key: string, parts: Partial<Flag>) => flags.map((flag) => (flag.key === key ? { ...flag, ...parts } : flag))

test('nothing changed is no flag changed', () => {
  expect(change({ version: 9, flags: flags.map((flag) => ({ ...flag })) })).toEqual([])
})

test('a flag that changed, came or went is named', () => {
  expect(change({ flags: replaced('plain', { enabled: false }) })).toEqual(['plain'])
  expect(change({ flags: [...flags, aFlag('new')] })).toEqual(['new'])
  expect(change({ flags: flags.filter(({ key }) => key !== 'plain') })).toEqual(['plain'])
})

test('so is every flag that depends on what changed', () => {
  expect(change({ flags: replaced('for-beta', { enabled: false }) })).toEqual(['for-beta', 'needs-beta', 'needs-needs'])
  expect(change({ cohorts: [{ key: 'inner', unit: 'user', included: ['b'] }, cohorts[1]!] })).toEqual(['for-beta', 'for-inner', 'needs-beta', 'needs-needs'])
  expect(change({ layers: [] })).toEqual(['layered'])
  expect(change({ holdouts: [] })).toEqual(['shipped', 'tested'])
})
