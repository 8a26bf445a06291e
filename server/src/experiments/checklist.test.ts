import { expect, test } from 'vitest'
import { completeDraft, completeSetup } from '../testing/drafts.ts'
import { checklist, type ChecklistFacts } from './checklist.ts'

const targeting = { enabled: true, offVariant: 'off', prerequisites: [], rules: [], fallthrough: { variant: 'off' } }
const history: ChecklistFacts['history'] = [
  { key: 'orders', name: 'Orders', type: 'conversion', windowHours: null, level: 0.5, sd: null, counted: 40_000 },
  { key: 'refunds', name: 'Refunds', type: 'conversion', windowHours: null, level: 0.2, sd: null, counted: 40_000 },
]
const setup = { ...completeSetup(), plannedUnits: 200_000 }
const facts = (change: Partial<ChecklistFacts> = {}): ChecklistFacts => ({
  draft: completeDraft(), setup, targeting, place: { index: 0, blockedBy: null }, production: true, overlapping: [], sameMetric: [], layer: null, asking: { sdks: 3, evaluatedAt: null },
  below: [{ environment: 'staging', evaluated: [{ variant: 'on', at: new Date('2026-11-20T10:00:00Z') }] }], history, traffic: { distinctByDay: [80_000, 140_000, 190_000, 230_000] }, ...change,
})
const find = (id: string, change: Partial<ChecklistFacts>) => checklist(facts(change)).find((item) => item.id === id)
const states = (given: ChecklistFacts) => Object.fromEntries(checklist(given).map((item) => [item.id, item.state]))

test('a complete plan has nothing in its way', () => {
  expect(Object.values(states(facts())).every((state) => state === 'ok')).toBe(true)
})

test.each([
  ['hypothesis', facts({ draft: { ...completeDraft(), because: '' } })],
  ['exposure', facts({ draft: { ...completeDraft(), maxExposure: 0.4 } })],
  ['overlap', facts({ overlapping: ['EXP-7'] })],
  ['duration', facts({ setup: { ...completeSetup(), plannedDays: 31 } })],
  ['guardrails', facts({ draft: { ...completeDraft(), guardrails: [{ metric: 'refunds', margin: null }] } })],
  ['sdk', facts({ asking: { sdks: 0, evaluatedAt: null } })],
  ['exposure', facts({ setup: { ...setup, coverage: 0.5, coverageSteps: [{ afterDays: 3, coverage: 1 }] }, draft: { ...completeDraft(), maxExposure: 0.3 } })],
  ['reach', facts({ targeting: { ...targeting, rules: [{ id: 'r', name: 'Everyone', serve: { variant: 'off' } }] }, place: { index: 1, blockedBy: 0 } })],
])('%s blocks the start', (id, given) => {
  expect(states(given)[id]).toBe('blocker')
})

test('every item that does not hold says what puts it right', () => {
  const given = facts({ draft: { ...completeDraft(), because: '', guardrails: [{ metric: 'refunds', margin: null }] }, history: null, traffic: null, below: null, asking: { sdks: 0, evaluatedAt: null }, targeting: { ...targeting, enabled: false } })
  expect(checklist(given).filter((item) => item.state !== 'ok' && item.fix === undefined)).toEqual([])
  expect(checklist(facts()).filter((item) => item.fix !== undefined)).toEqual([])
})

test('a flag that is off is a warning with evidence', () => {
  expect(find('flag-on', { targeting: { ...targeting, enabled: false } })).toMatchObject({ state: 'warning', evidence: 'express-pay is off in production: nobody meets the change until it is turned on.' })
})

test('where nothing is production, a silent service is a warning; an evaluation by whatever protocol is a service that asks', () => {
  expect(find('sdk', { asking: { sdks: 0, evaluatedAt: null }, production: false })).toMatchObject({ state: 'warning', evidence: 'No SDK was heard from in production in the last hour, and no flag was evaluated.' })
  expect(find('sdk', { asking: { sdks: 0, evaluatedAt: new Date() } })?.state).toBe('ok')
})

test('what nobody was served before production is a warning, control is not asked for', () => {
  expect(find('seen-below', {})).toMatchObject({ state: 'ok', evidence: 'on was served in staging in the last two weeks.' })
  expect(find('seen-below', { below: [{ environment: 'staging', evaluated: [{ variant: 'off', at: new Date() }] }] })).toMatchObject({ state: 'warning', evidence: 'Nobody was served on in staging in the last two weeks.' })
  expect(find('seen-below', { below: [] })?.state).toBe('ok')
})

test('another experiment that decides by the same metric is a warning, unless a layer keeps their people apart', () => {
  expect(find('same-metric', { sameMetric: [{ key: 'EXP-7', layer: null }] })).toMatchObject({ state: 'warning', evidence: 'EXP-7 decides by orders in production too, with the same people.' })
  const layered = { ...setup, layer: { key: 'checkout', from: 0, to: 50_000 } }
  expect(find('same-metric', { setup: layered, sameMetric: [{ key: 'EXP-7', layer: 'checkout' }] })?.state).toBe('ok')
  expect(find('same-metric', { setup: layered, sameMetric: [{ key: 'EXP-7', layer: 'basket' }] })?.state).toBe('warning')
})

test('the people that are planned are held against what the metric was lately, for it and its guardrails together', () => {
  expect(find('power', {})?.evidence).toBe('Orders was 50% for 40,000 people in the last two weeks. To see a change of 2% takes 105,054 people. Each of the 2 metrics is sized for 90%, so that all pass together in 80%. 200,000 are planned.')
  expect(find('power', { setup: { ...setup, plannedUnits: 20_000 } })).toMatchObject({ state: 'warning', fix: 'Plan for 105,054 people, or for a larger effect.' })
  expect(find('power', { history: [] })).toMatchObject({ state: 'warning', evidence: 'orders was not measured in the last two weeks here: how many people it takes is not known.' })
  expect(find('power', { history: null })?.evidence).toContain('does not answer')
})

test('how long it takes comes from the distinct people that were seen', () => {
  expect(find('traffic', {})).toMatchObject({ state: 'ok', evidence: '230,000 people were seen here in 4 days, of any cohort: 200,000 take about 7 days at 100%.' })
  expect(find('traffic', { setup: { ...setup, coverage: 0.1 } })).toMatchObject({ state: 'warning', fix: 'Admit more, plan for a larger effect, or give it more days.' })
  expect(find('traffic', { traffic: { distinctByDay: [] } })?.evidence).toContain('Nobody was seen here')
})

test('a limit that so many people cannot show to hold is a warning', () => {
  expect(find('margins', {})?.state).toBe('ok')
  expect(find('margins', { setup: { ...setup, plannedUnits: 2_000 } })).toMatchObject({ state: 'warning', fix: 'Plan for more people, or allow more.' })
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
