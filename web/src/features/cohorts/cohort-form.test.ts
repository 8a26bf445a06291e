import { expect, test } from 'vitest'
import { cohortProblems, cohortToForm, emptyCohort, formToCohort, type CohortDefinition } from './cohort-form.ts'

const eea: CohortDefinition = { name: 'Shoppers in the EEA', description: '', unit: 'user', when: { attribute: 'country', op: 'in', values: ['DE', 'FR'] }, included: ['customer-1'], excluded: ['customer-2', 'customer-3'] }

test('a cohort goes through the form unchanged', () => {
  expect(formToCohort(cohortToForm(eea))).toEqual(eea)
  expect(formToCohort(cohortToForm({ ...eea, when: null, included: [] }))).toEqual({ ...eea, when: null, included: [] })
})

test('what stands in the way of saving is said', () => {
  expect(cohortProblems(emptyCohort('user'))).toEqual(['Give it a name.'])
  expect(cohortProblems({ ...cohortToForm(eea), when: { attribute: '', op: 'in', values: [] } })).toHaveLength(1)
  expect(cohortProblems({ ...cohortToForm(eea), included: 'x'.repeat(501) })).toHaveLength(1)
  expect(cohortProblems(cohortToForm(eea))).toEqual([])
})
