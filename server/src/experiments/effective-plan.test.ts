import { expect, test } from 'vitest'
import { completeDraft, completeSetup } from '../testing/drafts.ts'
import type { Plan } from '../contract/experiments.ts'
import { effectivePlan } from './effective-plan.ts'
import { extensionOf } from './extension.ts'

const plan: Plan = { schema: 1, experiment: 'EXP-1', phase: 2, hypothesis: { key: 'H-1', draft: completeDraft() }, ...completeSetup(), mode: 'group_sequential', plannedDays: 14, salt: 's', cohort: null, metrics: [], guardrails: [], minimumEffect: 0.02, engineVersion: '1' }
const logged = (what: string, now: string, phase = 2) => ({ phase, what, registered: '', now })

test('without extensions the sealed plan is what is read', () => {
  expect(effectivePlan(plan, [])).toBe(plan)
  expect(effectivePlan(plan, [logged('coverage', '50%'), logged('arms', 'off 1 : on 3'), logged('planned units', '5000', 1)])).toBe(plan)
})

test('an extension is read by the always-valid rule, tuned as it was sealed and not to what was planned later', () => {
  expect(effectivePlan(plan, [logged('planned units', '3000'), logged('planned units', '5000')])).toEqual({ ...plan, mode: 'always_valid', plannedUnits: 5000, tunedUnits: 1000 })
  expect(effectivePlan({ ...plan, tunedUnits: 800 }, [logged('planned days', '28')])).toEqual({ ...plan, mode: 'always_valid', plannedDays: 28, tunedUnits: 800 })
})

test('an extension says in what it deviates, the rule included where that changes', () => {
  expect(extensionOf(plan, { plannedUnits: 2000, plannedDays: undefined, maxDays: 30 })).toEqual({
    deviations: [{ what: 'planned units', registered: '1000', now: '2000' }, { what: 'mode', registered: 'group_sequential', now: 'always_valid' }],
    issues: [],
  })
  expect(extensionOf({ ...plan, mode: 'always_valid' }, { plannedUnits: undefined, plannedDays: 21, maxDays: null }).deviations).toEqual([{ what: 'planned days', registered: '14', now: '21' }])
})

test.each([
  ['nothing', {}, ''],
  ['fewer people', { plannedUnits: 1000 }, 'plannedUnits'],
  ['fewer days', { plannedDays: 10 }, 'plannedDays'],
  ['longer than the hypothesis allows', { plannedDays: 31 }, 'plannedDays'],
])('%s is no extension', (_, { plannedUnits, plannedDays }: { plannedUnits?: number; plannedDays?: number }, path) => {
  expect(extensionOf(plan, { plannedUnits, plannedDays, maxDays: 30 }).issues.map((issue) => issue.path)).toEqual([path])
})

test('what was never planned cannot be extended', () => {
  expect(extensionOf({ ...plan, plannedDays: null }, { plannedUnits: undefined, plannedDays: 21, maxDays: null }).issues[0]?.message).toBe('The plan names no days: there is nothing to extend.')
})
