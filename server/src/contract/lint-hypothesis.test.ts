import { expect, test } from 'vitest'
import { completeDraft } from '../testing/drafts.ts'
import type { HypothesisDraft } from './hypotheses.ts'
import { lintHypothesis } from './lint-hypothesis.ts'

const metrics = [{ key: 'orders', name: 'Order rate', direction: 'increase' }, { key: 'refunds', name: 'Refund rate', direction: 'decrease' }] as const
const sound: HypothesisDraft = { ...completeDraft(), decider: 'Product owner of checkout, on the Monday after', forecast: { probability: 0.3, lift: 0.03 } }
const codes = (part: Partial<HypothesisDraft>) => lintHypothesis({ ...sound, ...part }, metrics).map(({ field, code }) => `${field}: ${code}`)

test('a plain hypothesis gets no advice', () => {
  expect(lintHypothesis(sound, metrics)).toEqual([])
})

test.each<[string, Partial<HypothesisDraft>]>([
  ['change: several_changes', { change: 'shorten the form and offer express pay' }],
  ['change: several_changes', { change: 'shorten the form; hide the coupon field' }],
  ['change: several_changes', { change: 'a new form:\n- fewer fields\n- bigger buttons' }],
  ['change: outcome_as_change', { change: 'improve the checkout' }],
  ['audience: vague_audience', { audience: 'users' }],
  ['audience: vague_audience', { audience: 'all our customers' }],
  ['because: no_reason', { because: '' }],
  ['because: opinion_reason', { because: 'we feel that it is time' }],
  ['direction: against_direction', { direction: 'decrease', forecast: { probability: 0.3, lift: -0.03 } }],
  ['minimumEffect: unrealistic_effect', { minimumEffect: 0.8 }],
  ['minimumEffect: tiny_effect', { minimumEffect: 0.0005 }],
  ['guardrails: no_guardrail', { guardrails: [] }],
  ['guardrails.0.margin: no_limit', { guardrails: [{ metric: 'refunds', margin: null }] }],
  ['wrongIf: not_falsifiable', { wrongIf: 'people do not like it' }],
  ['decider: vague_decider', { decider: 'the checkout team' }],
  ['decider: no_decision_day', { decider: 'Product owner of checkout' }],
  ['forecast: no_forecast', { forecast: { probability: null, lift: null } }],
  ['forecast: certain_forecast', { forecast: { probability: 1, lift: null } }],
  ['forecast: forecast_below_minimum', { forecast: { probability: 0.8, lift: 0.01 } }],
])('%s', (advice, part) => {
  expect(codes(part)).toEqual([advice])
})

test('a hope without a metric is told at the metric', () => {
  expect(codes({ primaryMetric: null, because: 'the page would look better' })).toEqual(['primaryMetric: unmeasurable_outcome'])
})

test('a cohort says who, whatever the words', () => {
  expect(codes({ audience: 'users', cohort: 'new-players' })).toEqual([])
})

test('an opinion with a count is a reason', () => {
  expect(codes({ because: 'we believe it, as 40% leave here' })).toEqual([])
})

test('a forecast of a fall is held against the effect in its direction', () => {
  expect(codes({ primaryMetric: 'refunds', direction: 'decrease', minimumEffect: 0.1, guardrails: [{ metric: 'orders', margin: 0.1 }], forecast: { probability: 0.7, lift: -0.12 } })).toEqual([])
})

test('advice names the words that it is about', () => {
  expect(lintHypothesis({ ...sound, change: 'shorten the form and offer express pay' }, metrics)[0]?.message).toBe('This may be several changes at once (“and”). Whatever comes out, nobody will know which of them did it: test one at a time.')
})
