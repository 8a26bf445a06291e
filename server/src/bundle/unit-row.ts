import type { Plan } from '../contract/experiments.ts'
import { type UnitMetric, unitMetricGroups } from '../analysis/unit-metrics.ts'

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

/**
 * What a number says about the person: whether they count in the metric yet (`counts`, 1 or 0), whether an event of it is theirs (`hasEvent`), what their events make without any
 * cap (`value`, of a ratio with its `denominator`), how many steps of a funnel they took; and where the plan adjusts, the same before the first exposure.
 */
export type UnitPart = 'counts' | 'hasEvent' | 'value' | 'denominator' | 'steps' | 'hadEventBefore' | 'before' | 'denominatorBefore'

export interface UnitColumn {
  name: string
  /** Index in the plan's metrics. */
  metric: number
  part: UnitPart
}

/** The columns that follow `unit`, `arm` and `firstExposureAt`: `<metric>.counts` and so on, metric by metric. */
export function unitColumns(plan: Pick<Plan, 'metrics' | 'mode' | 'cupedDays'>): UnitColumn[] {
  return unitMetricGroups(plan).flat().flatMap((of, metric) => partsOf(of).map((part) => ({ name: `${of.metric.key}.${part}`, metric, part })))
}

/** Whether the values of single events are ranked: they are in `event-values`. */
export function isOfEvents({ metric }: Pick<UnitMetric, 'metric'>): boolean {
  return metric.quantile?.of === 'events'
}

function partsOf(of: UnitMetric): UnitPart[] {
  const before = (...parts: UnitPart[]) => (of.adjusted ? parts : [])
  switch (of.metric.type) {
    case 'conversion':
    case 'retention':
      return ['counts', 'value', ...before('before')]
    case 'funnel':
      return ['counts', 'steps', ...before('hadEventBefore', 'before')]
    case 'ratio':
      return ['counts', 'hasEvent', 'value', 'denominator', ...before('before', 'denominatorBefore')]
    case 'quantile':
      return isOfEvents(of) ? ['counts', 'hasEvent'] : ['counts', 'hasEvent', 'value']
    case 'count':
    case 'sum':
    case 'mean':
      return ['counts', 'hasEvent', 'value', ...before('hadEventBefore', 'before')]
  }
}

export const unitKeyColumns = ['unit', 'arm', 'firstExposureAt'] as const

/** One event of a metric that ranks events, of somebody who counts in it: a row of `event-values`. */
export interface EventValueRow {
  unit: string
  arm: string
  /** Key of the metric. */
  metric: string
  value: number | null
}

/** What one day added to a person's value of the primary metric, without any cap: a row of `days`, by person and day. */
export interface DayRow {
  unit: string
  arm: string
  /** `2026-11-24`, UTC. */
  day: string
  value: number | null
  /** The person's value after it. */
  level: number | null
}

/** What a person did in the primary metric on a whole day since their first exposure: a row of `ages`. */
export interface AgeRow {
  unit: string
  arm: string
  /** Counted from 1. */
  age: number
  value: number | null
}

/** The tables of a bundle: the same rows in the same order each time that they are asked for. */
export interface UnitTables {
  units(): AsyncIterable<UnitRow>
  eventValues(): AsyncIterable<EventValueRow>
  days(): AsyncIterable<DayRow>
  ages(): AsyncIterable<AgeRow>
}
