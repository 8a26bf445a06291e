import type { Condition } from '@assay/sdk/core'
import { expect, test } from 'vitest'
import { askedAttributes, readAttribute, withPath } from './asked-attributes.ts'

const country: Condition = { attribute: 'country', op: 'in', values: ['DE'] }
const cohorts = [{ key: 'eea', when: country }, { key: 'loop', when: { cohort: 'loop' } }]

test('attributes are found wherever a condition asks for them, each once', () => {
  const condition: Condition = { all: [{ any: [{ attribute: 'orders', op: 'gte', values: [3] }, { not: { attribute: 'company.plan', op: 'starts_with', values: ['pro'] } }] }, { cohort: 'eea' }, { cohort: 'loop' }, { attribute: 'orders', op: 'lt', values: [9] }] }
  expect(askedAttributes(condition, cohorts)).toEqual([{ path: 'orders', kind: 'number' }, { path: 'company.plan', kind: 'text' }, { path: 'country', kind: 'text' }])
})

test('an attribute that is compared in several ways takes any value', () => {
  expect(askedAttributes({ all: [{ attribute: 'age', op: 'gte', values: [3] }, { attribute: 'age', op: 'starts_with', values: ['1'] }] }, [])).toEqual([{ path: 'age', kind: 'any' }])
  expect(askedAttributes({ attribute: 'x', op: 'in', values: ['a', 1] }, [])).toEqual([{ path: 'x', kind: 'any' }])
  expect(askedAttributes({ attribute: 'beta', op: 'in', values: [true] }, [])).toEqual([{ path: 'beta', kind: 'boolean' }])
  expect(askedAttributes(undefined, [])).toEqual([])
})

test.each([
  ['text', ' 7 ', '7'],
  ['number', '7', 7],
  ['number', 'seven', 'seven'],
  ['boolean', 'true', true],
  ['any', '1.5', 1.5],
  ['any', 'false', false],
  ['any', 'DE', 'DE'],
  ['text', '  ', undefined],
] as const)('as %s, "%s" is read as %j', (kind, typed, value) => {
  expect(readAttribute(kind, typed)).toBe(value)
})

test('a dotted path makes the objects it needs', () => {
  expect(withPath({ company: { id: 'acme' } }, 'company.plan', 'pro')).toEqual({ company: { id: 'acme', plan: 'pro' } })
  expect(withPath({ company: 'acme' }, 'company.plan', 'pro')).toEqual({ company: { plan: 'pro' } })
  expect(withPath({}, 'country', 'DE')).toEqual({ country: 'DE' })
})
