import { expect, test } from 'vitest'
import type { Metric } from '../contract/metrics.ts'
import { completeDraft, completeSetup } from '../testing/drafts.ts'
import { buildPlan, type PlanInput } from './build-plan.ts'
import { edits } from './deviations.ts'

function metric(key: string, change: Partial<Metric> = {}): [string, Metric] {
  return [key, { key, name: key, description: '', type: 'conversion', event: key, direction: 'increase', unitLabel: '', windowHours: null, revision: 3, changedAt: '2026-01-01T00:00:00.000Z', changedBy: 'Somebody', ...change }]
}
const metrics = new Map([metric('orders', { direction: 'decrease' }), metric('refunds', { direction: 'decrease' }), metric('revenue', { type: 'mean' })])
const draft = { ...completeDraft(), primaryMetric: 'orders', minimumEffect: 0.02 }
const plan = () => buildPlan({ experiment: 'EXP-1', phase: 1, salt: 's', hypothesis: { key: 'H-1', draft }, setup: completeSetup(), cohort: null, metrics, engineVersion: '1' })

test('a plan holds its metrics by value, each with its part in the decision', () => {
  expect(plan().metrics.map(({ key, role, margin, revision }) => ({ key, role, margin, revision }))).toEqual([
    { key: 'orders', role: 'primary', margin: null, revision: 3 },
    { key: 'refunds', role: 'guardrail', margin: 0.05, revision: 3 },
    { key: 'revenue', role: 'secondary', margin: null, revision: 3 },
  ])
})

test('the hypothesis says in which direction its metric has to move', () => {
  expect(plan().metrics[0]?.direction).toBe('increase')
})

test('what was left open in the set-up is sealed as it will be read', () => {
  expect(plan()).toMatchObject({ tunedUnits: 1000 })
  expect(plan()).not.toHaveProperty('spending')
  const sealed = (change: Partial<PlanInput['setup']>, more: Partial<PlanInput> = {}) => buildPlan({ experiment: 'EXP-1', phase: 1, salt: 's', hypothesis: { key: 'H-1', draft }, setup: { ...completeSetup(), ...change }, cohort: null, metrics, engineVersion: '1', ...more })
  expect(sealed({ mode: 'group_sequential' })).toMatchObject({ spending: 'obf' })
  expect(sealed({ mode: 'always_valid', plannedUnits: null })).toMatchObject({ tunedUnits: 20_000 })
  expect(sealed({ mode: 'always_valid', plannedUnits: null, arms: [{ variant: 'off', weight: 1 }, { variant: 'on', weight: 1 }, { variant: 'more', weight: 1 }] })).toMatchObject({ tunedUnits: 30_000 })
  const bots = [{ property: 'agent', op: 'equals', values: ['probe'] } as const].map((condition) => ({ ...condition, values: [...condition.values] }))
  expect(sealed({ cupedDays: 14, coverageSteps: [{ afterDays: 2, coverage: 1 }] }, { bots })).toMatchObject({ cupedDays: 14, coverageSteps: [{ afterDays: 2, coverage: 1 }], bots })
  expect(sealed({ coverageSteps: [] }, { bots: [] })).not.toHaveProperty('bots')
})

const untouched = { draft, hypothesis: { by: 'Bo', at: '2026-02-01T00:00:00.000Z' }, metrics, cohort: null }

test('an untouched experiment has no edits', () => {
  expect(edits(plan(), untouched)).toEqual([])
})

test('later edits are registered beside what was sealed, with who made the newest', () => {
  const edited = new Map([...metrics, metric('revenue', { type: 'mean', event: 'paid', cap: { value: 100 } })])
  edited.delete('refunds')
  const found = edits(plan(), { ...untouched, draft: { ...draft, minimumEffect: 0.01 }, metrics: edited })
  const { hypothesis } = untouched
  const by = { by: 'Somebody', at: '2026-01-01T00:00:00.000Z' }
  expect(found).toEqual([
    { what: 'hypothesis minimumEffect', registered: '0.02', now: '0.01', ...hypothesis },
    { what: 'metric refunds', registered: 'refunds', now: 'removed' },
    { what: 'metric revenue event', registered: 'revenue', now: 'paid', ...by },
    { what: 'metric revenue cap', registered: 'none', now: '{"value":100}', ...by },
  ])
})
