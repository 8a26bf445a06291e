import type { Plan } from '../contract/experiments.ts'
import { storedInstant } from '../ingest/accept-batch.ts'

/** Where the rows of one phase lie in the event store. */
export interface PhaseScope {
  projectId: string
  environmentId: string
  plan: Pick<Plan, 'experiment' | 'phase' | 'unitType' | 'metrics'>
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
    events: [...new Set(plan.metrics.map((metric) => metric.event))],
  }
}

export const inEnvironment = 'project = {project:String} AND environment = {environment:String}'
export const inPhase = `${inEnvironment} AND experiment = {experiment:String} AND phase = {phase:UInt32} AND unitType = {unitType:String}`
export const UNTIL = "{until:DateTime64(3, 'UTC')}"

/** Exposed units with the first exposure; `arm` and `otherArm` differ where a unit met more than one. */
const exposed = (only = '') => `exposed AS (
  SELECT unit, min(firstAt) AS exposedAt, min(arrayMin(variants)) AS arm, max(arrayMax(variants)) AS otherArm
  FROM exposed_unit WHERE ${inPhase} ${only}
  GROUP BY unit HAVING exposedAt < ${UNTIL}
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

const owned = `owned AS (
  SELECT e.unit AS unit, if(o.owner = '', e.unit, o.owner) AS owner, e.exposedAt AS exposedAt, e.arm AS arm, e.otherArm AS otherArm, o.linkedAt AS linkedAt
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
 */
export function withPeople(linked: boolean, only = ''): string {
  if (!linked) {
    return `WITH ${exposed(only)},
people AS (SELECT unit AS owner, exposedAt, arm, arm != otherArm AS crossed FROM exposed),
members AS (SELECT unit, exposedAt AS since, unit AS owner, exposedAt, arm FROM exposed WHERE arm = otherArm)`
  }
  return `WITH ${exposed()},
${owners},
${owned},
${mixed},
grouped AS (
  SELECT
    w.owner AS owner, min(w.exposedAt) AS firstAt, min(w.arm) AS arm, min(w.arm) != max(w.otherArm) OR owner IN (SELECT owner FROM mixed) AS crossed,
    arrayConcat(groupArray((w.unit, w.exposedAt)), groupArrayIf((w.owner, greatest(w.exposedAt, w.linkedAt)), w.unit != w.owner)) AS exposedUnits
  FROM owned AS w GROUP BY w.owner
),
people AS (SELECT owner, firstAt AS exposedAt, arm, crossed FROM grouped),
members AS (
  SELECT unit, since, of.1 AS owner, of.2 AS exposedAt, of.3 AS arm
  FROM (
    SELECT member.1 AS unit, min(greatest(member.2, firstAt)) AS since, argMin((owner, firstAt, arm), (member.2, owner)) AS of
    FROM (
      SELECT g.owner AS owner, g.firstAt AS firstAt, g.arm AS arm, arrayJoin(arrayConcat(g.exposedUnits, a.aliases)) AS member
      FROM grouped AS g LEFT JOIN (SELECT owner, groupArray((unit, linkedAt)) AS aliases FROM owners GROUP BY owner) AS a ON g.owner = a.owner
      WHERE NOT g.crossed
    )
    GROUP BY unit
  )
)`
}

/** A lower bound of what can count: the first exposure. */
const planEvents = `${inEnvironment} AND name IN {events:Array(String)} AND at >= {from:DateTime64(3, 'UTC')} AND at < ${UNTIL}`

/**
 * Whether a client sent an id again with another time or name, which the table's sorting key does not take for the same
 * event. `FINAL` alone is right for everybody else, and cheaper.
 */
export const REPEATED_IDS = `SELECT count() > uniqExact(id) AS repeated FROM event FINAL WHERE ${planEvents}`

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
