import { expect, test } from 'vitest'
import type { TargetingRule } from '../contract/flags.ts'
import { completeSetup } from '../testing/drafts.ts'
import { treatmentExposure, type Remainder } from './treatment-exposure.ts'

const rule = (more: Partial<TargetingRule>): TargetingRule => ({ id: 'r', name: '', serve: { variant: 'off' }, ...more })
const split = (more: object = {}) => ({ unit: 'user', salt: 's', hash: 'murmur3' as const, arms: [{ variant: 'on', weight: 50_000 }, { variant: 'off', weight: 50_000 }], coverage: 40_000, ...more })
const total = (coverage: number, rest: Partial<Remainder>, setup = {}) => {
  const { admitted, beyond } = treatmentExposure({ ...completeSetup(), coverage, ...setup }, { rules: [], fallthrough: { variant: 'off' }, offVariant: 'off', ...rest })
  return Number((admitted + beyond).toFixed(12))
}

test('counts the arms that are not control, as far as people are admitted', () => {
  const arms = [{ variant: 'off', weight: 2 }, { variant: 'a', weight: 1 }, { variant: 'b', weight: 1 }]
  expect(total(0.2, {}, { arms })).toBe(0.1)
})

test('of a part of a layer only whoever has that part is admitted', () => {
  const layer = { key: 'checkout', from: 20_000, to: 70_000 }
  expect(total(0.4, {}, { layer })).toBe(0.1)
  expect(total(0.4, { fallthrough: { variant: 'on' } }, { layer })).toBe(0.1 + 0.8)
})

test('and whom the experiment does not admit, where the flag serves everyone else something else than control', () => {
  expect(total(0.2, { fallthrough: { variant: 'on' } })).toBe(0.9)
  expect(total(1, { fallthrough: { variant: 'on' } })).toBe(0.5)
  expect(total(0.5, { fallthrough: split() })).toBe(0.25 + 0.5 * 0.4 * 0.5)
})

test('a fallthrough split passes whom it does not admit on to the off variant, or to the caller', () => {
  expect(total(0.5, { fallthrough: split(), offVariant: 'on' })).toBe(0.25 + 0.5 * (0.4 * 0.5 + 0.6))
  expect(total(0.5, { fallthrough: split(), offVariant: null })).toBe(0.25 + 0.5 * 0.4 * 0.5)
})

test.each<[string, TargetingRule[], number]>([
  ['for everybody ends the list', [rule({}), rule({ serve: { variant: 'on' } })], 0],
  ['with a condition may hold for all', [rule({ when: { cohort: 'beta' }, serve: { variant: 'on' } }), rule({})], 1],
  ['with a condition may hold for nobody', [rule({ when: { cohort: 'beta' } }), rule({ serve: { variant: 'on' } })], 1],
  ['that splits passes the others on', [rule({ serve: split() }), rule({ serve: { variant: 'on' } })], 0.4 * 0.5 + 0.6],
  ['of a layer may admit all or nobody', [rule({ serve: split({ layer: { key: 'l', from: 0, to: 9 }, arms: [{ variant: 'on', weight: 100_000 }], coverage: 100_000 }) })], 1],
  ['that holdouts pass may be passed by all', [rule({ heldOut: true }), rule({ serve: { variant: 'on' } })], 1],
])('a later rule %s', (_, rules, worst) => {
  expect(total(0.5, { rules })).toBe(Number((0.25 + 0.5 * worst).toFixed(12)))
})

test('an outside assignment changes no flag', () => {
  expect(total(0.2, { fallthrough: { variant: 'on' } }, { assignment: 'external' })).toBe(0)
})
