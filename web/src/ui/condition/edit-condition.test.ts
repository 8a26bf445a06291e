import { expect, test } from 'vitest'
import type { Condition } from '@assay/sdk/core'
import { conditionProblems } from './condition-problems.ts'
import { newItem, readGroup, withOperator, writeGroup } from './edit-condition.ts'

const leaf = { attribute: 'country', op: 'in' as const, values: ['DE', 'FR'] }
const deep: Condition = { all: [leaf, { any: [leaf, { all: [leaf, { any: [leaf, { cohort: 'staff' }] }] }] }] }

test.each<Condition>([
  leaf,
  { cohort: 'staff' },
  { not: { cohort: 'staff' } },
  { all: [leaf, { cohort: 'staff' }] },
  { any: [leaf, { all: [leaf, { not: { cohort: 'staff' } }] }] },
  { not: { any: [leaf, leaf] } },
  { all: [leaf, { not: { all: [leaf, leaf] } }] },
  { not: { attribute: 'plan', op: 'in', values: ['pro'], ifMissing: true } },
  { not: { not: leaf } },
  { any: [] },
  { all: [leaf, { any: [] }] },
  deep,
])('%j is written as it was read', (condition) => {
  expect(writeGroup(readGroup(condition))).toEqual(condition)
})

test('the negation of a leaf is taken into the leaf, which means the same', () => {
  expect(writeGroup(readGroup({ all: [{ not: leaf }, leaf] }))).toEqual({ all: [{ ...leaf, negate: true }, leaf] })
  expect(writeGroup(readGroup({ not: { ...leaf, negate: true } }))).toEqual(leaf)
})

test('no rows are everyone, and a group of one is its row', () => {
  expect(writeGroup(readGroup(undefined))).toBeUndefined()
  expect(writeGroup(readGroup({ all: [] }))).toBeUndefined()
  expect(writeGroup(readGroup({ any: [leaf] }))).toEqual(leaf)
})

test('what is nested too deep is one row that stays as it is', () => {
  const group = readGroup(deep).items[1]
  const inner = group?.kind === 'group' ? group.group.items[1] : undefined
  const innermost = inner?.kind === 'group' ? inner.group.items[1] : undefined
  expect(innermost).toMatchObject({ kind: 'raw', condition: { any: [leaf, { cohort: 'staff' }] } })
})

test('what is unfinished is said in words', () => {
  const blank = writeGroup({ join: 'all', negated: false, items: [newItem('leaf'), newItem('cohort'), newItem('group')] })
  expect(conditionProblems(blank)).toEqual(['Name the attribute that a condition asks for.', 'Choose a cohort.', 'Name the attribute that a condition asks for.'])
  expect(conditionProblems({ attribute: 'plan', op: 'in', values: [] })).toEqual(['Give a value that plan is compared with.'])
  expect(conditionProblems({ all: [leaf, { attribute: 'plan', op: 'exists' }] })).toEqual([])
  expect(conditionProblems(undefined)).toEqual([])
})

test('values survive another operator where it can compare them', () => {
  expect(withOperator(leaf, 'starts_with', true)).toEqual({ attribute: 'country', op: 'starts_with', values: ['DE', 'FR'], negate: true })
  expect(withOperator({ ...leaf, ignoreCase: true, ifMissing: true }, 'gt', false)).toEqual({ attribute: 'country', op: 'gt', values: [], ifMissing: true })
  expect(withOperator(leaf, 'exists', false)).toEqual({ attribute: 'country', op: 'exists' })
  expect(withOperator({ attribute: 'n', op: 'in', values: [3, 'x'] }, 'lt', false)).toEqual({ attribute: 'n', op: 'lt', values: [3] })
})
