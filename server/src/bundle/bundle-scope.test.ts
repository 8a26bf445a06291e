import { expect, test } from 'vitest'
import type { Analysis } from '../contract/analysis.ts'
import type { Plan, PlanMetric } from '../contract/experiments.ts'
import { beyondBundle, withoutNovelty } from './bundle-scope.ts'

const metric = (more: Partial<PlanMetric>): PlanMetric => ({ key: 'spent', revision: 1, name: 'Spent', role: 'primary', type: 'sum', event: 'order', direction: 'increase', unitLabel: '', windowHours: null, margin: null, ...more })
const plan = (more: Partial<PlanMetric>, rest: Partial<Plan> = {}) => ({ metrics: [metric(more)], ...rest })

test.each([
  [plan({}), []],
  [plan({ type: 'conversion', windowHours: 24 }, { cupedDays: null, bots: [] }), []],
  [plan({ type: 'ratio' }), ['Spent is a ratio']],
  [plan({ cap: { value: 5 }, filter: [] }), ['Spent has conditions on properties and a cap']],
  [plan({ property: 'amount' }, { cupedDays: 14, bots: [{ property: 'agent', op: 'exists', values: [] }] }), ['Spent has a property as its value', 'its estimates are adjusted by what people did before', 'it leaves out bots']],
])('what is beyond a bundle is named', (of, beyond) => {
  expect(beyondBundle(of)).toEqual(beyond)
})

test('of the findings only those about days since exposure are left out', () => {
  const analysis = { findings: [{ code: 'novelty', evidence: '' }, { code: 'large_effect', evidence: 'a' }, { code: 'novelty_unknown', evidence: '' }] } as unknown as Analysis
  expect(withoutNovelty(analysis).findings).toEqual([{ code: 'large_effect', evidence: 'a' }])
})
