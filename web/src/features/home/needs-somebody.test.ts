import { expect, test } from 'vitest'
import type { ChangeSummary, ExperimentSummary, Hypothesis, Task } from '@assay/server/contract'
import { needsSomebody, type Waiting } from './needs-somebody.ts'

const now = new Date('2026-11-25T10:00:00Z')
const needsOf = (waiting: Partial<Waiting>) => needsSomebody({ experiments: [], hypotheses: [], changes: [], tasks: [], ...waiting }, 'Ada', now)

const experiment = (key: string, more: Partial<ExperimentSummary>): ExperimentSummary => ({
  key, title: `Title of ${key}`, hypothesis: 'H-1', level: 2, status: 'running', flag: 'f', environment: 'production', unitType: 'user', assignment: 'internal', arms: [], control: 'control', coverage: 1, mode: 'fixed',
  plannedUnits: null, plannedDays: 14, minDays: 7, alpha: 0.05, power: 0.8, phase: 1, revision: 1, ruleId: null, planHash: null, createdAt: '2026-11-01T00:00:00Z', startedAt: '2026-11-02T00:00:00Z', endedAt: null, stopReason: null, decision: null, people: 0, days: null, verdict: null,
  ...more,
})
const hypothesis = (key: string, more: Partial<Hypothesis>): Hypothesis => ({
  key, title: `Title of ${key}`, change: '', audience: '', cohort: null, because: '', primaryMetric: null, direction: 'increase', minimumEffect: null, guardrails: [], secondaryMetrics: [], wrongIf: '', rollbackPlan: '', maxExposure: null, maxDays: null, decider: '',
  level: 1, revision: 1, createdAt: '2026-11-01T00:00:00Z', createdBy: 'Ada', changedAt: '2026-11-03T00:00:00Z', changedBy: 'Ada', missing: [], experiments: [], ...more,
})
const verdict = (kind: string, final: boolean) => ({ kind, final, sentence: `It is ${kind}.` })

test('the most urgent comes first, and of the same kind what waits longest', () => {
  const needs = needsOf({
    experiments: [
      experiment('EXP-1', { status: 'draft', startedAt: null }),
      experiment('EXP-2', { verdict: verdict('confirmed', true) }),
      experiment('EXP-3', { verdict: verdict('invalid', false) }),
      experiment('EXP-4', { verdict: verdict('harmful', true) }),
      experiment('EXP-5', { status: 'stopped', endedAt: '2026-11-01T12:00:00Z' }),
    ],
    hypotheses: [hypothesis('H-1', { missing: [{ field: 'because', message: 'Say why.' }, { field: 'decider', message: 'Name who decides.' }] }), hypothesis('H-2', {})],
  })
  expect(needs.map(({ kind, key, sentence }) => [kind, key, sentence])).toEqual([
    ['harmful', 'EXP-4', 'It is harmful.'],
    ['distrust', 'EXP-3', 'It is invalid.'],
    ['decide', 'EXP-5', 'It was stopped, and nobody has decided yet.'],
    ['decide', 'EXP-2', 'It is confirmed.'],
    ['start', 'EXP-1', 'A draft: check it and start it.'],
    ['plan', 'H-2', 'Written down whole: plan how to test it.'],
    ['write', 'H-1', 'Say why. And 1 more to fill in.'],
  ])
})

test('what runs well, is decided, or is being tested waits for nobody', () => {
  const done = [experiment('EXP-1', { verdict: verdict('inconclusive', false) }), experiment('EXP-2', {}), experiment('EXP-3', { status: 'decided', verdict: verdict('confirmed', true) })]
  const tested = hypothesis('H-1', { experiments: [{ key: 'EXP-1', status: 'running', flag: 'f', environment: 'production', verdict: null }] })
  expect(needsOf({ experiments: done, hypotheses: [tested] })).toEqual([])
})

test('changes that wait for the one who reads are there, others are not', () => {
  const change = (key: string, status: ChangeSummary['status'], waitsForYou = true): ChangeSummary => ({ key, flag: 'express-pay', flagName: 'Express pay', environment: 'production', status, reason: 'Next step', author: { id: '7', name: 'Mina Kaur' }, createdAt: '2026-11-20T10:00:00Z', changedAt: '2026-11-20T10:00:00Z', schedule: null, approvals: { given: 0, needed: 1 }, waitsForYou })
  const needs = needsOf({ changes: [change('CH-1', 'approved'), change('CH-2', 'open'), change('CH-3', 'conflicted'), change('CH-4', 'open', false)] })
  expect(needs.map(({ kind, key, sentence }) => [kind, key, sentence])).toEqual([
    ['settle', 'CH-3', 'Express pay in production moved on in the same place: choose.'],
    ['review', 'CH-2', 'Mina Kaur proposes to change Express pay in production.'],
    ['apply', 'CH-1', 'Nothing is missing: apply it to Express pay in production.'],
  ])
})

test('of tasks, those of the one who reads wait, those of nobody that are due, and late ones of anybody', () => {
  const task = (key: string, assignee: string, dueAt: string | null): Task => ({ key, kind: 'remove_code', title: 'Take it out', experiment: 'EXP-1', hypothesis: 'H-1', flag: 'f', assignee, dueAt, createdAt: '2026-11-01T00:00:00Z', doneAt: null, doneBy: null, note: '', revision: 1 })
  const needs = needsOf({ tasks: [task('T-1', 'Ada', null), task('T-2', 'Mina', '2026-11-26'), task('T-3', 'Mina', '2026-11-24'), task('T-4', '', '2026-12-01'), task('T-5', '', '2027-01-01')] })
  expect(needs.map(({ kind, key, sentence }) => [kind, key, sentence])).toEqual([
    ['late', 'T-3', 'It was to be done by now. It is with Mina.'],
    ['task', 'T-1', 'It is yours.'],
    ['task', 'T-4', 'Nobody has taken it on yet.'],
  ])
})
