import type { ExperimentSummary, VerdictKind } from '@assay/server/contract'
import { expect, test } from 'vitest'
import { cardState } from './card-state.ts'
import { running, underWay, written } from './hypothesis.samples.ts'

const now = new Date('2026-05-07T12:00:00.000Z')
const decision = { choice: 'ship' as const, variant: 'on', note: '', learning: 'Fewer steps help.', differsFromVerdict: false, by: 'Ada', at: '2026-05-20T09:00:00.000Z' }
const verdict = (kind: VerdictKind, final: boolean) => ({ kind, final, sentence: '' })

test('a plan without an experiment is a draft and says what it needs', () => {
  const state = cardState({ ...written, missing: [{ field: 'because', message: 'Say why.' }, { field: 'experiment', message: 'Needs exposure.' }] }, undefined, now)
  expect(state.chip.label).toBe('Draft')
  expect(state.foot.text).toBe('Needs a reason and exposure')
})

test('a whole plan with a drafted experiment is ready to start', () => {
  expect(cardState({ ...written, missing: [] }, { ...running, status: 'draft', startedAt: null }, now)).toMatchObject({ chip: { label: 'Ready to start', tone: 'win' } })
})

test('a running experiment counts its days and people', () => {
  expect(cardState(underWay, running, now)).toEqual({ chip: { tone: 'info', mark: 'time', label: 'Day 5 of 14' }, foot: { tone: 'plain', text: '6,200 of 20,000 people' }, progress: 0.31 })
})

test('without planned people the days are the progress', () => {
  expect(cardState(underWay, { ...running, plannedUnits: null, startedAt: '2026-04-30T12:00:00.000Z' }, now)).toMatchObject({ progress: 0.5, foot: { text: '6,200 people' } })
})

test.each<[ExperimentSummary['verdict'], string, string]>([
  [verdict('confirmed', true), 'Confirmed', 'Enough data to decide'],
  [verdict('harmful', true), 'Harmful', 'Worse than control: stop it'],
  [verdict('rejected', true), 'No effect worth having', 'Enough data to decide'],
  [verdict('inconclusive', false), 'Day 5 of 14', '6,200 of 20,000 people'],
  [verdict('invalid', false), 'Do not trust', 'The numbers cannot be trusted: look at its health'],
])('a running experiment whose verdict is %o says so', (said, label, foot) => {
  expect(cardState(underWay, { ...running, verdict: said }, now)).toMatchObject({ chip: { label }, foot: { text: foot } })
})

test('a stopped experiment waits for its decider', () => {
  expect(cardState(underWay, { ...running, status: 'stopped', verdict: verdict('harmful', true) }, now)).toMatchObject({ chip: { label: 'Harmful' }, foot: { tone: 'warn', text: 'Waiting for The checkout team' }, progress: null })
  expect(cardState({ ...underWay, decider: '' }, { ...running, status: 'stopped' }, now)).toMatchObject({ chip: { label: 'Decision due' }, foot: { text: 'Waiting for a decision' } })
})

test.each([['ship', 'Shipped'], ['remove', 'Removed'], ['iterate', 'Tried again']] as const)('the decision to %s is said with what was learned', (choice, label) => {
  expect(cardState(underWay, { ...running, status: 'decided', decision: { ...decision, choice } }, now)).toMatchObject({ chip: { label }, foot: { text: 'Fewer steps help.' } })
})
