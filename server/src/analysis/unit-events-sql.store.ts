import { about, NO_ARM } from './people-sql.store.ts'
import { eventsOnce } from './phase-sql.store.ts'
import type { UnitValues } from './unit-values-sql.store.ts'

/** Tables of one analysis that its questions read. */
export interface KeptTables {
  people: string
  /** Null where no unit is linked to another. */
  members: string | null
  repeated: string | null
}

/**
 * \`who\`, \`about\`, \`elapsed\` (milliseconds since the first exposure), \`post\`, \`pre\` and values: every event that counts for somebody, or did before they were exposed. Before,
 * only of units that were theirs by then: whether a unit is linked later may depend on the arm.
 */
export function unitEvents({ people, members, repeated }: KeptTables, { eventColumns, eventNames, postBits, preBits }: UnitValues): string {
  const events = eventsOnce(`sipHash64(units[{unitType:String}]) AS unit, toUnixTimestamp64Milli(at) AS atMs, ${eventColumns}`, repeated, 'mask != 0')
  const known = members === null ? `(SELECT who AS unit, about FROM ${people} WHERE ${isInArm})` : `(SELECT unit, who, sinceMs, about FROM ${members} WHERE ${isInArm})`
  const who = members === null ? 'e.unit AS who, 1 AS isSince, 1 AS isFirst' : `m.who AS who, e.atMs >= m.sinceMs AS isSince, m.sinceMs = ${about.exposedMs('m.about')} AS isFirst`
  return `(
  SELECT who, about, elapsed, if(isSince, ${postBits}, 0) AS post, ${preBits} AS pre, ${eventNames.join(', ')}
  FROM (
    SELECT ${who}, m.about AS about, e.atMs - ${about.exposedMs('m.about')} AS elapsed, ${eventNames.map((name) => `e.${name} AS ${name}`).join(', ')}
    FROM ${events} AS e INNER JOIN ${known} AS m ON e.unit = m.unit
  )
  WHERE post != 0 OR pre != 0
)`
}

const isInArm = `${about.arm('about')} BETWEEN 1 AND ${NO_ARM - 1}`

/** The first pass: one row per person who has an event, with the values of all metrics; \`who\` where rows are told apart later. */
export function unitValuesSql(kept: KeptTables, values: UnitValues, withWho = false): string {
  return `
SELECT ${withWho ? 'who, ' : ''}${about.arm('about')} AS arm, ${about.over('about')} AS over, ${values.unitColumns}
FROM ${unitEvents(kept, values)}
GROUP BY who, about`
}
