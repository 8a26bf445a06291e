import type { Plan, PlanMetric } from '../contract/experiments.ts'
import { sourcesOf, type MetricSource } from '../metrics/unit-values.ts'
import { waitMs, windowFromMs, windowMs } from './observations.ts'

/** Kinds whose values before the first exposure say something about those after it. */
const adjustable: readonly PlanMetric['type'][] = ['conversion', 'count', 'sum', 'mean', 'ratio', 'retention', 'funnel']

/** Events of a metric, with the bit that says of an event or a unit that it has one. */
export interface UnitSource extends MetricSource {
  bit: number
}

/** A metric as its values per unit are computed and kept. */
export interface UnitMetric {
  metric: PlanMetric
  sources: UnitSource[]
  /** After the first exposure, in milliseconds: from (included), until (excluded), and how long a unit waits before it counts. */
  fromMs: number
  untilMs: number
  waitMs: number
  /** Whether the same is computed before the first exposure. */
  adjusted: boolean
}

/** A set of bits is one 64-bit number. */
const bitsOfSet = 64

/** The metrics of a plan, in groups that each fit one set of bits: a group is computed with one reading of the events. */
export function unitMetricGroups(plan: Pick<Plan, 'metrics' | 'mode' | 'cupedDays'>): UnitMetric[][] {
  const groups: UnitMetric[][] = []
  let free = 0
  for (const metric of plan.metrics) {
    const sources = sourcesOf(metric)
    if (groups.length === 0 || sources.length > free) {
      groups.push([])
      free = bitsOfSet
    }
    const first = bitsOfSet - free
    free -= sources.length
    groups.at(-1)?.push({
      metric,
      sources: sources.map((source, i) => ({ ...source, bit: first + i })),
      fromMs: windowFromMs(metric), untilMs: windowMs(metric), waitMs: waitMs(plan, metric),
      adjusted: typeof plan.cupedDays === 'number' && adjustable.includes(metric.type),
    })
  }
  return groups
}

export function waitsOf(metrics: readonly Pick<UnitMetric, 'waitMs'>[]): number[] {
  return [...new Set(metrics.map((metric) => metric.waitMs))].sort((a, b) => a - b)
}
