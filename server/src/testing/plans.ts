import type { Plan, PlanMetric } from '../contract/experiments.ts'

/** A metric of a plan: a conversion without a window, unless told. */
export function planMetricOf(fields: Pick<PlanMetric, 'key' | 'role'> & Partial<PlanMetric>): PlanMetric {
  return { revision: 1, name: fields.key, type: 'conversion', event: fields.key, direction: 'increase', unitLabel: '', windowHours: null, margin: null, ...fields }
}

/** A sealed plan of two arms that is read once, after 14 days, unless told. The first metric is the primary one. */
export function planOf({ metrics, ...fields }: Omit<Partial<Plan>, 'metrics'> & { metrics: readonly Parameters<typeof planMetricOf>[0][] }): Plan {
  const draft = {
    title: 'Title', change: 'Change', audience: 'All', cohort: null, because: 'Because', primaryMetric: metrics[0]?.key ?? null, direction: 'increase' as const, minimumEffect: 0.02,
    guardrails: [], secondaryMetrics: [], wrongIf: 'Wrong', rollbackPlan: 'Back', maxExposure: null, maxDays: null, decider: 'Owner',
  }
  return {
    schema: 1, experiment: 'EXP-1', phase: 1, hypothesis: { key: 'H-1', draft }, flag: 'gate', environment: 'production', salt: 's', unitType: 'user', assignment: 'external',
    arms: [{ variant: 'control', weight: 1 }, { variant: 'treatment', weight: 1 }], control: 'control', coverage: 1, cohort: null, guardrails: [],
    mode: 'fixed', alpha: 0.05, power: 0.8, minimumEffect: 0.02, plannedUnits: null, plannedDays: 14, minDays: 7, engineVersion: '1.0.0', ...fields, metrics: metrics.map(planMetricOf),
  }
}
