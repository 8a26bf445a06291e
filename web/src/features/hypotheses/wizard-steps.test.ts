import { hypothesisDraft } from '@assay/server/contract'
import { expect, test } from 'vitest'
import { stepAfter, stepFor, stepOf, steps } from './wizard-steps.ts'

test('every field of the contract is asked in one step', () => {
  const asked = steps.flatMap((step) => [...step.fields])
  expect(new Set(asked).size).toBe(asked.length)
  expect(asked.filter((field) => field !== 'experiment').toSorted()).toEqual(Object.keys(hypothesisDraft.shape).toSorted())
})

test('a field leads to the step that asks for it', () => {
  expect(stepFor('experiment')).toBe('expose')
  expect(stepFor('guardrails.0.metric')).toBe('measure')
  expect(stepFor('unheard-of')).toBe('believe')
})

test('steps follow each other, and an address that names none starts', () => {
  expect(stepAfter('believe')).toBe('measure')
  expect(stepAfter('review')).toBe('review')
  expect(stepOf('decide')).toBe('decide')
  expect(stepOf('nonsense')).toBe('believe')
})
