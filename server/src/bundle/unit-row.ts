import type { Plan } from '../contract/experiments.ts'

/** One person of a phase, and what they contribute to each metric: a row of `units`. */
export interface UnitRow {
  unit: string
  /** Empty where the person met more than one. */
  arm: string
  /** Milliseconds. */
  firstExposureAt: number
  /** In the order of `unitColumns`; null where there is no number. */
  numbers: (number | null)[]
}

/** What a number says about the person: whether they count in the metric yet (1 or 0), how many of their events do, and what these make. */
export type UnitPart = 'counts' | 'events' | 'value'

export interface UnitColumn {
  name: string
  /** Index in the plan's metrics. */
  metric: number
  part: UnitPart
}

const parts: readonly UnitPart[] = ['counts', 'events', 'value']

/** The columns that follow `unit`, `arm` and `firstExposureAt`: `<metric>.counts` and so on, metric by metric. */
export function unitColumns(plan: Pick<Plan, 'metrics'>): UnitColumn[] {
  return plan.metrics.flatMap(({ key }, metric) => parts.map((part) => ({ name: `${key}.${part}`, metric, part })))
}

export const unitKeyColumns = ['unit', 'arm', 'firstExposureAt'] as const

/** What one day added to a person's value of the primary metric: a row of `days`. */
export interface DayRow {
  unit: string
  arm: string
  /** `2026-11-24`, UTC. */
  day: string
  value: number | null
  /** The person's value after it. */
  level: number | null
}
