import { expect, test } from 'vitest'
import type { Targeting, TargetingRule } from '@assay/server/contract'
import { editTargeting, type TargetingEdit } from './edit-targeting.ts'

const rule = (id: string, more: Partial<TargetingRule> = {}): TargetingRule => ({ id, name: '', serve: { variant: 'on' }, ...more })
const base: Targeting = { enabled: true, offVariant: 'off', prerequisites: [], rules: [rule('a'), rule('b', { name: 'Staff', when: { cohort: 'staff' } }), rule('c')], fallthrough: { variant: 'off' } }
const edit = (...edits: TargetingEdit[]) => edits.reduce(editTargeting, base)
const ids = (targeting: Targeting) => targeting.rules.map(({ id }) => id)

test('rules are added, copied beside their original, moved and deleted', () => {
  expect(ids(edit({ type: 'add-rule', rule: rule('d') }))).toEqual(['a', 'b', 'c', 'd'])
  const copied = edit({ type: 'duplicate-rule', id: 'b', copyId: 'b2' })
  expect(ids(copied)).toEqual(['a', 'b', 'b2', 'c'])
  expect(copied.rules[2]).toEqual({ ...copied.rules[1], id: 'b2', name: 'Staff (copy)' })
  expect(ids(edit({ type: 'move-rule', id: 'c', by: -1 }))).toEqual(['a', 'c', 'b'])
  expect(ids(edit({ type: 'move-rule', id: 'a', by: 1 }))).toEqual(['b', 'a', 'c'])
  expect(ids(edit({ type: 'move-rule', id: 'a', by: -1 }))).toEqual(['a', 'b', 'c'])
  expect(ids(edit({ type: 'move-rule', id: 'c', by: 1 }))).toEqual(['a', 'b', 'c'])
  expect(ids(edit({ type: 'delete-rule', id: 'b' }))).toEqual(['a', 'c'])
})

test('a copy takes no part of a layer: it would take the same one', () => {
  const split = { unit: 'user', salt: 's', hash: 'murmur3' as const, arms: [{ variant: 'on', weight: 100_000 }], coverage: 100_000 }
  const copied = edit({ type: 'set-serve', id: 'a', serve: { ...split, layer: { key: 'checkout', from: 0, to: 50_000 } } }, { type: 'duplicate-rule', id: 'a', copyId: 'a2' })
  expect(copied.rules[1]).toEqual(rule('a2', { serve: split }))
})

test('parts of a rule change alone', () => {
  expect(edit({ type: 'name-rule', id: 'a', name: 'Everybody' }).rules[0]).toEqual(rule('a', { name: 'Everybody' }))
  expect(edit({ type: 'set-condition', id: 'a', when: { cohort: 'staff' } }).rules[0]).toEqual(rule('a', { when: { cohort: 'staff' } }))
  expect(edit({ type: 'set-condition', id: 'b', when: undefined }).rules[1]).not.toHaveProperty('when')
  expect(edit({ type: 'set-serve', id: 'c', serve: { variant: 'off' } }).rules[2]).toEqual(rule('c', { serve: { variant: 'off' } }))
  expect(edit({ type: 'set-held-out', id: 'a', heldOut: true }).rules[0]).toEqual(rule('a', { heldOut: true }))
  expect(edit({ type: 'set-held-out', id: 'a', heldOut: true }, { type: 'set-held-out', id: 'a', heldOut: false }).rules[0]).not.toHaveProperty('heldOut')
  expect(edit({ type: 'set-serve', id: 'nowhere', serve: { variant: 'off' } })).toEqual(base)
})

test('what stands around the rules changes too', () => {
  expect(edit({ type: 'set-fallthrough', serve: { variant: 'on' } }).fallthrough).toEqual({ variant: 'on' })
  expect(edit({ type: 'set-off-variant', variant: null }).offVariant).toBeNull()
  const needs = edit({ type: 'set-prerequisite', flag: 'login', variants: ['on'] }, { type: 'set-prerequisite', flag: 'login', variants: ['on', 'beta'] }, { type: 'set-prerequisite', flag: 'cart', variants: ['on'] })
  expect(needs.prerequisites).toEqual([{ flag: 'login', variants: ['on', 'beta'] }, { flag: 'cart', variants: ['on'] }])
  expect(editTargeting(needs, { type: 'remove-prerequisite', flag: 'login' }).prerequisites).toEqual([{ flag: 'cart', variants: ['on'] }])
})

test('no edit touches the document it started from', () => {
  const frozen = structuredClone(base)
  edit({ type: 'move-rule', id: 'c', by: -1 }, { type: 'name-rule', id: 'a', name: 'x' }, { type: 'set-condition', id: 'b', when: undefined })
  expect(base).toEqual(frozen)
})
