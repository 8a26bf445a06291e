import { expect, test } from 'vitest'
import { OPERATORS, type Condition } from '@assay/sdk/core'
import { conditionText, describeCondition, shownValue } from './describe-condition.ts'
import { verbOf } from './operator-words.ts'

const name = (key: string) => (key === 'pilots' ? 'Pilot merchants' : key)

test.each<[Condition | undefined, string]>([
  [undefined, 'everyone'],
  [{ attribute: 'country', op: 'in', values: ['DE'] }, 'country is DE'],
  [{ attribute: 'country', op: 'in', values: ['DE', 'FR', 'NL', 'AT', 'BE'] }, 'country is one of DE, FR, NL and 2 more'],
  [{ attribute: 'country', op: 'in', values: ['DE', 'FR'], negate: true, ignoreCase: true }, 'country is not one of DE, FR in any case'],
  [{ attribute: 'orders.lifetime', op: 'gte', values: [1] }, 'orders.lifetime is at least 1'],
  [{ attribute: 'plan', op: 'in', values: ['1', 1, true, 'true'] }, 'plan is one of "1", 1, true and 1 more'],
  [{ attribute: 'app.version', op: 'semver_gte', values: ['8.4.0'] }, 'app.version is at least version 8.4.0'],
  [{ attribute: 'email', op: 'ends_with', values: ['@a.example', '@b.example'], ifMissing: true }, 'email ends with one of @a.example, @b.example or is missing'],
  [{ attribute: 'seenAt', op: 'before', values: ['2026-01-01T00:00:00Z'] }, 'seenAt is before 2026-01-01T00:00:00Z'],
  [{ attribute: 'email', op: 'exists' }, 'email is present'],
  [{ not: { attribute: 'email', op: 'exists' } }, 'email is missing'],
  [{ cohort: 'pilots' }, 'in cohort Pilot merchants'],
  [{ not: { cohort: 'staff' } }, 'not in cohort staff'],
  [{ all: [{ cohort: 'pilots' }] }, 'in cohort Pilot merchants'],
  [{ all: [{ cohort: 'pilots' }, { any: [{ attribute: 'a', op: 'eq', values: [1] }, { attribute: 'b', op: 'eq', values: [2] }] }] }, 'in cohort Pilot merchants, and (a equals 1, or b equals 2)'],
  [{ not: { any: [{ attribute: 'a', op: 'eq', values: [1] }, { cohort: 'b' }] } }, 'not (a equals 1, or in cohort b)'],
  [{ not: { not: { cohort: 'b' } } }, 'not (not in cohort b)'],
  [{ all: [] }, 'everyone'],
  [{ any: [] }, 'nobody'],
])('%j reads as "%s"', (condition, words) => {
  expect(conditionText(condition, name)).toBe(words)
})

test('a missing attribute is not said to be negated where the negation does not reach it', () => {
  expect(describeCondition({ not: { attribute: 'plan', op: 'in', values: ['pro'], ifMissing: true } })).toMatchObject({ kind: 'group', negated: true, parts: [{ verb: 'is', remark: 'or is missing' }] })
})

test('an operator of a newer version is shown as it is', () => {
  const newer = JSON.parse('{"attribute":"a","op":"sounds_like","values":["b"]}') as Condition
  expect(conditionText(newer)).toBe('{"attribute":"a","op":"sounds_like","values":["b"]}')
})

test('every operator has words of its own for one value, for several and for the opposite', () => {
  const words = OPERATORS.flatMap((op) => [verbOf(op, false, 1), verbOf(op, true, 1)])
  expect(new Set(words).size).toBe(words.length)
  expect(verbOf('contains', true, 2)).toBe('does not contain one of')
})

test('text that could be read as something else keeps its quotes', () => {
  expect(['DE', '1', 'true', '', ' a', 'null', '1.5e', 3, false].map(shownValue)).toEqual(['DE', '"1"', '"true"', '""', '" a"', '"null"', '1.5e', '3', 'false'])
})
