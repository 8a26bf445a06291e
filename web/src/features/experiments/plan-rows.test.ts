import type { Plan } from '@assay/server/contract'
import { expect, test } from 'vitest'
import { samplePlan } from './experiment.samples.ts'
import { planSections } from './plan-rows.ts'

const row = (label: string, plan = samplePlan) => planSections(plan).flatMap((section) => section.rows).find((candidate) => candidate.label === label)?.value

test('a plan is said in words', () => {
  expect(row('Effect worth having')).toBe('+2%')
  expect(row('Variants')).toBe('control 1 : express 1')
  expect(row('Cohort')).toBe('returning, revision 3')
  expect(row('Must not get worse')).toBe('Payment errors (errors, revision 2): share of people with payment-error, until the end, should decrease, limit 5%')
  expect(row('Planned people')).toBe('20,000')
  expect(row('Cohort', { ...samplePlan, cohort: null })).toBe('Everyone')
  expect(row('Cohort, defined as')).toBe('by user: everyone')
  const cohort: Plan['cohort'] = { key: 'c', revision: 1, definition: { unit: 'user', when: { attribute: 'country', op: 'in', values: ['DE', 'FR'] }, included: ['ada'], excluded: ['bob'] } }
  expect(row('Cohort, defined as', { ...samplePlan, cohort })).toBe('by user: country is one of DE, FR, and ada, but not bob')
  expect(row('Planned people', { ...samplePlan, plannedUnits: null })).toBe('not planned')
})

test('no field of the plan is left out', () => {
  const shown = JSON.stringify(planSections(samplePlan))
  const changed = {
    experiment: 'EXP-77', phase: 77, flag: 'flag-77', environment: 'env-77', salt: 'salt-77', unitType: 'unit-77', assignment: 'external', control: 'arm-77', coverage: 0.77, cohort: null, mode: 'always_valid',
    alpha: 0.077, power: 0.77, minimumEffect: 0.077, plannedUnits: 77, plannedDays: 77, minDays: 77, engineVersion: '7.7.7', arms: [{ variant: 'x', weight: 77 }], metrics: samplePlan.metrics.slice(1), guardrails: [], cupedDays: 7, spending: 'quadratic', tunedUnits: 777, coverageSteps: [{ afterDays: 7, coverage: 0.77 }], bots: [{ property: 'agent', op: 'equals', values: ['probe-77'] }],
  } as const
  for (const [field, value] of Object.entries(changed)) expect(JSON.stringify(planSections({ ...samplePlan, [field]: value })), field).not.toBe(shown)
  const draft = {
    title: 'x', change: 'x', audience: 'x', cohort: 'x', because: 'x', primaryMetric: 'x', direction: 'decrease', minimumEffect: 0.5, guardrails: [], secondaryMetrics: [], wrongIf: 'x', rollbackPlan: 'x',
    maxExposure: 0.01, maxDays: 1, decider: 'x',
  } as const
  expect(Object.keys(draft).sort()).toEqual(Object.keys(samplePlan.hypothesis.draft).sort())
  for (const [field, value] of Object.entries(draft)) {
    expect(JSON.stringify(planSections({ ...samplePlan, hypothesis: { key: 'H-1', draft: { ...samplePlan.hypothesis.draft, [field]: value } } })), field).not.toBe(shown)
  }
})
