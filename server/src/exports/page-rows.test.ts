import { expect, test } from 'vitest'
import type { ExperimentDetail, Plan } from '../contract/experiments.ts'
import type { Metric } from '../contract/metrics.ts'
import { buildPlan } from '../experiments/build-plan.ts'
import { completeDraft, completeSetup } from '../testing/drafts.ts'
import { pageRows } from './page-rows.ts'

/** No two numbers are the same, so that each is found in its own row only. */
const setup = { ...completeSetup(), arms: [{ variant: 'off', weight: 3 }, { variant: 'on', weight: 7 }], coverage: 0.61, plannedUnits: 12_345, plannedDays: 29, minDays: 11, alpha: 0.04, power: 0.87 }
const draft = { ...completeDraft(), primaryMetric: 'orders', minimumEffect: 0.023, guardrails: [{ metric: 'refunds', margin: 0.053 }], maxExposure: 0.71, maxDays: 31, cohort: 'returning' }
const metric = (key: string, revision: number, windowHours: number | null): [string, Metric] => [key, { key, name: key, description: '', type: 'mean', event: `${key}-event`, direction: 'increase', unitLabel: 'EUR', windowHours, revision, changedAt: '', changedBy: '' }]
const plan: Plan = buildPlan({
  experiment: 'EXP-1', phase: 2, salt: 'EXP-1.2.9f', hypothesis: { key: 'H-1', draft }, setup,
  cohort: { key: 'returning', revision: 17, definition: { unit: 'user', when: null, included: [], excluded: [] } },
  metrics: new Map([metric('orders', 13, 168), metric('refunds', 19, 24), metric('revenue', 23, null)]), engineVersion: '1',
})
const experiment: Omit<ExperimentDetail, 'checklist' | 'sealing'> = {
  key: 'EXP-1', title: draft.title, hypothesis: 'H-1', level: 2, status: 'running', ...setup, phase: 2, revision: 4, ruleId: 'r', planHash: 'h', createdAt: '', startedAt: '', endedAt: null, stopReason: null, decision: null,
  people: 0, days: null, verdict: null, plan, analysis: null, deviations: [],
}

function leavesOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [value]
}

test('every number and text of the sealed plan has a row', () => {
  const { cohort, schema, engineVersion, ...sealed } = plan
  const cells = new Set(pageRows(experiment).flatMap((row) => [row.metric, row.arm, row.value]))
  const wanted = leavesOf(sealed).filter((leaf) => leaf !== null)
  expect(wanted.filter((leaf) => !cells.has(leaf as string | number))).toEqual([])
  expect(cells.has(cohort?.key ?? '') && cells.has(cohort?.revision ?? 0)).toBe(true)
  expect([schema, engineVersion]).toEqual([1, '1'])
})

test('a row of the plan says what it is about', () => {
  const rows = pageRows(experiment).filter(({ section }) => section === 'plan')
  expect(rows).toContainEqual({ section: 'plan', metric: 'orders', arm: null, day: null, name: 'windowHours', value: 168 })
  expect(rows).toContainEqual({ section: 'plan', metric: 'refunds', arm: null, day: null, name: 'revision', value: 19 })
  expect(rows).toContainEqual({ section: 'plan', metric: null, arm: 'on', day: null, name: 'weight', value: 7 })
  expect(rows).toContainEqual({ section: 'plan', metric: null, arm: null, day: null, name: 'maxExposure', value: 0.71 })
  expect(rows).toContainEqual({ section: 'plan', metric: null, arm: null, day: null, name: 'cohortRevision', value: 17 })
})

test('an experiment without a sealed plan has no rows of it', () => {
  expect(pageRows({ ...experiment, plan: null }).some(({ section }) => section === 'plan')).toBe(false)
})
