import type { Plan } from '../contract/experiments.ts'
import { storedInstant } from '../ingest/accept-batch.ts'
import type { ClickHouseClient } from '../platform/clickhouse.ts'
import { mergeMoments, sampleVariance } from '../stats/index.ts'
import { type DayUnits, type DayValues, type MetricObservation, type Observations, waitMs, windowMs } from './observations.ts'
import { finalWithinPartitions, inEnvironment, inPhase, phaseParams, type PhaseScope, planEventRows, REPEATED_IDS, UNTIL, withPeople } from './phase-sql.store.ts'

type Phase = Omit<PhaseScope, 'linked' | 'plan'> & { plan: Plan; now: Date }

/** First exposures and values, reduced in the event store to what the statistics need: nothing here grows with the number of people. */
export function createAnalysisStore(events: ClickHouseClient) {
  async function rows<T>(query: string, query_params: Record<string, unknown>): Promise<T[]> {
    const result = await events.query({ query, query_params, format: 'JSONEachRow', clickhouse_settings: finalWithinPartitions })
    return result.json<T>()
  }

  return {
    async observe(phase: Phase): Promise<Observations> {
      const params = { ...phaseParams({ ...phase, linked: false }), ...metricParams(phase) }
      const [span] = await rows<{ units: number; first: number; last: number; links: number }>(SPAN, params)
      const firstExposureAt = new Date(Number(span?.first ?? 0))
      if (!span || Number(span.units) === 0) return { firstExposureAt: null, lastExposureAt: null, crossedUnits: 0, exposed: [], entered: [], metrics: [], daily: [] }

      const withEvents = { ...params, from: storedInstant(firstExposureAt) }
      const linked = Number(span.links) > 0
      const people = (await rows<PeopleRow>(`${withPeople(linked)} ${PEOPLE}`, params)).map(numbers)
      const repeated = (await rows<{ repeated: number }>(REPEATED_IDS, withEvents)).some((row) => Number(row.repeated) === 1)
      const moments = await rows<MomentsRow>(`${withPeople(linked)} ${momentsSql(repeated)}`, withEvents)
      const daily = await rows<DayValues>(`${withPeople(linked)} ${dailySql(repeated)}`, { ...withEvents, events: phase.plan.metrics.filter((metric) => metric.role === 'primary').map((metric) => metric.event) })
      const analysed = people.filter((row) => row.arm !== '')
      return {
        firstExposureAt,
        lastExposureAt: new Date(Number(span.last)),
        crossedUnits: people.filter((row) => row.arm === '').reduce((sum, row) => sum + row.units, 0),
        exposed: analysed.map(({ arm, day, units }) => ({ arm, day, units })),
        entered: analysed.map(({ arm, enterDay, entered }) => ({ arm, day: enterDay, units: entered })).filter((row) => row.units > 0),
        metrics: metricsOf(phase.plan, analysed, moments),
        daily: daily.map(({ arm, day, sum, squares }) => ({ arm, day, sum: known(sum), squares: known(squares) })),
      }
    },
  }
}

interface PeopleRow extends DayUnits {
  enterDay: string
  entered: number
  /** People whose wait is over, by index of the distinct waits. */
  counted: number[]
}

interface MomentsRow {
  metric: number
  arm: string
  withEvent: number
  mean: number | null
  variance: number | null
}

/** ClickHouse writes what is not finite as null in JSON, or as a word where a server is set so: no answer, never 0. */
function known(value: number | null): number | null {
  return value !== null && Number.isFinite(Number(value)) ? Number(value) : null
}

/** A server may write 64-bit integers as strings. */
function numbers(row: PeopleRow): PeopleRow {
  return { ...row, units: Number(row.units), entered: Number(row.entered), counted: row.counted.map(Number) }
}

function metricsOf(plan: Plan, people: readonly PeopleRow[], found: readonly MomentsRow[]): MetricObservation[] {
  const waits = distinctWaits(plan)
  const countedIn = new Map<string, number[]>()
  for (const { arm, counted } of people) countedIn.set(arm, waits.map((_, i) => (countedIn.get(arm)?.[i] ?? 0) + (counted[i] ?? 0)))
  return plan.metrics.map((metric, index) => ({
    metric: metric.key,
    arms: plan.arms.map(({ variant: arm }) => {
      const row = found.find((other) => Number(other.metric) === index + 1 && other.arm === arm)
      const n = countedIn.get(arm)?.[waits.indexOf(waitMs(plan, metric))] ?? 0
      // Without a row nobody has an event: zeros that are known.
      const [mean, variance] = row ? [known(row.mean), known(row.variance)] : [0, 0]
      const withEvent = Number(row?.withEvent ?? 0)
      if (mean === null || variance === null) return { arm, n, mean, variance: null, withEvent }
      // Zeros first, so that a share is one exact division.
      const all = mergeMoments([{ n: n - withEvent, mean: 0, m2: 0 }, { n: withEvent, mean, m2: variance * withEvent }])
      return { arm, n, mean: n === 0 ? null : known(all.mean), variance: n < 2 ? null : known(sampleVariance(all)), withEvent }
    }),
  }))
}

function distinctWaits(plan: Plan): number[] {
  return [...new Set(plan.metrics.map((metric) => waitMs(plan, metric)))]
}

function metricParams({ plan, endedAt, now }: Phase): Record<string, unknown> {
  const primary = plan.metrics.findIndex((metric) => metric.role === 'primary')
  return {
    cutoff: Math.min(now.getTime(), endedAt?.getTime() ?? Infinity),
    names: plan.metrics.map((metric) => metric.event),
    windows: plan.metrics.map(windowMs),
    waits: plan.metrics.map((metric) => waitMs(plan, metric)),
    conversions: plan.metrics.map((metric) => (metric.type === 'conversion' ? 1 : 0)),
    distinctWaits: distinctWaits(plan),
    primary: primary + 1,
  }
}

const SPAN = `
SELECT toUInt32(count()) AS units, toUnixTimestamp64Milli(min(firstAt)) AS first,
  (SELECT toUnixTimestamp64Milli(max(at)) FROM exposure WHERE ${inPhase} AND at < ${UNTIL}) AS last,
  (SELECT count() FROM (SELECT 1 FROM link WHERE ${inEnvironment} LIMIT 1)) AS links
FROM exposed_unit WHERE ${inPhase} AND firstAt < ${UNTIL}`

/** Arm '' holds those who met two. The primary metric's own wait says from which day they count in it. */
const PEOPLE = `
SELECT if(crossed, '', arm) AS arm, day, enterDay, count() AS units, countIf(age >= primaryWait) AS entered,
  sumForEach(arrayMap(wait -> toUInt64(age >= wait), {distinctWaits:Array(Int64)})) AS counted
FROM (
  SELECT arm, crossed, {waits:Array(Int64)}[{primary:UInt32}] AS primaryWait, toUnixTimestamp64Milli(exposedAt) AS exposedMs, {cutoff:Int64} - exposedMs AS age,
    toString(toDate(exposedAt, 'UTC')) AS day, toString(toDate(fromUnixTimestamp64Milli(exposedMs + primaryWait, 'UTC'), 'UTC')) AS enterDay
  FROM people
)
GROUP BY arm, day, enterDay`

/** One row per event and metric in whose window it lies. */
const counted = (repeated: boolean) => `
  SELECT m.owner AS owner, m.arm AS arm, ifNull(e.value, 0) AS value, e.at AS at, m.exposedAt AS exposedAt,
    toUnixTimestamp64Milli(e.at) - toUnixTimestamp64Milli(m.exposedAt) AS elapsed, {cutoff:Int64} - toUnixTimestamp64Milli(m.exposedAt) AS age,
    arrayJoin(arrayFilter(i -> {names:Array(String)}[i] = e.name AND elapsed < {windows:Array(Int64)}[i] AND age >= {waits:Array(Int64)}[i], arrayEnumerate({names:Array(String)}))) AS metric
  FROM ${planEventRows(repeated)} AS e INNER JOIN members AS m ON e.unit = m.unit
  WHERE e.at >= m.since`

/**
 * Moments over the people who have an event. Those without one are zeros, merged in later: so nobody is written out who did
 * nothing. `varPopStable` merges centred moments; the plain one loses digits where the mean is large.
 */
const momentsSql = (repeated: boolean) => `
SELECT metric, arm, count() AS withEvent, avg(total) AS mean, varPopStable(total) AS variance
FROM (
  SELECT metric, owner, any(arm) AS arm, if({conversions:Array(UInt8)}[metric] = 1, 1., sum(value)) AS total
  FROM (${counted(repeated)})
  GROUP BY metric, owner
)
GROUP BY metric, arm`

/**
 * The primary metric day by day: how much the sum of people's values and the sum of their squares grew. A value whose
 * window must close first enters whole on the day it does.
 */
const dailySql = (repeated: boolean) => `
SELECT arm, day, sum(step.2) AS sum, sum(pow(level, 2) - pow(level - step.2, 2)) AS squares
FROM (
  SELECT any(arm) AS arm, arraySort(groupArray((day, added))) AS sorted, if({conversions:Array(UInt8)}[{primary:UInt32}] = 1, arraySlice(sorted, 1, 1), sorted) AS steps, arrayCumSum(steps.2) AS levels
  FROM (
    SELECT owner, any(arm) AS arm, toString(toDate(if(wait > 0, fromUnixTimestamp64Milli(toUnixTimestamp64Milli(exposedAt) + wait, 'UTC'), at), 'UTC')) AS day,
      if({conversions:Array(UInt8)}[{primary:UInt32}] = 1, 1., sum(value)) AS added
    FROM (SELECT *, {waits:Array(Int64)}[{primary:UInt32}] AS wait FROM (${counted(repeated)}) WHERE metric = {primary:UInt32})
    GROUP BY owner, day
  )
  GROUP BY owner
)
ARRAY JOIN steps AS step, levels AS level
GROUP BY arm, step.1 AS day`
