import type { Plan, PlanMetric } from '../contract/experiments.ts'

/** People of an arm whose time came on a day (UTC). */
export interface DayUnits {
  arm: string
  day: string
  units: number
}

/** Centred moments of one metric in one arm, over the people who have an event; `counted` includes those without one. */
export interface MetricMoments {
  metric: string
  arm: string
  counted: number
  withEvent: number
  /** Null where the values are too large for a number: there is no answer then. */
  mean: number | null
  m2: number | null
}

/** What one day added to the primary metric: to the sum of people's values and to the sum of their squares. */
export interface DayValues {
  arm: string
  day: string
  /** Null as in `MetricMoments`. */
  sum: number | null
  squares: number | null
}

/** What the event store says about one phase: the input of `analyse`. People who met two arms are in `crossedUnits` only. */
export interface Observations {
  firstExposureAt: Date | null
  lastExposureAt: Date | null
  crossedUnits: number
  /** By the day of the first exposure. */
  exposed: DayUnits[]
  /** By the day from which somebody counts in the primary metric. */
  entered: DayUnits[]
  moments: MetricMoments[]
  daily: DayValues[]
}

const HOUR_MS = 3_600_000
/** A window that never closes: greater than the distance between any two times. */
const OPEN_MS = Number.MAX_SAFE_INTEGER

/** How long after the first exposure an event counts. */
export function windowMs({ windowHours }: Pick<PlanMetric, 'windowHours'>): number {
  return windowHours === null ? OPEN_MS : windowHours * HOUR_MS
}

/**
 * How long after the first exposure somebody counts in a metric. Where a plan is read at set times, a value must be
 * final when it enters: people whose window is still open are left out, they are not zeros. An always-valid
 * plan may be read at any time, also while values grow, and counts everybody at once.
 */
export function waitMs(plan: Pick<Plan, 'mode'>, metric: Pick<PlanMetric, 'windowHours'>): number {
  return plan.mode === 'always_valid' || metric.windowHours === null ? 0 : metric.windowHours * HOUR_MS
}
