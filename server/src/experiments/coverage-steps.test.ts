import { expect, test } from 'vitest'
import { completeDraft, completeSetup } from '../testing/drafts.ts'
import type { Plan } from '../contract/experiments.ts'
import { dueCoverage, pendingSteps } from './coverage-steps.ts'
import { nextPhase } from './next-phase.ts'

const startedAt = new Date('2026-11-01T12:00:00Z')
const after = (days: number) => new Date(startedAt.getTime() + days * 86_400_000)
const phase = (coverage: number, ...moves: { phase: number; what: string }[]) => ({
  plan: { phase: 1, coverageSteps: [{ afterDays: 2, coverage: 0.25 }, { afterDays: 5, coverage: 1 }] }, startedAt, coverage, log: moves.map((move) => ({ ...move, registered: '', now: '' })),
})

test('a step is due at its time, and the newest due one counts', () => {
  expect(dueCoverage(phase(0.05), after(1.99))).toBeNull()
  expect(dueCoverage(phase(0.05), after(2))).toBe(0.25)
  expect(dueCoverage(phase(0.25), after(4))).toBeNull()
  expect(dueCoverage(phase(0.05), after(6))).toBe(1)
  expect(dueCoverage(phase(1), after(9))).toBeNull()
})

test('whoever takes the coverage into their own hands in this phase ends the schedule', () => {
  expect(pendingSteps(phase(0.05, { phase: 1, what: 'coverage' }))).toEqual([])
  expect(pendingSteps(phase(0.05, { phase: 1, what: 'resumed' }))).toEqual([])
  expect(pendingSteps(phase(0.05, { phase: 1, what: 'planned units' }, { phase: 0, what: 'coverage' }))).toHaveLength(2)
})

test('a new phase takes over what stood, with the steps that are ahead at the time they were planned for', () => {
  const before: Plan = { schema: 1, experiment: 'EXP-1', hypothesis: { key: 'H-1', draft: completeDraft() }, ...completeSetup(), ...phase(0.25).plan, salt: 's', cohort: null, metrics: [], guardrails: [], minimumEffect: 0.02, engineVersion: '1' }
  const arms = [{ variant: 'off', weight: 1 }, { variant: 'on', weight: 3 }]
  const next = nextPhase({ before, arms, coverage: 0.25, steps: pendingSteps(phase(0.25)), salt: 's2', startedAt: after(3), engineVersion: '2' })
  expect(next).toEqual({ ...before, phase: 2, arms, coverage: 0.25, coverageSteps: [{ afterDays: 2, coverage: 1 }], salt: 's2', engineVersion: '2' })
  expect(nextPhase({ before, arms, coverage: 1, steps: [], salt: 's2', startedAt: after(9), engineVersion: '2' })).not.toHaveProperty('coverageSteps')
})
