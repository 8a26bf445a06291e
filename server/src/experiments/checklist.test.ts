import { expect, test } from 'vitest'
import { completeDraft, completeSetup } from '../testing/drafts.ts'
import { checklist, type ChecklistFacts } from './checklist.ts'

const targeting = { enabled: true, offVariant: 'off', prerequisites: [], rules: [], fallthrough: { variant: 'off' } }
const facts = (change: Partial<ChecklistFacts> = {}): ChecklistFacts => ({ draft: completeDraft(), setup: completeSetup(), targeting, place: { index: 0, blockedBy: null }, overlapping: [], layer: null, connectedSdks: 3, ...change })
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

test('its part of a layer is there, divides by the same unit and has nobody else in it', () => {
  const part = { flag: 'countdown', environment: 'production', rule: 'r', experiment: null, from: 0, to: 40_000 }
  const item = (layer: ChecklistFacts['layer'], from = 40_000, to = 60_000, more: Partial<ChecklistFacts['setup']> = {}) => checklist(facts({ layer, setup: { ...completeSetup(), layer: { key: 'checkout', from, to }, ...more } })).find(({ id }) => id === 'layer')
  expect(item({ unit: 'user', taken: [part, { ...part, environment: 'staging', to: 100_000 }] })).toEqual({ id: 'layer', label: 'Its part of the layer checkout is free', state: 'ok', evidence: 'Nobody else has any of 40% to 60% in production.' })
  expect(item(null)).toMatchObject({ state: 'blocker', evidence: 'There is no layer checkout: create it, or choose another layer or none.' })
  expect(item({ unit: 'company', taken: [] })).toMatchObject({ state: 'blocker', evidence: 'The layer checkout divides by company, and the experiment by user: choose a layer that divides by user, or none.' })
  expect(item({ unit: 'user', taken: [part, { ...part, experiment: 'EXP-7', from: 59_500, to: 80_000 }] }, 39_999)).toMatchObject({
    state: 'blocker',
    evidence: 'It asks for 39.999% to 60% of the layer checkout, of which the flag countdown has 0% to 40% and EXP-7 has 59.5% to 80% in production: choose a part that is free, or end what has it.',
  })
  expect(states(facts())).not.toHaveProperty('layer')
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
