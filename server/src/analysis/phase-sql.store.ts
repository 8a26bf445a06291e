import type { Plan } from '../contract/experiments.ts'
import { storedInstant } from '../ingest/accept-batch.ts'
import { sourcesOf } from '../metrics/unit-values.ts'
import { passes, type SqlFragment } from './event-filter-sql.store.ts'

/** Where the rows of one phase lie in the event store. */
export interface PhaseScope {
  projectId: string
  environmentId: string
  plan: Pick<Plan, 'experiment' | 'phase' | 'unitType' | 'metrics' | 'bots'>
  /** End of the phase; what happens later does not count. Null while it runs. */
  endedAt: Date | null
  /** Whether the environment has links between units: without them the simpler queries do. */
  linked: boolean
}

/** A running phase has no end yet: whatever was accepted counts, be its clock a little ahead. */
const OPEN_END = new Date('2200-01-01T00:00:00.000Z')

/** The typed parameters that the fragments below ask for. */
export function phaseParams({ projectId, environmentId, plan, endedAt }: PhaseScope): Record<string, unknown> {
  return {
    project: projectId,
    environment: environmentId,
    experiment: plan.experiment,
    phase: plan.phase,
    unitType: plan.unitType,
    until: storedInstant(endedAt ?? OPEN_END),
    events: [...new Set(plan.metrics.flatMap((metric) => sourcesOf(metric).map(({ event }) => event)))],
    ...botsOf(plan)?.params,
  }
}

/** Whether a unit is a bot by its attributes at the first exposure; null where the plan drops none. */
export function botsOf({ bots }: Pick<Plan, 'bots'>): SqlFragment | null {
  if (bots === undefined || bots.length === 0) return null
  const conditions = bots.map((condition, i) => passes([condition], { prefix: `bot_${i}`, column: 'attributes' }))
  return { sql: `(${conditions.map(({ sql }) => sql).join(' OR ')})`, params: Object.assign({}, ...conditions.map(({ params }) => params)) as Record<string, unknown> }
}

export const inEnvironment = 'project = {project:String} AND environment = {environment:String}'
export const inPhase = `${inEnvironment} AND experiment = {experiment:String} AND phase = {phase:UInt32} AND unitType = {unitType:String}`
export const UNTIL = "{until:DateTime64(3, 'UTC')}"

/** Between an arm and a slice of it. No variant has such a character. */
export const SLICE_MARK = '\u001f'
const sliced = (of: string) => `concat(${of}.arm, '\\x1f', ${of}.slice)`

/**
 * Exposed units with the first exposure; `arm` and `otherArm` differ where a unit met more than one. `slice` is an expression over
 * `attributes`, those of the first exposure, and `exposedAt`.
 */
const exposed = (only = '', slice?: string, bot?: string) => `exposed AS (
  SELECT unit, min(firstAt) AS exposedAt, min(arrayMin(variants)) AS arm, max(arrayMax(variants)) AS otherArm${slice || bot ? ', argMinMerge(first).2 AS attributes' : ''}${slice ? `, ${slice} AS slice` : ''}
  FROM exposed_unit WHERE ${inPhase} ${only}
  GROUP BY unit HAVING exposedAt < ${UNTIL}${bot ? ` AND NOT ${bot}` : ''}
)`

/**
 * An anonymous unit belongs to the user that it was linked to first; every other unit belongs to itself. One level: a
 * user who is in turn linked to another user stays apart.
 */
export const owners = `owners AS (
  SELECT anonymousId AS unit, argMin(userId, (at, id)) AS owner, min(at) AS linkedAt
  FROM link WHERE ${inEnvironment} AND anonymousId != userId AND at < ${UNTIL}
  GROUP BY anonymousId
)`

const owned = (slice?: string) => `owned AS (
  SELECT e.unit AS unit, if(o.owner = '', e.unit, o.owner) AS owner, e.exposedAt AS exposedAt, e.arm AS arm, e.otherArm AS otherArm, o.linkedAt AS linkedAt${slice ? ', e.slice AS slice' : ''}
  FROM exposed AS e LEFT JOIN owners AS o ON e.unit = o.unit
)`

/** Everybody who shares a user with units of two arms, the first link or a later one. */
const mixed = `mixed AS (
  SELECT DISTINCT arrayJoin(people) AS owner FROM (
    SELECT groupUniqArray(w.owner) AS people
    FROM owned AS w INNER JOIN (
      SELECT anonymousId AS unit, userId AS user FROM link WHERE ${inEnvironment} AND at < ${UNTIL}
      UNION DISTINCT
      SELECT userId AS unit, userId AS user FROM link WHERE ${inEnvironment} AND at < ${UNTIL}
    ) AS l ON w.unit = l.unit
    GROUP BY l.user HAVING min(w.arm) != max(w.otherArm)
  )
)`

/**
 * \`people\` (owner, exposedAt, arm, crossed): whom the analysis counts, once each, by the unit that was exposed first.
 * \`members\` (unit, since, owner, exposedAt, arm): the units whose events count for somebody who met one arm only, from
 * when they do: a unit of its own from its exposure, a linked one from the link. `only` narrows the units where none is linked.
 * Units that are a `bot` (`botsOf`) are in neither.
 * With a `slice` an arm is the variant, SLICE_MARK and the slice of whoever was exposed first: every statistic per arm is then one per arm and slice.
 */
export function withPeople(linked: boolean, only = '', slice?: string, bot?: string): string {
  if (!linked) {
    const arm = slice ? sliced('e') : 'e.arm'
    return `WITH ${exposed(only, slice, bot)},
people AS (SELECT e.unit AS owner, e.exposedAt AS exposedAt, ${arm} AS arm, e.arm != e.otherArm AS crossed FROM exposed AS e),
members AS (SELECT e.unit AS unit, e.exposedAt AS since, e.unit AS owner, e.exposedAt AS exposedAt, ${arm} AS arm FROM exposed AS e WHERE e.arm = e.otherArm)`
  }
  const arm = slice ? sliced('g') : 'g.arm'
  return `WITH ${exposed('', slice, bot)},
${owners},
${owned(slice)},
${mixed},
grouped AS (
  SELECT
    w.owner AS owner, min(w.exposedAt) AS firstAt,${slice ? ' argMin(w.slice, (w.exposedAt, w.unit)) AS slice,' : ''} min(w.arm) AS arm, min(w.arm) != max(w.otherArm) OR owner IN (SELECT owner FROM mixed) AS crossed,
    arrayConcat(groupArray((w.unit, w.exposedAt)), groupArrayIf((w.owner, greatest(w.exposedAt, w.linkedAt)), w.unit != w.owner)) AS exposedUnits
  FROM owned AS w GROUP BY w.owner
),
people AS (SELECT g.owner AS owner, g.firstAt AS exposedAt, ${arm} AS arm, g.crossed AS crossed FROM grouped AS g),
members AS (
  SELECT unit, since, of.1 AS owner, of.2 AS exposedAt, of.3 AS arm
  FROM (
    SELECT member.1 AS unit, min(greatest(member.2, firstAt)) AS since, argMin((owner, firstAt, arm), (member.2, owner)) AS of
    FROM (
      SELECT g.owner AS owner, g.firstAt AS firstAt, ${arm} AS arm, arrayJoin(arrayConcat(g.exposedUnits, a.aliases)) AS member
      FROM grouped AS g LEFT JOIN (SELECT owner, groupArray((unit, linkedAt)) AS aliases FROM owners GROUP BY owner) AS a ON g.owner = a.owner
      WHERE NOT g.crossed
    )
    GROUP BY unit
  )
)`
}

/** Units that `withPeople` leaves out as bots, per arm; those who met two arms in none. */
export const droppedBots = (bot: string) => `
SELECT arm, toUInt32(count()) AS n
FROM (
  SELECT unit, min(arrayMin(variants)) AS arm, max(arrayMax(variants)) AS otherArm, argMinMerge(first).2 AS attributes
  FROM exposed_unit WHERE ${inPhase}
  GROUP BY unit HAVING min(firstAt) < ${UNTIL} AND ${bot}
)
WHERE arm = otherArm
GROUP BY arm`

/** A lower bound of what can count: the first exposure, or where what people did before counts too, as much before it. */
const planEvents = `${inEnvironment} AND name IN {events:Array(String)} AND at >= {from:DateTime64(3, 'UTC')} AND at < ${UNTIL}`

/** Half of an id: enough to tell a hundred million apart but for a chance of one in two thousand, and half as much to remember. */
const HALF = 'toUInt64(reinterpretAsUInt128(id))'

export const COUNT_EVENTS = `SELECT toUInt64(count()) AS events FROM event WHERE ${planEvents}`

/** Halves of the ids that the store has more than once: delivered again, or sent again with another time or name. A part of them at a time. */
export const REPEATED_HALVES = `
SELECT half FROM (SELECT ${HALF} AS half FROM event WHERE ${planEvents})
WHERE half % {parts:UInt32} = {part:UInt32}
GROUP BY half HAVING count() > 1`

/**
 * The plan's events, once each: of rows with one id the first received. `repeated` is a table of REPEATED_HALVES, or null where there are none. Nothing is
 * merged on the way as `FINAL` would: only rows whose id may be there again are sorted.
 */
export function eventsOnce(columns: string, repeated: string | null, where: string): string {
  if (repeated === null) return `(SELECT ${columns} FROM event WHERE ${planEvents} AND ${where})`
  return `(
  SELECT ${columns} FROM event WHERE ${planEvents} AND ${HALF} NOT IN (SELECT half FROM ${repeated}) AND ${where}
  UNION ALL
  SELECT ${columns} FROM (SELECT * FROM event WHERE ${planEvents} AND ${HALF} IN (SELECT half FROM ${repeated}) ORDER BY receivedAt LIMIT 1 BY id) WHERE ${where}
)`
}

/**
 * The plan's events that have a unit of the experiment's type. Of rows with one id the first received counts. `more` and
 * `moreRepeats` narrow what is read and which ids are looked for again.
 */
export function planEventRows(repeated: boolean, more = '', moreRepeats = ''): string {
  const later = `SELECT id, arrayJoin(arraySlice(arraySort(groupArray(receivedAt)), 2)) FROM event FINAL WHERE ${planEvents} ${moreRepeats} GROUP BY id HAVING count() > 1`
  return `(
  SELECT name, units[{unitType:String}] AS unit, value, at, id, source, properties
  FROM event FINAL
  WHERE ${planEvents} AND unit != '' ${more} ${repeated ? `AND (id, receivedAt) NOT IN (${later})` : ''}
)`
}

/** Rows with one sorting key have one time, so they lie in one partition. */
export const finalWithinPartitions = { do_not_merge_across_partitions_select_final: 1 } as const
