import type { PlanMetric } from '../contract/experiments.ts'
import { about } from './people-sql.store.ts'
import type { UnitMetric, UnitSource } from './unit-metrics.ts'
import { type KeptTables, unitEvents } from './unit-events-sql.store.ts'
import { funnelDoneAt, hasBit, NEVER, type UnitValues } from './unit-values-sql.store.ts'

const DAY_MS = 86_400_000

/** Kinds whose values add up from event to event, so that they can be told day by day. */
export function isDaily({ type }: Pick<PlanMetric, 'type'>): boolean {
  return type !== 'ratio' && type !== 'quantile'
}

/** Kinds of which a day after the first exposure can be told without the days before it. */
export function isByAge({ type }: Pick<PlanMetric, 'type'>): boolean {
  return type === 'conversion' || type === 'count' || type === 'sum' || type === 'mean'
}

/** What events say about a day: \`kind\` 0 by the calendar (UTC), 1 by days since the first exposure. */
export interface DayRow {
  kind: number
  arm: number
  /** Days since 1970, or since the first exposure, counted from 1. */
  day: number
  people: number
  sum: number | null
  squares: number | null
}

interface Daily {
  of: UnitMetric
  /** Index of the first wait that need not be over. */
  wait: number
  cap: number | null
  /** Days since the first exposure that are asked for. */
  days: number
}

/**
 * The primary metric by day: how much the sum of people's values and the sum of their squares grew on it, event by event; and by days since the first exposure, what people
 * did on it who have had that day. A value whose window must close first enters whole on the day it does.
 */
export function dailySql(kept: KeptTables, values: UnitValues, { of, wait, cap, days }: Daily): string {
  const { metric, sources, waitMs } = of
  const [first] = sources as [UnitSource]
  const dayOf = (elapsed: string) => `toInt32(intDiv(exposedMs + ${waitMs > 0 ? waitMs : elapsed}, ${DAY_MS}))`
  const lowered = cap === null ? 'level' : `if(level > ${cap} AND level != 0, ${cap}, level)`
  const byAge = isByAge(metric) && days > 0
  return `
SELECT kind, arm, day, toUInt64(count()) AS people, sum(step.3) AS sum, sum(step.4) AS squares
FROM (
  SELECT ${about.arm('about')} AS arm, ${about.exposedMs('about')} AS exposedMs, least(intDiv({cutoff:Int64} - exposedMs, ${DAY_MS}), ${days}) AS full, sorted,
    arrayMap(level -> ${lowered}, arrayCumSum(sorted.2)) AS levels, arrayPushFront(arrayPopBack(levels), 0.) AS before,
    arrayMap((at, level, last) -> (0, ${dayOf('at')}, level - last, pow(level, 2) - pow(last, 2)), sorted.1, levels, before) AS calendar,
    ${byAge ? `arrayMap(n -> (1, toInt32(n), ${metric.type === 'conversion' ? '1.' : 'arraySum(arrayMap((at, added) -> if(intDiv(at, ' + String(DAY_MS) + ') + 1 = n, added, 0.), sorted.1, sorted.2))'} AS done, pow(done, 2)), arrayFilter(n -> n <= full, ages))` : 'arraySlice(calendar, 1, 0)'} AS since
  FROM (SELECT about, ${sortedSteps(of)} AS sorted, ${byAge ? `arrayDistinct(groupUniqArray(intDiv(elapsed, ${DAY_MS}) + 1))` : '[]'} AS ages FROM ${unitEvents(kept, values)} WHERE ${metric.type === 'funnel' ? 'post != 0' : hasBit('post', first)} AND ${about.over('about')} > ${wait} GROUP BY who, about HAVING notEmpty(sorted))
)
ARRAY JOIN arrayConcat(calendar, since) AS step
GROUP BY arm, step.1 AS kind, step.2 AS day`
}

/** When a person's value grew, and by how much. */
function sortedSteps({ metric, sources }: UnitMetric): string {
  const [first] = sources as [UnitSource]
  switch (metric.type) {
    case 'conversion':
    case 'retention':
      return '[(min(elapsed), 1.)]'
    case 'funnel':
      return `if(${funnelDoneAt(sources)} < ${NEVER}, [(${funnelDoneAt(sources)}, 1.)], [])`
    default:
      return `arraySort(groupArray((elapsed, ${first.aggregate === 'count' ? '1.' : 'v0'})))`
  }
}

/** People by the full days that they have had since the first exposure, at most so many. */
export const countAges = (people: string) => `
SELECT ${about.arm('about')} AS arm, toInt32(least(intDiv({cutoff:Int64} - ${about.exposedMs('about')}, ${DAY_MS}), {days:Int64})) AS days, ${about.over('about')} AS over, toUInt64(count()) AS units
FROM ${people} WHERE {cutoff:Int64} >= ${about.exposedMs('about')}
GROUP BY arm, days, over`

export interface AgeRow {
  arm: number
  days: number
  over: number
  units: number
}
