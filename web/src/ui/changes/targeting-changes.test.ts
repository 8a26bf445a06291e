import { expect, test } from 'vitest'
import type { Targeting, TargetingRule } from '@assay/server/contract'
import { namingOf } from '../serve/naming.ts'
import { targetingChanges } from './targeting-changes.ts'

const naming = namingOf([{ key: 'control', name: 'Control' }, { key: 'express', name: 'Express' }], [{ key: 'staff', name: 'Employees' }])
const rule = (id: string, more: Partial<TargetingRule> = {}): TargetingRule => ({ id, name: '', serve: { variant: 'express' }, ...more })
const base: Targeting = { enabled: true, offVariant: 'control', prerequisites: [{ flag: 'payments', variants: ['on'] }], rules: [rule('a', { name: 'Staff', when: { cohort: 'staff' } }), rule('b'), rule('c')], fallthrough: { variant: 'control' } }
const words = (after: Targeting) => targetingChanges(base, after, naming).map(({ subject, name, words: said }) => [subject, name, said])

test('nothing changed is no change', () => {
  expect(targetingChanges(base, structuredClone(base), naming)).toEqual([])
})

test('every part of the document is told by its place, its name and in words', () => {
  expect(words({
    enabled: false,
    offVariant: null,
    prerequisites: [{ flag: 'login', variants: ['on', 'beta'] }],
    rules: [rule('a', { name: 'Employees', when: { all: [{ cohort: 'staff' }, { attribute: 'country', op: 'in', values: ['DE'] }] } }), rule('c', { serve: { variant: 'control' } }), rule('d', { name: 'New' })],
    fallthrough: { variant: 'express' },
  })).toEqual([
    ['Flag', undefined, 'turned off'],
    ['Needs', undefined, 'no longer needs payments'],
    ['Needs', undefined, 'now needs login to be on or beta'],
    ['Rule 2', undefined, 'removed'],
    ['Rule 1', 'Staff', 'renamed to Employees'],
    ['Rule 1', 'Employees', 'now for in cohort Employees, and country is DE'],
    ['Rule 2', undefined, 'Express to Control'],
    ['Rule 3', 'New', 'added, serves Express'],
    ['Everyone else', undefined, 'Control to Express'],
    ['While off', undefined, "Control to the default in the caller's code"],
  ])
})

test('a rule that moved is told by both places', () => {
  const [a, b, c] = base.rules
  expect(words({ ...base, rules: [c, a, b].filter((item) => item !== undefined) })).toEqual([['Rule 1', undefined, 'moved from place 3 to 1']])
})

test('both sides are kept for drawing', () => {
  const [change] = targetingChanges(base, { ...base, fallthrough: { variant: 'express' } }, naming)
  expect(change).toMatchObject({ before: { kind: 'serve', serve: { variant: 'control' } }, after: { kind: 'serve', serve: { variant: 'express' } } })
})
