import type { HypothesisDraft } from '@assay/server/contract'
import { hypothesisDraft } from '@assay/server/contract'
import { expect, test } from 'vitest'
import { draftToForm, emptyForm, formToDraft, numberOf, percentToShare } from './draft-form.ts'
import { written } from './hypothesis.samples.ts'

const { key, level, revision, createdAt, createdBy, changedAt, changedBy, missing, experiments, ...draft } = written

test('a plan goes through the form unchanged', () => {
  expect([key, level, revision, createdAt, createdBy, changedAt, changedBy, missing, experiments]).toHaveLength(9)
  expect(formToDraft(draftToForm(draft))).toEqual(draft)
})

test('an open plan goes through the form unchanged', () => {
  const open: HypothesisDraft = { ...draft, primaryMetric: null, minimumEffect: null, guardrails: [{ metric: 'refunds', margin: null }], maxExposure: null, maxDays: null, cohort: 'returning' }
  expect(formToDraft(draftToForm(open))).toEqual(open)
})

test('a forecast is typed in the direction of the change', () => {
  const falling: HypothesisDraft = { ...draft, direction: 'decrease', forecast: { probability: 0.35, lift: -0.04 }, relatedTo: { hypothesis: 'H-2', kind: 'replication' } }
  expect(draftToForm(falling).forecast).toEqual({ probability: 35, lift: 4 })
  expect(formToDraft(draftToForm(falling))).toEqual(falling)
  expect(formToDraft({ ...draftToForm(falling), direction: 'increase' }).forecast).toEqual({ probability: 0.35, lift: 0.04 })
})

test.each([0.07, 0.29, 0.0015, 0.1, 1, 0.333])('a share of %s survives percent and back', (share) => {
  expect(percentToShare(draftToForm({ ...draft, maxExposure: share }).maxExposure)).toBe(share)
})

test('an empty form is an open plan that the contract accepts once it has a title', () => {
  expect(hypothesisDraft.safeParse(formToDraft({ ...emptyForm, title: 'Express pay' })).success).toBe(true)
  expect(hypothesisDraft.safeParse(formToDraft(emptyForm)).success).toBe(false)
})

test('text is trimmed and guardrails without a metric are left out', () => {
  expect(formToDraft({ ...emptyForm, title: '  Express pay ', guardrails: [{ metric: '', margin: 5 }, { metric: 'refunds', margin: '2.5' }] })).toMatchObject({ title: 'Express pay', guardrails: [{ metric: 'refunds', margin: 0.025 }] })
})

test.each([[5, 5], ['5.5', 5.5], ['', null], ['-', null], [Number.NaN, null]] as const)('%s is read as %s', (typed, number) => {
  expect(numberOf(typed)).toBe(number)
})
