import type { PlanMetric } from '../contract/experiments.ts'
import { windowMs } from './observations.ts'
import { DAY_MS } from './phase-days.ts'

/** Kinds whose values add up from event to event, so that they can be told day by day. */
export function isDaily({ type }: Pick<PlanMetric, 'type'>): boolean {
  return type !== 'ratio' && type !== 'quantile'
}

/** Days that are asked for at most: an effect that lasts a month is no novelty. */
const MOST_DAYS = 28

/** Days since the first exposure that can each be told without the days before it; 0 where none can. */
export function agesOf(metric: Pick<PlanMetric, 'type' | 'windowHours' | 'retention'>): number {
  const { type } = metric
  return type === 'conversion' || type === 'count' || type === 'sum' || type === 'mean' ? Math.min(MOST_DAYS, Math.floor(windowMs(metric) / DAY_MS)) : 0
}
