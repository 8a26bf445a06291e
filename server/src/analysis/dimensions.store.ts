import type { Dimension, Slice } from '../contract/dimensions.ts'
import type { Plan } from '../contract/experiments.ts'
import type { ClickHouseClient } from '../platform/clickhouse.ts'
import { createAnalysisStore } from './analysis.store.ts'
import { botsOf, inPhase, phaseParams, type PhaseScope, SLICE_MARK, UNTIL, withPeople } from './phase-sql.store.ts'
import type { SliceObservation } from './read-slices.ts'

type Phase = Omit<PhaseScope, 'linked' | 'plan'> & { plan: Plan; now: Date }

/** An attribute of the first exposure, or the day of it. */
export type Splitting = { attribute: string } | 'first_day'

/** Values with most people that are shown each for itself. */
const MOST_VALUES = 20
const MOST_ATTRIBUTES = 100

/** The primary metric of a phase by what people were like when they were first exposed. */
export function createDimensionsStore(events: ClickHouseClient) {
  async function rows<T>(query: string, query_params: Record<string, unknown>): Promise<T[]> {
    const result = await events.query({ query, query_params, format: 'JSONEachRow' })
    return result.json<T>()
  }

  return {
    /** What exposures carried, of units that are not null there. */
    async attributes(phase: Phase): Promise<Dimension['attributes']> {
      const found = await rows<Dimension['attributes'][number]>(attributesSql(botsOf(phase.plan)?.sql), { ...phaseParams({ ...phase, linked: false }), most: MOST_ATTRIBUTES })
      return found.map(({ name, values, people }) => ({ name, values: Number(values), people: Number(people) }))
    },

    async slices(phase: Phase, by: Splitting): Promise<SliceObservation[]> {
      const valueOf = by === 'first_day' ? DAY : VALUE
      const params = { ...phaseParams({ ...phase, linked: false }), ...(by === 'first_day' ? {} : { attribute: by.attribute }), most: MOST_VALUES }
      const shown = (await rows<{ slice: string }>(`${withPeople(false, '', valueOf, botsOf(phase.plan)?.sql)} ${SHOWN}`, params)).map(({ slice }) => slice)
      const keys = [...shown, OTHER, MISSING]
      const primary = phase.plan.metrics.find(({ role }) => role === 'primary')
      const plan: Plan = {
        ...phase.plan,
        cupedDays: null,
        metrics: primary ? [primary] : [],
        arms: phase.plan.arms.flatMap(({ variant, weight }) => keys.map((key) => ({ variant: `${variant}${SLICE_MARK}${key}`, weight }))),
      }
      const { exposed, metrics } = await createAnalysisStore(events).observe({ ...phase, plan }, { sql: `if(${valueOf} IN {shown:Array(String)} OR ${valueOf} = '${MISSING}', ${valueOf}, '${OTHER}')`, params: { ...params, shown } })
      return keys.map((key): SliceObservation => ({
        ...told(key),
        exposed: new Map(phase.plan.arms.map(({ variant }) => [variant, exposed.filter(({ arm }) => arm === `${variant}${SLICE_MARK}${key}`).reduce((sum, { units }) => sum + units, 0)])),
        arms: phase.plan.arms.flatMap(({ variant }) => (metrics[0]?.arms ?? []).filter(({ arm }) => arm === `${variant}${SLICE_MARK}${key}`).map((arm) => ({ ...arm, arm: variant }))),
      }))
    },
  }
}

const OTHER = 'o'
const MISSING = 'm'

/** Values start with a letter, so that none is taken for what is not one. */
function told(key: string): { kind: Slice['kind']; value: string } {
  if (key === OTHER) return { kind: 'other', value: '' }
  return key === MISSING ? { kind: 'missing', value: '' } : { kind: 'value', value: key.slice(1) }
}

const DAY = "concat('v', toString(toDate(exposedAt, 'UTC')))"
/** Texts as they are, everything else as it is written in JSON; both no longer than a table can show. */
const VALUE = `multiIf(JSONType(attributes, {attribute:String}) = 'Null', '${MISSING}', JSONType(attributes, {attribute:String}) = 'String', concat('v', left(JSONExtractString(attributes, {attribute:String}), 200)), concat('v', left(JSONExtractRaw(attributes, {attribute:String}), 200)))`

const SHOWN = `SELECT slice FROM exposed WHERE slice != '${MISSING}' GROUP BY slice ORDER BY count() DESC, slice LIMIT {most:UInt32}`

const attributesSql = (bot?: string) => `
SELECT name, toUInt32(uniq(value)) AS values, toUInt32(count()) AS people
FROM (
  SELECT pair.1 AS name, pair.2 AS value
  FROM (SELECT argMinMerge(first).2 AS attributes FROM exposed_unit WHERE ${inPhase} GROUP BY unit HAVING min(firstAt) < ${UNTIL}${bot ? ` AND NOT ${bot}` : ''})
  ARRAY JOIN JSONExtractKeysAndValuesRaw(attributes) AS pair
  WHERE value != 'null'
)
GROUP BY name ORDER BY people DESC, name LIMIT {most:UInt32}`
