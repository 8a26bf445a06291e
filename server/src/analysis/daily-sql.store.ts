import type { Plan, PlanMetric } from '../contract/experiments.ts'
import { agesOf } from './daily-kinds.ts'
import { about } from './people-sql.store.ts'
import { DAY_MS } from './phase-days.ts'
import { type UnitMetric, unitMetricGroups, type UnitSource } from './unit-metrics.ts'
import { type KeptTables, unitEvents } from './unit-events-sql.store.ts'
import { funnelDoneAt, hasBit, NEVER, type UnitValues, unitValues } from './unit-values-sql.store.ts'

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

/** The primary metric alone, as it is told day by day. */
export interface DailyMetric {
  of: UnitMetric
  values: UnitValues
  /** Days since the first exposure that are asked for; 0 where they cannot be told apart. */
  days: number
}

export function dailyMetric(plan: Plan, primary: PlanMetric): DailyMetric {
  const [of] = unitMetricGroups({ ...plan, cupedDays: null, metrics: [primary] }).flat() as [UnitMetric]
  return { of, values: unitValues([of], null), days: agesOf(primary) }
}


/**
 * The primary metric by day: how much the sum of people's values and the sum of their squares grew on it, event by event; and by days since the first exposure, what people
 * did on it who have had that day. `wait` is the index of the first wait that need not be over. A value whose window must close first enters whole on the day it does.
 */
export function dailySql(kept: KeptTables, daily: DailyMetric, wait: number, cap: number | null): string {
  const { of, days } = daily
  const { waitMs } = of
  const dayOf = (elapsed: string) => `toInt32(intDiv(exposedMs + ${waitMs > 0 ? waitMs : elapsed}, ${DAY_MS}))`
  const lowered = cap === null ? 'level' : `if(level > ${cap} AND level != 0, ${cap}, level)`
  return `
SELECT kind, arm, day, toUInt64(count()) AS people, sum(step.3) AS sum, sum(step.4) AS squares
FROM (
  SELECT ${about.arm('about')} AS arm, ${about.exposedMs('about')} AS exposedMs, least(intDiv({cutoff:Int64} - exposedMs, ${DAY_MS}), ${days}) AS full, sorted,
    arrayMap(level -> ${lowered}, arrayCumSum(sorted.2)) AS levels, arrayPushFront(arrayPopBack(levels), 0.) AS before,
    arrayMap((at, level, last) -> (0, ${dayOf('at')}, level - last, pow(level, 2) - pow(last, 2)), sorted.1, levels, before) AS calendar,
    ${days > 0 ? `arrayMap(n -> (1, toInt32(n), ${doneOnAge(of, 'n')} AS done, pow(done, 2)), arrayFilter(n -> n <= full, ages))` : 'arraySlice(calendar, 1, 0)'} AS since
  FROM (${unitSteps(kept, daily, wait)})
)
ARRAY JOIN arrayConcat(calendar, since) AS step
GROUP BY arm, step.1 AS kind, step.2 AS day`
}

/** `who`, `about`, `sorted` (when, in milliseconds since the first exposure, the primary metric's value grew, and by how much) and `ages` (days since then with an event, where they can be told apart). */
export function unitSteps(kept: KeptTables, { of, values, days }: DailyMetric, wait: number): string {
  const [first] = of.sources as [UnitSource]
  return `
    SELECT who, about, ${sortedSteps(of)} AS sorted, ${days > 0 ? `arrayDistinct(groupUniqArray(intDiv(elapsed, ${DAY_MS}) + 1))` : '[]'} AS ages
    FROM ${unitEvents(kept, values)} WHERE ${of.metric.type === 'funnel' ? 'post != 0' : hasBit('post', first)} AND ${about.over('about')} > ${wait}
    GROUP BY who, about HAVING notEmpty(sorted)`
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

/** What somebody did on a day since the first exposure, from `sorted`. */
export const doneOnAge = ({ metric }: UnitMetric, age: string) => (metric.type === 'conversion' ? '1.' : `arraySum(arrayMap((at, added) -> if(intDiv(at, ${DAY_MS}) + 1 = ${age}, added, 0.), sorted.1, sorted.2))`)

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
