import { expect, test } from 'vitest'
import type { Targeting, TargetingRule } from './flags.ts'
import { mergeTargeting } from './merge-targeting.ts'

const rule = (id: string, more: Partial<TargetingRule> = {}): TargetingRule => ({ id, name: id.toUpperCase(), serve: { variant: 'off' }, ...more })
const was: Targeting = { enabled: true, offVariant: 'off', prerequisites: [{ flag: 'login', variants: ['on'] }], rules: [rule('a'), rule('b'), rule('c')], fallthrough: { variant: 'off' } }
const withRules = (...rules: TargetingRule[]): Targeting => ({ ...was, rules })
const ids = (targeting: Targeting) => targeting.rules.map(({ id }) => id)

test('edits of different places are both kept', () => {
  const live = { ...withRules(rule('a'), rule('b', { serve: { variant: 'on' } }), rule('c')), enabled: false }
  const yours = { ...withRules(rule('a', { when: { cohort: 'staff' } }), rule('b'), rule('c')), fallthrough: { variant: 'on' }, prerequisites: [] }
  expect(mergeTargeting(was, live, yours)).toEqual({
    overlaps: [],
    targeting: { enabled: false, offVariant: 'off', prerequisites: [], rules: [rule('a', { when: { cohort: 'staff' } }), rule('b', { serve: { variant: 'on' } }), rule('c')], fallthrough: { variant: 'on' } },
  })
})

test('edits of different parts of one rule are both kept', () => {
  const merged = mergeTargeting(was, withRules(rule('a', { name: 'Staff' }), rule('b'), rule('c')), withRules(rule('a', { serve: { variant: 'on' } }), rule('b'), rule('c')))
  expect(merged).toMatchObject({ overlaps: [], targeting: { rules: [{ id: 'a', name: 'Staff', serve: { variant: 'on' } }, {}, {}] } })
})

test('the same edit twice is one edit', () => {
  const same = { ...was, fallthrough: { variant: 'on' } }
  expect(mergeTargeting(was, same, structuredClone(same))).toEqual({ overlaps: [], targeting: same })
})

test('different edits of one place overlap, and whose is taken is chosen', () => {
  const live = { ...withRules(rule('a'), rule('b', { serve: { variant: 'blue' } }), rule('c')), fallthrough: { variant: 'blue' } }
  const yours = { ...withRules(rule('a'), rule('b', { serve: { variant: 'on' } }), rule('c', { name: 'Mine' })), fallthrough: { variant: 'on' } }
  const kept = mergeTargeting(was, live, yours, 'live')
  expect(kept.overlaps).toEqual([
    { id: 'fallthrough', subject: 'Everyone else', was: { kind: 'serve', serve: { variant: 'off' } }, live: { kind: 'serve', serve: { variant: 'blue' } }, yours: { kind: 'serve', serve: { variant: 'on' } } },
    { id: 'b serve', subject: 'Rule 2 B, serve', was: { kind: 'serve', serve: { variant: 'off' } }, live: { kind: 'serve', serve: { variant: 'blue' } }, yours: { kind: 'serve', serve: { variant: 'on' } } },
  ])
  // What does not overlap is yours either way.
  expect(kept.targeting).toEqual({ ...live, rules: [rule('a'), rule('b', { serve: { variant: 'blue' } }), rule('c', { name: 'Mine' })] })
  expect(mergeTargeting(was, live, yours, 'yours').targeting).toEqual(yours)
})

test('whose is taken can be chosen place by place', () => {
  const live = { ...withRules(rule('a', { serve: { variant: 'blue' } }), rule('b'), rule('c')), fallthrough: { variant: 'blue' } }
  const yours = { ...withRules(rule('a', { serve: { variant: 'on' } }), rule('b'), rule('c')), fallthrough: { variant: 'on' } }
  expect(mergeTargeting(was, live, yours, (overlap) => (overlap === 'fallthrough' ? 'yours' : 'live')).targeting).toEqual({ ...live, fallthrough: { variant: 'on' } })
})

test('a rule that one deleted and the other left alone is deleted; one that the other edited is an overlap', () => {
  const yours = withRules(rule('a'), rule('c'))
  expect(ids(mergeTargeting(was, was, yours).targeting)).toEqual(['a', 'c'])
  const live = withRules(rule('a'), rule('b', { serve: { variant: 'on' } }), rule('c'))
  const merged = mergeTargeting(was, live, yours)
  expect(merged.overlaps).toMatchObject([{ id: 'b', subject: 'Rule 2 B', yours: undefined, live: { kind: 'rule', serve: { variant: 'on' } } }])
  expect(ids(merged.targeting)).toEqual(['a', 'b', 'c'])
  expect(ids(mergeTargeting(was, live, yours, 'yours').targeting)).toEqual(['a', 'c'])
})

test('rules that each side added stand where that side put them', () => {
  const merged = mergeTargeting(was, withRules(rule('x'), rule('a'), rule('b'), rule('c')), withRules(rule('a'), rule('y'), rule('b'), rule('c'), rule('z')))
  expect(merged.overlaps).toEqual([])
  expect(ids(merged.targeting)).toEqual(['x', 'a', 'y', 'b', 'c', 'z'])
})

test('one new order holds, two different ones overlap', () => {
  const [a, b, c] = [rule('a'), rule('b'), rule('c')]
  expect(ids(mergeTargeting(was, withRules(a, b, c), withRules(c, a, b)).targeting)).toEqual(['c', 'a', 'b'])
  const both = mergeTargeting(was, withRules(b, a, c), withRules(c, a, b), 'yours')
  expect(both.overlaps).toEqual([{ id: 'order', subject: 'Order of the rules', was: { kind: 'text', text: 'A, then B, then C' }, live: { kind: 'text', text: 'B, then A, then C' }, yours: { kind: 'text', text: 'C, then A, then B' } }])
  expect(ids(both.targeting)).toEqual(['c', 'a', 'b'])
})

test('both needing different variants of one flag overlap; a new need is kept', () => {
  const live = { ...was, prerequisites: [{ flag: 'login', variants: ['beta'] }, { flag: 'cart', variants: ['on'] }] }
  const merged = mergeTargeting(was, live, { ...was, prerequisites: [{ flag: 'login', variants: ['on', 'beta'] }] }, 'yours')
  expect(merged.overlaps).toMatchObject([{ id: 'needs login', subject: 'Needs login' }])
  expect(merged.targeting.prerequisites).toEqual([{ flag: 'login', variants: ['on', 'beta'] }, { flag: 'cart', variants: ['on'] }])
})
