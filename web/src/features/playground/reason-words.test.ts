import type { PlaygroundResult } from '@assay/server/contract'
import { expect, test } from 'vitest'
import { isFound, reasonText, ruleNameOf } from './reason-words.ts'

const result = (more: Partial<PlaygroundResult>): PlaygroundResult => ({ flag: 'express-pay', variant: 'on', value: true, reason: 'STATIC', errorCode: null, errorMessage: null, ruleId: null, experiment: null, phase: null, steps: null, ...more })

test('a reason reads as a sentence', () => {
  expect(reasonText(result({}), undefined)).toBe('The flag gives this to everyone.')
  expect(reasonText(result({ reason: 'TARGETING_MATCH', ruleId: 'r1' }), 'Rule 1, Staff,')).toBe('Rule 1, Staff, matches.')
  expect(reasonText(result({ reason: 'SPLIT', ruleId: 'r1', experiment: 'EXP-1' }), 'Rule 1')).toBe('Rule 1 matches and divides people: it falls on this side, in experiment EXP-1.')
  expect(reasonText(result({ reason: 'SPLIT' }), undefined)).toBe('Everyone else is divided, and it falls on this side.')
  expect(reasonText(result({ reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' }), undefined)).toMatch(/^There is no such flag here at this time/)
  expect(reasonText(result({ reason: 'ERROR', errorCode: 'GENERAL', errorMessage: 'Something broke.' }), undefined)).toMatch(/^Something broke\./)
})

test.each([
  ['flag', 'false', /^The flag is off/],
  ['prerequisite', 'unknown', /^Another flag that it needs/],
  ['fallthrough', 'false', /^No rule decides, and the split/],
  ['rule', 'false', /^The flag gives this to everyone/],
] as const)('what a flag gives for good is told apart by the step %s that is %s', (kind, outcome, words) => {
  expect(reasonText(result({ steps: [{ kind: 'flag', text: '', outcome: 'true', steps: [] }, { kind, text: '', outcome, steps: [] }] }), undefined)).toMatch(words)
})

test('a rule is named by its place; one of the past may be gone', () => {
  const rules = [{ id: 'a', name: '' }, { id: 'b', name: 'Staff' }]
  expect(ruleNameOf(rules, 'a')).toBe('Rule 1')
  expect(ruleNameOf(rules, 'b')).toBe('Rule 2, Staff,')
  expect(ruleNameOf(rules, 'gone')).toBeUndefined()
  expect(ruleNameOf(rules, null)).toBeUndefined()
})

test('all flags are searched by key, name, variant, value and reason', () => {
  const found = (search: string) => isFound(result({ reason: 'TARGETING_MATCH' }), 'Express pay', search)
  expect(['express', 'pay on', 'true', 'rule'].map(found)).toEqual([true, true, true, true])
  expect(found('express off')).toBe(false)
})
