import { experimentSetup, hypothesisDraft, setupOf, draftOf } from '@assay/server/contract'
import { expect, test } from 'vitest'
import { setupFieldNames, setupWords } from '../../ui/plan/setup-words.ts'
import { running, written } from './hypothesis.samples.ts'
import { draftFields, draftWords } from './plan-fields.ts'

const names = { metric: (key: string) => key, cohort: (key: string) => key }

test('every field of the contract has a label and words', () => {
  expect([...draftFields].toSorted()).toEqual(Object.keys(hypothesisDraft.shape).toSorted())
  expect([...setupFieldNames].toSorted()).toEqual(Object.keys(experimentSetup.shape).toSorted())
  for (const field of draftFields) expect(draftWords[field].show(draftOf(written), names)).not.toBe('')
  for (const field of setupFieldNames) expect(setupWords(setupOf(running), field)).not.toBe('')
})

test('what is left open says so', () => {
  const open = { ...draftOf(written), because: '', primaryMetric: null, maxDays: null, cohort: null, guardrails: [] }
  expect((['because', 'primaryMetric', 'maxDays', 'cohort', 'guardrails'] as const).map((field) => draftWords[field].show(open, names))).toEqual(['open', 'open', 'open', 'everybody', 'none'])
})

test('only what is edited is taken from a hypothesis and an experiment', () => {
  expect(hypothesisDraft.safeParse(draftOf(written)).success).toBe(true)
  expect(experimentSetup.safeParse(setupOf(running)).success).toBe(true)
})
