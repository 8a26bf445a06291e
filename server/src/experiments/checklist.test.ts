import { expect, test } from 'vitest'
import { completeDraft, completeSetup } from '../testing/drafts.ts'
import { checklist, type ChecklistFacts } from './checklist.ts'

const targeting = { enabled: true, offVariant: 'off', prerequisites: [], rules: [], fallthrough: { variant: 'off' } }
const facts = (change: Partial<ChecklistFacts> = {}): ChecklistFacts => ({ draft: completeDraft(), setup: completeSetup(), targeting, place: { index: 0, blockedBy: null }, overlapping: [], connectedSdks: 3, ...change })
const states = (given: ChecklistFacts) => Object.fromEntries(checklist(given).map((item) => [item.id, item.state]))

test('a complete plan has nothing in its way', () => {
  expect(Object.values(states(facts())).every((state) => state === 'ok')).toBe(true)
})

test.each([
  ['hypothesis', facts({ draft: { ...completeDraft(), because: '' } })],
  ['exposure', facts({ draft: { ...completeDraft(), maxExposure: 0.4 } })],
  ['overlap', facts({ overlapping: ['EXP-7'] })],
  ['duration', facts({ setup: { ...completeSetup(), plannedDays: 31 } })],
  ['reach', facts({ targeting: { ...targeting, rules: [{ id: 'r', name: 'Everyone', serve: { variant: 'off' } }] }, place: { index: 1, blockedBy: 0 } })],
])('%s blocks the start', (id, given) => {
  expect(states(given)[id]).toBe('blocker')
})

test('a flag that is off, a silent service and a guardrail without limit are warnings with evidence', () => {
  const given = facts({ targeting: { ...targeting, enabled: false }, connectedSdks: 0, draft: { ...completeDraft(), guardrails: [{ metric: 'refunds', margin: null }] } })
  expect(states(given)).toMatchObject({ 'flag-on': 'warning', sdk: 'warning', guardrails: 'warning' })
  expect(checklist(given).find((item) => item.id === 'flag-on')?.evidence).toBe('express-pay is off in production: nobody meets the change until it is turned on.')
})

test('a rule that decides for everybody is named, and so is one that an earlier experiment left behind this one', () => {
  const evidence = (given: Partial<ChecklistFacts>) => checklist(facts(given)).find((item) => item.id === 'reach')?.evidence
  const withRule = { ...targeting, rules: [{ id: 'r', name: 'Everyone', serve: { variant: 'off' } }] }
  expect(evidence({ targeting: withRule, place: { index: 1, blockedBy: 0 } })).toBe('Rule 1 of express-pay in production (Everyone) decides for everybody before the experiment could: remove it, or give it a condition.')
  expect(evidence({ targeting: withRule, place: { index: 0, blockedBy: null } })).toBe('No rule of express-pay decides for everybody before it. Rule 1 (Everyone), which an earlier experiment left, goes on serving whom it does not admit.')
})

test('an outside assignment is asked neither for a flag that is on nor for an SDK', () => {
  expect(states(facts({ setup: { ...completeSetup(), assignment: 'external' } }))).not.toHaveProperty('sdk')
})

test('exposure takes in whom the experiment does not admit', () => {
  const item = (served: string, maxExposure: number | null) => checklist(facts({ draft: { ...completeDraft(), maxExposure }, setup: { ...completeSetup(), coverage: 0.2 }, targeting: { ...targeting, fallthrough: { variant: served } } })).find(({ id }) => id === 'exposure')
  expect(item('off', 0.15)).toMatchObject({ state: 'ok', evidence: '10% of the audience would meet the change; the limit is 15%.' })
  expect(item('on', 0.15)).toMatchObject({
    state: 'blocker',
    evidence: '90% of the audience would meet the change: 10% by the experiment, and up to 80% whom it does not admit, because the flag may serve them something else than off; the limit is 15%.',
  })
  expect(item('on', null)?.state).toBe('ok')
})
