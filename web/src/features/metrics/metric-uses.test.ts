import type { Hypothesis } from '@assay/server/contract'
import { expect, test } from 'vitest'
import { metricUses } from './metric-uses.ts'

const open: Hypothesis = {
  key: 'H-1', title: 'Express pay', change: '', audience: '', cohort: null, because: '', primaryMetric: null, direction: 'increase', minimumEffect: null, guardrails: [], secondaryMetrics: [],
  wrongIf: '', rollbackPlan: '', maxExposure: null, maxDays: null, decider: '', level: 1, revision: 1, createdAt: '2026-01-01T00:00:00.000Z', createdBy: 'Ada', changedAt: '2026-01-01T00:00:00.000Z', changedBy: 'Ada', missing: [], experiments: [],
}

test('a metric is counted for what each hypothesis asks of it', () => {
  const uses = metricUses([
    { ...open, primaryMetric: 'orders', guardrails: [{ metric: 'refunds', margin: 0.05 }], secondaryMetrics: ['revenue'] },
    { ...open, key: 'H-2', primaryMetric: 'revenue', guardrails: [{ metric: 'refunds', margin: null }] },
  ])
  expect(uses.get('orders')).toEqual({ decides: ['H-1'], guards: [], explains: [] })
  expect(uses.get('refunds')).toEqual({ decides: [], guards: ['H-1', 'H-2'], explains: [] })
  expect(uses.get('revenue')).toEqual({ decides: ['H-2'], guards: [], explains: ['H-1'] })
  expect(uses.get('latency')).toBeUndefined()
})
