import { waitMs, windowMs } from '../analysis/observations.ts'
import { finalWithinPartitions, inEnvironment, inPhase, phaseParams, type PhaseScope, planEventRows, UNTIL, withPeople } from '../analysis/phase-sql.store.ts'
import type { Verdict } from '../contract/analysis.ts'
import type { Plan } from '../contract/experiments.ts'
import { AppError } from '../http/app-error.ts'
import { storedInstant } from '../ingest/accept-batch.ts'
import { isStoreAway } from '../ingest/storage-errors.ts'
import type { ClickHouseClient } from '../platform/clickhouse.ts'
import type { Database } from '../platform/postgres.ts'
import { type DayRow, unitColumns, type UnitRow } from './unit-row.ts'

/** People per question to the event store: what a bundle holds in memory, however many there are. */
const PART_UNITS = 50_000

export interface BundledPhase extends Omit<PhaseScope, 'linked'> {
  plan: Plan
  /** Up to when it was analysed. */
  until: Date
}

/** The rows that an analysis rests on, part by part; everybody in the same order each time. */
export function createUnitsStore(events: ClickHouseClient, partUnits = PART_UNITS) {
  async function rows<T>(query: string, query_params: Record<string, unknown>, signal: AbortSignal): Promise<T[]> {
    signal.throwIfAborted()
    try {
      const result = await events.query({ query, query_params, format: 'JSONEachRow', clickhouse_settings: finalWithinPartitions, abort_signal: signal })
      return await result.json<T>()
    } catch (error) {
      throw isStoreAway(error) ? new AppError('storage_unavailable', 'The event store does not answer: ask for the bundle later.', { cause: error }) : error
    }
  }

  async function prepare(phase: BundledPhase, signal: AbortSignal) {
    const scope = phaseParams({ ...phase, endedAt: phase.until, linked: false })
    const [span] = await rows<Span>(SPAN, scope, signal)
    const units = Number(span?.units ?? 0)
    const { plan } = phase
    const params = {
      ...scope,
      from: storedInstant(new Date(Number(span?.first ?? 0))),
      cutoff: phase.until.getTime(),
      names: plan.metrics.map((metric) => metric.event),
      windows: plan.metrics.map(windowMs),
      waits: plan.metrics.map((metric) => waitMs(plan, metric)),
      conversions: plan.metrics.map((metric) => (metric.type === 'conversion' ? 1 : 0)),
      primary: plan.metrics.findIndex((metric) => metric.role === 'primary') + 1,
      parts: Math.max(1, Math.ceil(units / partUnits)),
    }
    return { params, linked: Number(span?.links ?? 0) > 0, parts: units === 0 ? 0 : params.parts, lastExposureAt: units === 0 ? null : new Date(Number(span?.last)) }
  }

  return {
    async lastExposureAt(phase: BundledPhase, signal: AbortSignal): Promise<Date | null> {
      return (await prepare(phase, signal)).lastExposureAt
    },

    async* units(phase: BundledPhase, signal: AbortSignal): AsyncGenerator<UnitRow> {
      const { params, linked, parts } = await prepare(phase, signal)
      const columns = unitColumns(phase.plan)
      for (let part = 0; part < parts; part++) {
        for (const row of await rows<UnitCells>(`${withPeople(linked)} ${UNITS}`, { ...params, part }, signal)) yield unitRow(phase.plan, columns, row, params)
      }
    },

    async* days(phase: BundledPhase, signal: AbortSignal): AsyncGenerator<DayRow> {
      const { params, linked, parts } = await prepare(phase, signal)
      if (params.primary === 0) return
      const events = phase.plan.metrics.filter((metric) => metric.role === 'primary').map((metric) => metric.event)
      for (let part = 0; part < parts; part++) yield* await rows<DayRow>(`${withPeople(linked)} ${DAYS}`, { ...params, events, part }, signal)
    },
  }
}

interface Span {
  units: number
  first: number
  last: number
  links: number
}

interface UnitCells {
  unit: string
  arm: string
  at: number
  cells: [metric: number, value: number | null, events: number][]
}

function unitRow(plan: Plan, columns: ReturnType<typeof unitColumns>, { unit, arm, at, cells }: UnitCells, { cutoff, waits }: { cutoff: number; waits: number[] }): UnitRow {
  const firstExposureAt = Number(at)
  const found = new Map(cells.map(([metric, value, events]) => [Number(metric) - 1, { value: value === null ? null : Number(value), events: Number(events) }]))
  const counts = plan.metrics.map((_, metric) => arm !== '' && cutoff - firstExposureAt >= (waits[metric] ?? 0))
  return {
    unit,
    arm,
    firstExposureAt,
    numbers: columns.map(({ metric, part }) => {
      if (part === 'counts') return counts[metric] ? 1 : 0
      if (!counts[metric]) return null
      const cell = found.get(metric)
      return part === 'events' ? (cell?.events ?? 0) : cell ? cell.value : 0
    }),
  }
}

const SPAN = `
SELECT toUInt32(count()) AS units, toUnixTimestamp64Milli(min(firstAt)) AS first,
  (SELECT toUnixTimestamp64Milli(max(at)) FROM exposure WHERE ${inPhase} AND at < ${UNTIL}) AS last,
  (SELECT count() FROM (SELECT 1 FROM link WHERE ${inEnvironment} LIMIT 1)) AS links
FROM exposed_unit WHERE ${inPhase} AND firstAt < ${UNTIL}`

const inPart = (column: string) => `cityHash64(${column}) % {parts:UInt32} = {part:UInt32}`

/** One row per event and metric in whose window it lies, of one part's people. */
const counted = `
  SELECT m.owner AS owner, m.arm AS arm, ifNull(e.value, 0) AS value, e.at AS at, m.exposedAt AS exposedAt,
    toUnixTimestamp64Milli(e.at) - toUnixTimestamp64Milli(m.exposedAt) AS elapsed, {cutoff:Int64} - toUnixTimestamp64Milli(m.exposedAt) AS age,
    arrayJoin(arrayFilter(i -> {names:Array(String)}[i] = e.name AND elapsed < {windows:Array(Int64)}[i] AND age >= {waits:Array(Int64)}[i], arrayEnumerate({names:Array(String)}))) AS metric
  FROM ${planEventRows(true)} AS e INNER JOIN (SELECT * FROM members WHERE ${inPart('owner')}) AS m ON e.unit = m.unit
  WHERE e.at >= m.since`

const UNITS = `
SELECT p.owner AS unit, if(p.crossed, '', p.arm) AS arm, toUnixTimestamp64Milli(p.exposedAt) AS at, v.cells AS cells
FROM (SELECT * FROM people WHERE ${inPart('owner')}) AS p LEFT JOIN (
  SELECT owner, groupArray((metric, total, events)) AS cells
  FROM (
    SELECT owner, metric, if({conversions:Array(UInt8)}[metric] = 1, 1., sum(value)) AS total, count() AS events
    FROM (${counted}) GROUP BY owner, metric
  )
  GROUP BY owner
) AS v ON p.owner = v.owner
ORDER BY unit`

/** A value whose window must close first enters whole on the day it does. */
const DAYS = `
SELECT unit, arm, step.1 AS day, step.2 AS value, level
FROM (
  SELECT owner AS unit, any(arm) AS arm, arraySort(groupArray((day, added))) AS sorted, if({conversions:Array(UInt8)}[{primary:UInt32}] = 1, arraySlice(sorted, 1, 1), sorted) AS steps, arrayCumSum(steps.2) AS levels
  FROM (
    SELECT owner, any(arm) AS arm, toString(toDate(if(wait > 0, fromUnixTimestamp64Milli(toUnixTimestamp64Milli(exposedAt) + wait, 'UTC'), at), 'UTC')) AS day,
      if({conversions:Array(UInt8)}[{primary:UInt32}] = 1, 1., sum(value)) AS added
    FROM (SELECT *, {waits:Array(Int64)}[{primary:UInt32}] AS wait FROM (${counted}) WHERE metric = {primary:UInt32})
    GROUP BY owner, day
  )
  GROUP BY owner
)
ARRAY JOIN steps AS step, levels AS level
ORDER BY unit, day`

/** An experiment with its plan, byte for byte as hashed; null where there is none that has started. */
export async function findSealed(db: Database, projectId: string, key: string): Promise<{ id: string; plan: string } | null> {
  const row = await db.experiment.findUnique({ where: { projectId_key: { projectId, key } }, select: { id: true, plan: true } })
  return row && row.plan !== null ? { id: row.id, plan: row.plan } : null
}

/** What a sequential plan had been read at before an analysis, and the verdict that then stood. */
export async function looksBefore(db: Database, experimentId: string, phase: number, at: Date): Promise<{ looks: { at: Date; information: number }[]; lastVerdict: Verdict | null }> {
  const rows = await db.analysisSnapshot.findMany({ where: { experimentId, phase, information: { not: null }, at: { lt: at } }, orderBy: { at: 'asc' }, select: { at: true, information: true } })
  const last = await db.analysisSnapshot.findFirst({ where: { experimentId, phase, information: { not: null }, at: { lt: at } }, orderBy: { at: 'desc' }, select: { result: true } })
  const looks = rows.flatMap(({ at: taken, information }) => (information === null ? [] : [{ at: taken, information }]))
  return { looks, lastVerdict: last && (last.result as unknown as { verdict: Verdict }).verdict }
}
