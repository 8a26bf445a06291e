import type { Plan } from '../contract/experiments.ts'
import type { Holdout } from '../contract/layers.ts'
import type { Metric } from '../contract/metrics.ts'

const BUCKETS = 100_000
/** Nothing is decided by it: an effect of this size is what the reading looks for. */
const WORTH_KNOWING = 0.01

/**
 * A holdout as the analysis reads it: those who were held beside everybody else, on each metric that shipped experiments were decided by. Always valid, as
 * nobody planned when to look. It is not sealed, and it decides nothing.
 */
export function holdoutPlan(holdout: Holdout, environment: string, metrics: readonly Metric[], engineVersion: string): Plan {
  const held = (holdout.to - holdout.from) / BUCKETS
  const [first] = metrics
  return {
    schema: 1,
    experiment: `holdout:${holdout.key}`,
    phase: 1,
    hypothesis: {
      key: '',
      draft: {
        title: holdout.name, change: '', audience: '', cohort: null, because: '', primaryMetric: first?.key ?? null, direction: first?.direction ?? 'increase', minimumEffect: WORTH_KNOWING,
        guardrails: [], secondaryMetrics: metrics.slice(1).map(({ key }) => key), wrongIf: '', rollbackPlan: '', maxExposure: null, maxDays: null, decider: '',
      },
    },
    flag: 'holdout',
    environment,
    salt: '',
    unitType: holdout.unit,
    assignment: 'external',
    arms: [{ variant: 'held', weight: held }, { variant: 'open', weight: 1 - held }],
    control: 'held',
    coverage: 1,
    cohort: null,
    metrics: metrics.map(({ description: _text, owner: _owner, changedAt: _at, changedBy: _by, ...definition }, index) => ({ ...definition, role: index === 0 ? 'primary' : 'secondary', margin: null })),
    guardrails: [],
    mode: 'always_valid',
    alpha: 0.05,
    power: 0.8,
    minimumEffect: WORTH_KNOWING,
    plannedUnits: null,
    plannedDays: null,
    minDays: 0,
    engineVersion,
  }
}
