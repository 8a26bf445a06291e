import { expect, test } from 'vitest'
import { completeDraft } from '../testing/drafts.ts'
import { missingFromDraft } from './missing.ts'

test('a complete draft misses nothing', () => {
  expect(missingFromDraft(completeDraft())).toEqual([])
})

test.each([
  ['change', { change: '' }],
  ['audience', { audience: '', cohort: null }],
  ['because', { because: '' }],
  ['primaryMetric', { primaryMetric: null }],
  ['minimumEffect', { minimumEffect: null }],
  ['wrongIf', { wrongIf: '' }],
  ['rollbackPlan', { rollbackPlan: '' }],
  ['maxExposure', { maxExposure: null }],
  ['maxDays', { maxDays: null }],
  ['decider', { decider: '' }],
] as const)('an open %s is named', (field, change) => {
  expect(missingFromDraft({ ...completeDraft(), ...change }).map((item) => item.field)).toEqual([field])
})

test('a cohort stands for the audience', () => {
  expect(missingFromDraft({ ...completeDraft(), audience: '', cohort: 'new-players' })).toEqual([])
})

test('the deciding metric cannot veto itself', () => {
  const draft = { ...completeDraft(), guardrails: [{ metric: 'orders', margin: 0.02 }] }
  expect(missingFromDraft(draft)).toEqual([{ field: 'guardrails', message: 'The metric that decides cannot also be a guardrail.' }])
})
