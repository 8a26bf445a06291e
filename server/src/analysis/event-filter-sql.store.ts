import type { PropertyFilter } from '../contract/metrics.ts'

/** SQL with the typed parameters that it asks for: what a person wrote is only ever a parameter. */
export interface SqlFragment {
  sql: string
  params: Record<string, unknown>
}

interface Place {
  /** Starts the names of the parameters, so that fragments of one query keep apart: letters, digits and underscores. */
  prefix: string
  /** Column with the JSON object, `properties` unless told. */
  column?: string
}

type Value = PropertyFilter['values'][number]

/** Whether an event passes all conditions: `1` without any. A property that is missing or null passes none, `not_equals` neither. */
export function passes(filter: readonly PropertyFilter[] | undefined, { prefix, column = 'properties' }: Place): SqlFragment {
  if (filter === undefined || filter.length === 0) return { sql: '1', params: {} }
  const conditions = filter.map((one, i) => conditionOf(one, `${prefix}_${i}`, column))
  return { sql: `(${conditions.map(({ sql }) => sql).join(' AND ')})`, params: Object.assign({}, ...conditions.map(({ params }) => params)) as Record<string, unknown> }
}

/** What an event is worth, as a nullable number: its own value, or a property of it. What is no number is null, a number written as text too. */
export function valueOf(property: string | undefined, { prefix, column = 'properties' }: Place): SqlFragment {
  if (property === undefined) return { sql: 'value', params: {} }
  const name = `{${prefix}_property:String}`
  return { sql: `if(${isNumber(column, name)}, JSONExtractFloat(${column}, ${name}), NULL)`, params: { [`${prefix}_property`]: property } }
}

function conditionOf({ property, op, values }: PropertyFilter, prefix: string, column: string): SqlFragment {
  const name = `{${prefix}_name:String}`
  const named = { [`${prefix}_name`]: property }
  const has = `JSONType(${column}, ${name}) != 'Null'`
  switch (op) {
    case 'exists':
      return { sql: has, params: named }
    case 'equals':
    case 'in': {
      const { sql, params } = isOneOf(values, prefix, column, name)
      return { sql, params: { ...named, ...params } }
    }
    case 'not_equals': {
      const { sql, params } = isOneOf(values, prefix, column, name)
      return { sql: `(${has} AND NOT ${sql})`, params: { ...named, ...params } }
    }
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte': {
      const [limit] = values
      if (limit === undefined || typeof limit === 'boolean') throw new Error(`The condition on ${property} has nothing to compare with: definitions are checked before they are stored.`)
      return { sql: compared(signs[op], limit, prefix, column, name), params: { ...named, [`${prefix}_limit`]: limit } }
    }
  }
}

const signs = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const

/** Numbers by size, texts by their bytes: versions of one length and ISO times sort as they read. */
function compared(sign: string, limit: Exclude<Value, boolean>, prefix: string, column: string, name: string): string {
  return typeof limit === 'number'
    ? `(${isNumber(column, name)} AND JSONExtractFloat(${column}, ${name}) ${sign} {${prefix}_limit:Float64})`
    : `(${isText(column, name)} AND JSONExtractString(${column}, ${name}) ${sign} {${prefix}_limit:String})`
}

/** A value equals only one of its own type: 1 is neither "1" nor true. */
function isOneOf(values: readonly Value[], prefix: string, column: string, name: string): SqlFragment {
  const texts = values.filter((value) => typeof value === 'string')
  const numbers = values.filter((value) => typeof value === 'number')
  const booleans = values.filter((value) => typeof value === 'boolean')
  const parts = [
    ...(texts.length > 0 ? [`${isText(column, name)} AND JSONExtractString(${column}, ${name}) IN {${prefix}_texts:Array(String)}`] : []),
    ...(numbers.length > 0 ? [`${isNumber(column, name)} AND JSONExtractFloat(${column}, ${name}) IN {${prefix}_numbers:Array(Float64)}`] : []),
    ...(booleans.length > 0 ? [`JSONType(${column}, ${name}) = 'Bool' AND JSONExtractBool(${column}, ${name}) IN {${prefix}_booleans:Array(Bool)}`] : []),
  ]
  return {
    sql: parts.length === 0 ? '0' : `(${parts.map((part) => `(${part})`).join(' OR ')})`,
    params: {
      ...(texts.length > 0 ? { [`${prefix}_texts`]: texts } : {}),
      ...(numbers.length > 0 ? { [`${prefix}_numbers`]: numbers } : {}),
      ...(booleans.length > 0 ? { [`${prefix}_booleans`]: booleans } : {}),
    },
  }
}

const isNumber = (column: string, name: string) => `JSONType(${column}, ${name}) IN ('Int64', 'UInt64', 'Double')`
const isText = (column: string, name: string) => `JSONType(${column}, ${name}) = 'String'`
