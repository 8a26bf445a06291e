import { expect, test } from 'vitest'
import type { Metric } from '../contract/metrics.ts'
import { completeDraft, completeSetup } from '../testing/drafts.ts'
import { buildPlan } from './build-plan.ts'
import { deviations } from './deviations.ts'

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

test('an untouched experiment has no deviations', () => {
  expect(deviations(plan(), { draft, metrics, cohortRevision: null })).toEqual([])
})

test('later edits are registered beside what was sealed', () => {
  const edited = new Map([...metrics, metric('revenue', { type: 'mean', event: 'paid' })])
  edited.delete('refunds')
  const found = deviations(plan(), { draft: { ...draft, minimumEffect: 0.01 }, metrics: edited, cohortRevision: null })
  expect(found).toContainEqual({ what: 'hypothesis minimumEffect', registered: '0.02', now: '0.01' })
  expect(found).toContainEqual({ what: 'metric revenue event', registered: 'revenue', now: 'paid' })
  expect(found).toContainEqual({ what: 'metric refunds event', registered: 'refunds', now: 'removed' })
})
