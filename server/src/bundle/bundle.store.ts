import { countBots, keepPhase, type KeptPhase } from '../analysis/analysis.store.ts'
import { dailyMetric, doneOnAge, unitSteps } from '../analysis/daily-sql.store.ts'
import { isDaily } from '../analysis/daily-kinds.ts'
import { about } from '../analysis/people-sql.store.ts'
import { DAY_MS } from '../analysis/phase-days.ts'
import { botsOf, type PhaseScope, withPeople } from '../analysis/phase-sql.store.ts'
import { type PhaseTables, withPhaseTables } from '../analysis/phase-tables.store.ts'
import { unitValuesSql } from '../analysis/unit-events-sql.store.ts'
import type { UnitMetric, UnitSource } from '../analysis/unit-metrics.ts'
import { column, hasBit, unitValues } from '../analysis/unit-values-sql.store.ts'
import type { Verdict } from '../contract/analysis.ts'
import type { Plan } from '../contract/experiments.ts'
import { AppError } from '../http/app-error.ts'
import { isStoreAway } from '../ingest/storage-errors.ts'
import type { ClickHouseClient } from '../platform/clickhouse.ts'
import type { Database } from '../platform/postgres.ts'
import type { BundleFacts } from './bundle-documents.ts'
import { type AgeRow, type DayRow, type EventValueRow, isOfEvents, type UnitColumn, unitColumns, type UnitPart, type UnitRow, type UnitTables } from './unit-row.ts'

/** People per question to the event store: what a bundle holds in memory, however many there are. */
const PART_UNITS = 50_000

export interface BundledPhase extends Omit<PhaseScope, 'linked' | 'endedAt'> {
  plan: Plan
  /** Up to when it was analysed. */
  until: Date
}

/** The rows that an analysis rests on, from its own first pass, part by part; everybody in the same order each time. */
export async function withUnitTables<T>(events: ClickHouseClient, { until, ...scope }: BundledPhase, signal: AbortSignal, use: (tables: UnitTables, facts: BundleFacts) => Promise<T>): Promise<T> {
  const phase = { ...scope, endedAt: until, now: until }
  try {
    return await withPhaseTables(events, async (tables) => {
      signal.throwIfAborted()
      const kept = await keepPhase(tables, phase)
      if (!kept) return use(nobody, { firstExposureAt: null, lastExposureAt: null })
      const { firstExposureAt, lastExposureAt } = kept
      return use(await unitTables(tables, kept, phase.plan, signal), { firstExposureAt: firstExposureAt.toISOString(), lastExposureAt: lastExposureAt.toISOString(), ...(await countBots(tables, phase.plan, kept.params)) })
    })
  } catch (error) {
    throw isStoreAway(error) ? new AppError('storage_unavailable', 'The event store does not answer: ask for the bundle later.', { cause: error }) : error
  }
}

async function* nothing<T>(): AsyncGenerator<T> { /* Nobody was exposed. */ }
const nobody: UnitTables = { units: nothing, eventValues: nothing, days: nothing, ages: nothing }

async function unitTables(tables: PhaseTables, { kept, groups, waits, params }: KeptPhase, plan: Plan, signal: AbortSignal): Promise<UnitTables> {
  const named = await tables.keep('named', namedSql(kept.members !== null, plan), params)
  const values: string[] = []
  for (const group of groups) {
    const asked = unitValues(group, plan.cupedDays ?? null)
    values.push(await tables.keep(`values_${values.length}`, unitValuesSql(kept, asked, true), { ...params, ...asked.params }))
  }
  const [counted] = await tables.rows<{ units: number }>(`SELECT count() AS units FROM ${named}`, {})
  const parts = Math.max(1, Math.ceil(Number(counted?.units ?? 0) / PART_UNITS))
  const primary = plan.metrics.find((metric) => metric.role === 'primary')
  const told = primary && isDaily(primary) ? dailyMetric(plan, primary) : null
  const cutoff = Number(params['cutoff'])
  const inParts = async function* <Row>(query: string, more: Record<string, unknown> = {}): AsyncGenerator<Row> {
    for (let part = 0; part < parts; part++) {
      signal.throwIfAborted()
      yield* await tables.rows<Row>(query, { ...params, ...more, parts, part })
    }
  }
  const steps = () => (told ? unitSteps(kept, told, waits.indexOf(told.of.waitMs)) : '')
  return {
    async* units() {
      const metrics = groups.flat()
      const columns = unitColumns(plan)
      for await (const row of inParts<UnitCells>(unitsSql(named, values, groups, plan))) yield unitRow(metrics, columns, row, cutoff)
    },
    async* eventValues() {
      for (const [i, group] of groups.entries()) {
        for (const of of group.filter(isOfEvents)) yield* inParts<EventValueRow>(eventValuesSql(named, values[i] ?? '', of, waits.indexOf(of.waitMs)))
      }
    },
    async* days() {
      if (told) yield* inParts<DayRow>(daysSql(named, steps(), told.of), told.values.params)
    },
    async* ages() {
      if (told && told.days > 0) yield* inParts<AgeRow>(agesSql(named, steps(), told.of, told.days), told.values.params)
    },
  }
}

interface UnitCells {
  unit: string
  arm: string
  at: number
  cells: (number | null)[]
}

function unitRow(metrics: readonly UnitMetric[], columns: readonly UnitColumn[], { unit, arm, at, cells }: UnitCells, cutoff: number): UnitRow {
  const firstExposureAt = Number(at)
  const counts = metrics.map(({ waitMs }) => arm !== '' && cutoff - firstExposureAt >= waitMs)
  let next = 0
  return {
    unit,
    arm,
    firstExposureAt,
    numbers: columns.map(({ metric, part }) => {
      if (part === 'counts') return counts[metric] ? 1 : 0
      const cell = cells[next++] ?? null
      return counts[metric] && cell !== null && Number.isFinite(Number(cell)) ? Number(cell) : null
    }),
  }
}

/** `unit`, `who`, `at`, `arm`: everybody of the phase by name; the arm is empty where they met two. */
const namedSql = (linked: boolean, plan: Plan) => `${withPeople(linked, '', undefined, botsOf(plan)?.sql)}
SELECT owner AS unit, sipHash64(owner) AS who, toUnixTimestamp64Milli(exposedAt) AS at, if(crossed, '', arm) AS arm FROM people WHERE crossed OR has({arms:Array(String)}, arm)`

const inPart = 'who % {parts:UInt32} = {part:UInt32}'

function unitsSql(named: string, values: readonly string[], groups: readonly UnitMetric[][], plan: Plan): string {
  const placed = groups.flatMap((group, g) => group.map((of) => ({ of, table: `v${g}` })))
  const cells = unitColumns(plan).flatMap(({ metric, part }) => {
    const at = placed[metric]
    return at && part !== 'counts' ? [`toFloat64(${partSql(at.of, part, at.table)})`] : []
  })
  return `
SELECT n.unit AS unit, n.arm AS arm, n.at AS at, [${cells.join(', ')}] AS cells
FROM (SELECT * FROM ${named} WHERE ${inPart}) AS n
${values.map((table, g) => `LEFT JOIN (SELECT * FROM ${table} WHERE ${inPart}) AS v${g} ON n.who = v${g}.who`).join('\n')}
ORDER BY unit`
}

function partSql({ metric, sources }: UnitMetric, part: Exclude<UnitPart, 'counts'>, of: string): string {
  const [first] = sources as [UnitSource]
  const last = sources.at(-1) as UnitSource
  const isShare = metric.type === 'conversion' || metric.type === 'retention'
  switch (part) {
    case 'hasEvent':
      return sources.map((source) => hasBit(`${of}.had`, source)).join(' OR ')
    case 'value':
      return isShare ? hasBit(`${of}.had`, first) : `${of}.${column.total(first)}`
    case 'denominator':
      return `${of}.${column.total(last)}`
    case 'steps':
      return `${of}.${column.steps(first)}`
    case 'hadEventBefore':
      return hasBit(`${of}.hadBefore`, first)
    case 'before':
      return isShare || metric.type === 'funnel' ? hasBit(`${of}.hadBefore`, last) : `${of}.${column.before(first)}`
    case 'denominatorBefore':
      return `${of}.${column.before(last)}`
  }
}

const eventValuesSql = (named: string, values: string, { metric, sources }: UnitMetric, wait: number) => `
SELECT n.unit AS unit, n.arm AS arm, '${metric.key}' AS metric, v.value AS value
FROM (SELECT * FROM ${named} WHERE ${inPart}) AS n
INNER JOIN (SELECT who, arrayJoin(${column.values(sources[0] as UnitSource)}) AS value FROM ${values} WHERE ${inPart} AND over > ${wait}) AS v ON n.who = v.who
ORDER BY unit, value`

/** A value whose window must close first enters whole on the day it does. */
const daysSql = (named: string, steps: string, { waitMs }: UnitMetric) => `
SELECT n.unit AS unit, n.arm AS arm, toString(toDate(toInt32(s.day))) AS day, s.value AS value, s.level AS level
FROM (SELECT * FROM ${named} WHERE ${inPart}) AS n
INNER JOIN (
  SELECT who, intDiv(exposedMs + ${waitMs > 0 ? waitMs : 'step.1'}, ${DAY_MS}) AS day, sum(step.2) AS value, argMax(level, place) AS level
  FROM (SELECT who, ${about.exposedMs('about')} AS exposedMs, sorted, arrayCumSum(sorted.2) AS levels FROM (${steps}) WHERE ${inPart})
  ARRAY JOIN sorted AS step, levels AS level, arrayEnumerate(sorted) AS place
  GROUP BY who, day
) AS s ON n.who = s.who
ORDER BY unit, day`

const agesSql = (named: string, steps: string, of: UnitMetric, days: number) => `
SELECT n.unit AS unit, n.arm AS arm, s.age AS age, s.value AS value
FROM (SELECT * FROM ${named} WHERE ${inPart}) AS n
INNER JOIN (
  SELECT who, toInt32(n) AS age, ${doneOnAge(of, 'n')} AS value
  FROM (SELECT who, about, sorted, ages FROM (${steps}) WHERE ${inPart}) ARRAY JOIN ages AS n
  WHERE n <= least(intDiv({cutoff:Int64} - ${about.exposedMs('about')}, ${DAY_MS}), ${days})
) AS s ON n.who = s.who
ORDER BY unit, age`

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
