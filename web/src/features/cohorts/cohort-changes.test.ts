import { expect, test } from 'vitest'
import { cohortChanges, movesPeople } from './cohort-changes.ts'
import type { CohortDefinition } from './cohort-form.ts'

const eea: CohortDefinition = { name: 'EEA', description: '', unit: 'user', when: { attribute: 'country', op: 'in', values: ['DE'] }, included: ['a', 'b'], excluded: [] }
const changes = (part: Partial<CohortDefinition>) => cohortChanges(eea, { ...eea, ...part }, (key) => key)

test('an edit is told field by field', () => {
  expect(changes({ when: { attribute: 'country', op: 'in', values: ['DE', 'FR'] } })).toEqual([{ field: 'when', label: 'Condition', before: 'country is DE', after: 'country is one of DE, FR' }])
  expect(changes({ when: null })[0]).toMatchObject({ after: 'none' })
  expect(changes({})).toEqual([])
})

test('lists say who comes and goes', () => {
  expect(changes({ included: ['b', 'c', 'd'] })).toEqual([{ field: 'included', label: 'Always in', before: '2 units listed', after: '3 units listed (2 added, 1 removed)' }])
  expect(changes({ excluded: ['x'] })[0]).toMatchObject({ before: 'nobody listed', after: '1 unit listed (1 added)' })
})

test('a new name moves nobody', () => {
  expect(movesPeople(changes({ name: 'Europe', description: 'new' }))).toBe(false)
  expect(movesPeople(changes({ excluded: ['a'] }))).toBe(true)
})
