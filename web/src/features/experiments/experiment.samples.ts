import type { Analysis, ComparisonResult, ExperimentDetail, ExperimentSetup, MetricResult, Plan, Verdict } from '@assay/server/contract'

/** Documents as the server sends them, for tests. */
export const sampleSetup: ExperimentSetup = {
  flag: 'checkout.express-pay', environment: 'production', unitType: 'user', assignment: 'internal',
  arms: [{ variant: 'control', weight: 1 }, { variant: 'express', weight: 1 }], control: 'control', coverage: 1,
  mode: 'fixed', plannedUnits: 20_000, plannedDays: 14, minDays: 7, alpha: 0.05, power: 0.8,
}

const draft: Plan['hypothesis']['draft'] = {
  title: 'Express pay at checkout', change: 'express pay', audience: 'returning shoppers', cohort: 'returning', because: 'most leave at the address form.', primaryMetric: 'completion',
  direction: 'increase', minimumEffect: 0.02, guardrails: [{ metric: 'errors', margin: 0.05 }], secondaryMetrics: ['revenue'], wrongIf: 'the whole interval is below +2%', rollbackPlan: 'turn it off',
  maxExposure: 0.5, maxDays: 21, decider: 'Rafael Souza',
}

export const samplePlan: Plan = {
  schema: 1, experiment: 'EXP-1', phase: 1, hypothesis: { key: 'H-1', draft }, ...sampleSetup, salt: 'EXP-1.1.9f', cohort: { key: 'returning', revision: 3, definition: { unit: 'user', when: null, included: [], excluded: [] } },
  metrics: [
    { key: 'completion', revision: 1, name: 'Checkout completion', role: 'primary', type: 'conversion', event: 'order', direction: 'increase', unitLabel: '', windowHours: 168, margin: null },
    { key: 'errors', revision: 2, name: 'Payment errors', role: 'guardrail', type: 'conversion', event: 'payment-error', direction: 'decrease', unitLabel: '', windowHours: null, margin: 0.05 },
    { key: 'revenue', revision: 1, name: 'Revenue per visitor', role: 'secondary', type: 'mean', event: 'order', direction: 'increase', unitLabel: 'EUR', windowHours: null, margin: null },
  ],
  guardrails: [{ metric: 'errors', margin: 0.05 }], minimumEffect: 0.02, engineVersion: '1.0.0',
}

export function comparison(change: Partial<ComparisonResult> = {}): ComparisonResult {
  return {
    arm: 'express', status: 'ok', flags: [], diff: 0.022, se: 0.0053, t: 4.15, df: 19_990, p: 0.000034, ciLower: 0.0116, ciUpper: 0.0324,
    lift: 0.036, liftLower: 0.019, liftUpper: 0.053, chanceBetter: 0.9999, ...change,
  }
}

export function metric(change: Partial<MetricResult> = {}): MetricResult {
  return {
    key: 'completion', name: 'Checkout completion', role: 'primary', type: 'conversion', direction: 'increase', unitLabel: '', margin: null,
    arms: [{ arm: 'control', n: 10_010, mean: 0.612, variance: 0.2375 }, { arm: 'express', n: 9_990, mean: 0.634, variance: 0.2321 }],
    comparisons: [comparison()], readings: [{ arm: 'express', reading: 'better' }], ...change,
  }
}

export function verdict(change: Partial<Verdict> = {}): Verdict {
  return {
    kind: 'confirmed', final: true, reasons: [{ code: 'primary_improved', arm: 'express' }], warnings: [],
    sentence: 'Confirmed: express improved Checkout completion: it went from 61.2% to 63.4%.',
    arms: [{ arm: 'express', kind: 'confirmed', final: true, reasons: [{ code: 'primary_improved', arm: 'express' }] }],
    checks: [
      { label: 'The arms filled in the planned ratio', holds: true, evidence: 'Chi-square p = 0.888.' },
      { label: 'It ran for at least 7 days', holds: true, evidence: '14 days.' },
      { label: 'Checkout completion changes by +2% or better', holds: null, evidence: 'A change of +3.6%, interval +1.9% to +5.3%.' },
    ],
    ...change,
  }
}

export function analysis(change: Partial<Analysis> = {}): Analysis {
  return {
    experiment: 'EXP-1', phase: 1, at: '2026-11-24T12:00:00Z', engineVersion: '1.0.0', planHash: 'ab'.repeat(32), mode: 'fixed', informationFraction: 1, days: 14,
    firstExposureAt: '2026-11-10T08:00:00Z', lastExposureAt: '2026-11-24T08:00:00Z', control: 'control',
    arms: [{ arm: 'control', n: 10_010, weight: 1 }, { arm: 'express', n: 9_990, weight: 1 }], crossedUnits: 0,
    srm: { chi2: 0.02, df: 1, p: 0.8875, sequentialP: 1, expected: [{ arm: 'control', share: 0.5 }, { arm: 'express', share: 0.5 }] },
    metrics: [
      metric(),
      metric({
        key: 'errors', name: 'Payment errors', role: 'guardrail', direction: 'decrease', margin: 0.05,
        arms: [{ arm: 'control', n: 10_010, mean: 0.0084, variance: 0.0083 }, { arm: 'express', n: 9_990, mean: 0.0085, variance: 0.0084 }],
        comparisons: [comparison({ diff: 0.0001, lift: 0.009, liftLower: -0.022, liftUpper: 0.04, chanceBetter: 0.29 })], readings: [{ arm: 'express', reading: 'holds' }],
      }),
      metric({
        key: 'revenue', name: 'Revenue per visitor', role: 'secondary', type: 'mean', unitLabel: 'EUR',
        arms: [{ arm: 'control', n: 10_010, mean: 4.18, variance: 60 }, { arm: 'express', n: 9_990, mean: 4.27, variance: 61 }],
        comparisons: [comparison({ diff: 0.09, ciLower: -0.02, ciUpper: 0.2, lift: 0.022, liftLower: -0.004, liftUpper: 0.048, chanceBetter: 0.95 })], readings: [{ arm: 'express', reading: 'unclear' }],
      }),
    ],
    daily: [{ day: '2026-11-10', arm: 'express', n: 1400, lift: 0.05, lower: -0.02, upper: 0.12 }, { day: '2026-11-24', arm: 'express', n: 20_000, lift: 0.036, lower: 0.01, upper: 0.06 }],
    verdict: verdict(),
    ...change,
  }
}

export function experiment(change: Partial<ExperimentDetail> = {}): ExperimentDetail {
  const shown = change.analysis === undefined ? analysis() : change.analysis
  return {
    key: 'EXP-1', title: 'Express pay at checkout', hypothesis: 'H-1', level: 2, status: 'running', ...sampleSetup, phase: 1, revision: 4, ruleId: 'experiment-exp-1', planHash: 'ab'.repeat(32),
    createdAt: '2026-11-09T08:00:00Z', startedAt: '2026-11-10T08:00:00Z', endedAt: null, stopReason: null, decision: null, people: 20_000, days: shown?.days ?? null,
    verdict: shown && { kind: shown.verdict.kind, final: shown.verdict.final, sentence: shown.verdict.sentence },
    plan: samplePlan, analysis: shown, deviations: [], sealing: { hypothesis: 1, metrics: { completion: 1 }, cohort: 3 }, checklist: [], ...change,
  }
}
