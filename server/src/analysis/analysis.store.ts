import { storedInstant } from '../ingest/accept-batch.ts'
import type { Plan, PlanMetric } from '../contract/experiments.ts'
import type { ClickHouseClient } from '../platform/clickhouse.ts'
import { dayOf, DAY_MS } from './phase-days.ts'
import { isDaily } from './daily-kinds.ts'
import { type AgeRow, countAges, dailyMetric, type DayRow, dailySql } from './daily-sql.store.ts'
import type { SqlFragment } from './event-filter-sql.store.ts'
import { observeMetrics } from './metric-observations.store.ts'
import { type MetricObservation, type Observations, waitMs } from './observations.ts'
import { countPeople, membersSql, NO_ARM, type PeopleRow, peopleSql } from './people-sql.store.ts'
import { botsOf, COUNT_EVENTS, droppedBots, inEnvironment, inPhase, phaseParams, type PhaseScope, REPEATED_HALVES, UNTIL } from './phase-sql.store.ts'
import { type PhaseTables, withPhaseTables } from './phase-tables.store.ts'
import type { AgeValues } from './read-novelty.ts'
import { type KeptTables, unitValuesSql } from './unit-events-sql.store.ts'
import { type UnitMetric, unitMetricGroups, waitsOf } from './unit-metrics.ts'
import type { Caps } from './unit-variables.store.ts'
import { column, unitValues } from './unit-values-sql.store.ts'

type Phase = Omit<PhaseScope, 'linked' | 'plan'> & { plan: Plan; now: Date }

/** Ids that are looked at for repetitions at a time. */
const IDS_AT_A_TIME = 25_000_000

/**
 * First exposures and values, reduced in the event store to what the statistics need: nothing here grows with the number of people. Two passes:
 * one makes a table of values per person of all metrics, one takes caps, ranks and moments from it.
 */
export function createAnalysisStore(events: ClickHouseClient) {
  return {
    /** With slices, the plan's arms are those of `withPeople`. */
    async observe(phase: Phase, slices?: SqlFragment): Promise<Observations> {
      return withPhaseTables(events, (tables) => observePhase(tables, phase, slices))
    },
  }
}

/** A phase in the tables of one analysis: who counts, and what asks for their events. */
export interface KeptPhase {
  kept: KeptTables
  groups: UnitMetric[][]
  waits: number[]
  params: Record<string, unknown>
  /** Of all exposures, also of units that are dropped as bots, and later ones of the same unit. */
  firstExposureAt: Date
  lastExposureAt: Date
}

/** Null where nobody was exposed. With slices, the plan's arms are those of `withPeople`. */
export async function keepPhase(tables: PhaseTables, phase: Phase, slices?: SqlFragment): Promise<KeptPhase | null> {
  const { plan } = phase
  const groups = unitMetricGroups(plan)
  const waits = waitsOf(groups.flat())
  const primary = plan.metrics.find((metric) => metric.role === 'primary')
  const scope = {
    ...phaseParams({ ...phase, linked: false }), ...slices?.params,
    cutoff: Math.min(phase.now.getTime(), phase.endedAt?.getTime() ?? Infinity),
    arms: plan.arms.map(({ variant }) => variant), waits, primaryWait: primary ? waitMs(plan, primary) : 0,
  }
  const [span] = await tables.rows<{ units: number; first: number; last: number; links: number }>(SPAN, scope)
  if (!span || Number(span.units) === 0) return null
  const firstExposureAt = new Date(Number(span.first))
  const params = { ...scope, from: storedInstant(new Date(firstExposureAt.getTime() - (plan.cupedDays ?? 0) * DAY_MS)) }
  const whom = { plan, slice: slices?.sql }
  const linked = Number(span.links) > 0
  const people = await tables.keep('people', peopleSql({ ...whom, linked }), params)
  const members = linked ? await tables.keep('members', membersSql(whom), params) : null
  return { kept: { people, members, repeated: await findRepeated(tables, params) }, groups, waits, params, firstExposureAt, lastExposureAt: new Date(Number(span.last)) }
}

async function observePhase(tables: PhaseTables, phase: Phase, slices: SqlFragment | undefined): Promise<Observations> {
  const found = await keepPhase(tables, phase, slices)
  if (!found) return { firstExposureAt: null, lastExposureAt: null, crossedUnits: 0, exposed: [], entered: [], metrics: [], daily: [] }
  const { kept, groups, waits, params, firstExposureAt, lastExposureAt } = found
  const { plan } = phase
  const primary = plan.metrics.find((metric) => metric.role === 'primary')
  const rows = (await tables.rows<PeopleRow>(countPeople(kept.people), params)).map((row) => ({ ...row, arm: Number(row.arm), over: Number(row.over), units: Number(row.units) })).filter((row) => row.arm !== NO_ARM)
  const analysed = rows.filter((row) => row.arm > 0).map((row) => ({ ...row, variant: plan.arms[row.arm - 1]?.variant ?? '' }))
  const primaryOver = primary ? waits.indexOf(waitMs(plan, primary)) : 0

  const { metrics, caps } = await observeGroups(tables, kept, groups, waits, analysed, phase, params)
  const daily = primary !== undefined && isDaily(primary)
  const days = daily ? await observeDays(tables, kept, primary, primaryOver, caps, phase, params) : { daily: [] }
  return {
    firstExposureAt,
    lastExposureAt,
    crossedUnits: rows.filter((row) => row.arm === 0).reduce((sum, row) => sum + row.units, 0),
    ...(await countBots(tables, plan, params)),
    exposed: analysed.map(({ variant, day, units }) => ({ arm: variant, day, units })),
    entered: !daily ? [] : analysed.filter(({ over }) => over > primaryOver).map(({ variant, enterDay, units }) => ({ arm: variant, day: enterDay, units })),
    metrics,
    ...days,
  }
}

async function findRepeated(tables: PhaseTables, params: Record<string, unknown>): Promise<string | null> {
  const [found] = await tables.rows<{ events: number }>(COUNT_EVENTS, params)
  const parts = Math.ceil(Number(found?.events ?? 0) / IDS_AT_A_TIME)
  const halves: string[] = []
  for (let part = 0; part < parts; part++) halves.push(await tables.keep(`repeated_${part}`, REPEATED_HALVES, { ...params, parts, part }))
  if (halves.length === 0) return null
  const union = halves.map((table) => `SELECT half FROM ${table}`).join(' UNION ALL ')
  const [any] = await tables.rows<{ any: number }>(`SELECT count() > 0 AS any FROM (${union})`, {})
  if (Number(any?.any ?? 0) === 0) return null
  return halves.length === 1 ? (halves[0] ?? null) : tables.keep('repeated', union, {})
}

/** Units that the plan's bot condition drops; nothing where it has none. */
export async function countBots(tables: PhaseTables, plan: Plan, params: Record<string, unknown>): Promise<Pick<Observations, 'bots'>> {
  const bots = botsOf(plan)
  if (!bots) return {}
  const rows = await tables.rows<{ arm: string; n: number }>(droppedBots(bots.sql), params)
  return { bots: plan.arms.map(({ variant }) => ({ arm: variant, n: Number(rows.find((row) => row.arm === variant)?.n ?? 0) })) }
}

type Analysed = PeopleRow & { variant: string }

async function observeGroups(tables: PhaseTables, kept: KeptTables, groups: readonly UnitMetric[][], waits: readonly number[], people: readonly Analysed[], phase: Phase, params: Record<string, unknown>): Promise<{ metrics: MetricObservation[]; caps: Caps }> {
  const metrics: MetricObservation[] = []
  const caps = new Map<string, number>()
  for (const group of groups) {
    const values = unitValues(group, phase.plan.cupedDays ?? null)
    const asked = { ...params, ...values.params }
    const table = await tables.keep('values', unitValuesSql(kept, values), asked)
    const counted = group.map((of) => ({ of, wait: waits.indexOf(of.waitMs) }))
    const arms = phase.plan.arms.map(({ variant }) => ({ variant, n: counted.map(({ wait }) => people.filter((row) => row.variant === variant && row.over > wait).reduce((sum, row) => sum + row.units, 0)) }))
    const { observed, caps: found } = await observeMetrics(tables, table, counted, arms, asked)
    metrics.push(...observed)
    for (const { metric, sources } of group) {
      const cap = sources[0] && metric.role === 'primary' ? found.get(column.total(sources[0])) : undefined
      if (cap !== undefined) caps.set(metric.key, cap)
    }
    await tables.drop(table)
  }
  return { metrics, caps }
}

/** The primary metric by day and by days since the first exposure. */
async function observeDays(tables: PhaseTables, kept: KeptTables, primary: PlanMetric, wait: number, caps: Caps, { plan }: Phase, params: Record<string, unknown>): Promise<Pick<Observations, 'daily' | 'byAge'>> {
  const told = dailyMetric(plan, primary)
  const { days } = told
  const asked = { ...params, ...told.values.params, days }
  const rows = (await tables.rows<DayRow>(dailySql(kept, told, wait, caps.get(primary.key) ?? null), asked)).map((row) => ({ ...row, kind: Number(row.kind), arm: Number(row.arm), day: Number(row.day), people: Number(row.people) }))
  const daily = rows.filter(({ kind }) => kind === 0).map(({ arm, day, sum, squares }) => ({ arm: plan.arms[arm - 1]?.variant ?? '', day: dayOf(new Date(day * DAY_MS)), sum: known(sum), squares: known(squares) }))
  if (days === 0) return { daily }
  const ages = (await tables.rows<AgeRow>(countAges(kept.people), asked)).filter((row) => Number(row.over) > wait)
  const byAge = plan.arms.flatMap(({ variant }, i) => Array.from({ length: days }, (_, d): AgeValues => {
    const n = ages.filter((row) => Number(row.arm) === i + 1 && Number(row.days) >= d + 1).reduce((sum, row) => sum + Number(row.units), 0)
    const row = rows.find(({ kind, arm, day }) => kind === 1 && arm === i + 1 && day === d + 1)
    const [sum, squares] = row ? [known(row.sum) ?? NaN, known(row.squares) ?? NaN] : [0, 0]
    return { arm: variant, day: d + 1, moments: { n, mean: n === 0 ? NaN : sum / n, m2: n === 0 ? 0 : Math.max(0, squares - (sum * sum) / n) } }
  })).filter(({ moments }) => moments.n > 0)
  return { daily, byAge }
}

/** ClickHouse writes what is not finite as null in JSON, or as a word where a server is set so: no answer, never 0. */
function known(value: number | null): number | null {
  return value !== null && Number.isFinite(Number(value)) ? Number(value) : null
}

const SPAN = `
SELECT toUInt32(count()) AS units, toUnixTimestamp64Milli(min(firstAt)) AS first,
  (SELECT toUnixTimestamp64Milli(max(at)) FROM exposure WHERE ${inPhase} AND at < ${UNTIL}) AS last,
  (SELECT count() FROM (SELECT 1 FROM link WHERE ${inEnvironment} LIMIT 1)) AS links
FROM exposed_unit WHERE ${inPhase} AND firstAt < ${UNTIL}`
