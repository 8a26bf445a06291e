import type { Plan } from '../contract/experiments.ts'
import { botsOf, withPeople } from './phase-sql.store.ts'

/**
 * All that a join must know of somebody in one number: the first exposure in milliseconds since 1900, how many of the plan's waits are over, and the arm, from 1 in the
 * plan's order; 0 for who met two, 1023 for an arm that the plan does not have.
 */
const ABOUT = `toInt64((exposedMs + ${'2208988800000'}) * 1048576 + over * 1024 + armIndex)`
export const about = {
  exposedMs: (of: string) => `(bitShiftRight(${of}, 20) - 2208988800000)`,
  over: (of: string) => `toUInt16(bitAnd(bitShiftRight(${of}, 10), 1023))`,
  arm: (of: string) => `toUInt16(bitAnd(${of}, 1023))`,
} as const
export const NO_ARM = 1023

const KNOWN = `toUnixTimestamp64Milli(exposedAt) AS exposedMs, arrayCount(wait -> {cutoff:Int64} - exposedMs >= wait, {waits:Array(Int64)}) AS over`
const armIndex = (crossed: string) => `if(${crossed}, 0, if(has({arms:Array(String)}, arm), indexOf({arms:Array(String)}, arm), ${NO_ARM})) AS armIndex`

interface Whom {
  plan: Pick<Plan, 'bots'>
  linked: boolean
  slice?: string | undefined
}

/** \`who\`, \`about\`: everybody once, also who met two arms. A hash of 64 bits stands for the name: of ten million two are the same once in 400,000 analyses. */
export function peopleSql({ plan, linked, slice }: Whom): string {
  return `${withPeople(linked, '', slice, botsOf(plan)?.sql)}
SELECT who, ${ABOUT} AS about FROM (SELECT sipHash64(owner) AS who, ${KNOWN}, ${armIndex('crossed')} FROM people)`
}

/** \`unit\`, \`who\`, \`sinceMs\`, \`about\`: the units whose events count for somebody. Where none is linked everybody is their own. */
export function membersSql({ plan, slice }: Omit<Whom, 'linked'>): string {
  return `${withPeople(true, '', slice, botsOf(plan)?.sql)}
SELECT unit, who, sinceMs, ${ABOUT} AS about
FROM (SELECT sipHash64(m.unit) AS unit, sipHash64(m.owner) AS who, toUnixTimestamp64Milli(m.since) AS sinceMs, m.exposedAt AS exposedAt, m.arm AS arm, ${KNOWN}, ${armIndex('0')} FROM members AS m)`
}

/** How many people, by arm, day (UTC) of the first exposure, day from which they count in the primary metric, and waits that are over. */
export const countPeople = (people: string) => `
SELECT ${about.arm('about')} AS arm, toString(toDate(fromUnixTimestamp64Milli(exposedMs, 'UTC'), 'UTC')) AS day,
  toString(toDate(fromUnixTimestamp64Milli(exposedMs + {primaryWait:Int64}, 'UTC'), 'UTC')) AS enterDay, ${about.over('about')} AS over, toUInt64(count()) AS units
FROM (SELECT about, ${about.exposedMs('about')} AS exposedMs FROM ${people})
GROUP BY arm, day, enterDay, over`

export interface PeopleRow {
  arm: number
  day: string
  enterDay: string
  over: number
  units: number
}
