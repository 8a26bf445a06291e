import type { ArmResult, MetricResult } from '../contract/analysis.ts'
import type { Plan, PlanMetric } from '../contract/experiments.ts'
import type { ArmCovariates } from './adjust-pair.ts'
import type { AgeValues } from './read-novelty.ts'

/** People of an arm whose time came on a day (UTC). */
export interface DayUnits {
  arm: string
  day: string
  units: number
}

/** One metric over all arms of the plan, ready to be compared. */
export interface MetricObservation {
  metric: string
  /** In the plan's order. Null members where there is no answer: values too large for a number, a quantile of too few, a ratio of nothing. */
  arms: ArmResult[]
  /** Where the plan adjusts: the same metric before the first exposure, in the order that `ArmCovariates` says. */
  covariates?: ArmCovariates[]
  /** Of a funnel. */
  steps?: NonNullable<MetricResult['steps']>
}

/** What one day added to the primary metric: to the sum of people's values and to the sum of their squares. */
export interface DayValues {
  arm: string
  day: string
  /** Null where the values are too large for a number: there is no answer then. */
  sum: number | null
  squares: number | null
}

/** What the event store says about one phase: the input of `analyse`. People who met two arms are in `crossedUnits` only. */
export interface Observations {
  firstExposureAt: Date | null
  lastExposureAt: Date | null
  crossedUnits: number
  /** Units that the plan's bot condition dropped before anything else, per arm; where the plan has one. */
  bots?: { arm: string; n: number }[]
  /** By the day of the first exposure. */
  exposed: DayUnits[]
  /** By the day from which somebody counts in the primary metric. */
  entered: DayUnits[]
  /** In the plan's order. */
  metrics: MetricObservation[]
  /** The primary metric day by day; none for ratios and quantiles, which do not add up. */
  daily: DayValues[]
  /** The primary metric by days since the first exposure; none where a day adds nothing that can be told. */
  byAge?: AgeValues[]
}

const HOUR_MS = 3_600_000
/** A window that never closes: greater than the distance between any two times. */
const OPEN_MS = Number.MAX_SAFE_INTEGER

/** Until when after the first exposure an event counts. */
export function windowMs({ windowHours, retention }: Pick<PlanMetric, 'windowHours' | 'retention'>): number {
  if (retention) return retention.toHours * HOUR_MS
  return windowHours === null ? OPEN_MS : windowHours * HOUR_MS
}

/** From when on: at once, but for coming back. */
export function windowFromMs({ retention }: Pick<PlanMetric, 'retention'>): number {
  return (retention?.fromHours ?? 0) * HOUR_MS
}

/**
 * How long after the first exposure somebody counts in a metric. Where a plan is read at set times, a value must be
 * final when it enters: people whose window is still open are left out, they are not zeros. An always-valid
 * plan may be read at any time, also while values grow, and counts everybody at once. Who has not had the time to come
 * back is never a zero.
 */
export function waitMs(plan: Pick<Plan, 'mode'>, metric: Pick<PlanMetric, 'windowHours' | 'retention'>): number {
  if (metric.retention) return windowMs(metric)
  return plan.mode === 'always_valid' || metric.windowHours === null ? 0 : windowMs(metric)
}
