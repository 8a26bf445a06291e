import type { ExperimentSetup } from '../contract/experiments.ts'
import type { HypothesisDraft } from '../contract/hypotheses.ts'

/** A hypothesis with nothing left open. */
export function completeDraft(): HypothesisDraft {
  return {
    title: 'Express pay at checkout',
    change: 'offer express pay at checkout',
    audience: 'returning shoppers',
    cohort: null,
    because: 'most leave at the address form',
    primaryMetric: 'orders',
    direction: 'increase',
    minimumEffect: 0.02,
    guardrails: [{ metric: 'refunds', margin: 0.05 }],
    secondaryMetrics: ['revenue'],
    wrongIf: 'the whole interval is below 2%',
    rollbackPlan: 'turn the flag off',
    maxExposure: 0.5,
    maxDays: 30,
    decider: 'The checkout team',
  }
}

/** A setup that fits `completeDraft`: two equal arms on the flag `express-pay` in production. */
export function completeSetup(): ExperimentSetup {
  return {
    flag: 'express-pay',
    environment: 'production',
    unitType: 'user',
    assignment: 'internal',
    arms: [{ variant: 'off', weight: 1 }, { variant: 'on', weight: 1 }],
    control: 'off',
    coverage: 1,
    mode: 'fixed',
    plannedUnits: 1000,
    plannedDays: null,
    minDays: 0,
    alpha: 0.05,
    power: 0.8,
  }
}
