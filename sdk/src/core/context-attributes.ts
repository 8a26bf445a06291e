import { isRecord } from './attribute.ts'
import type { Context } from './evaluation.ts'
import type { Exposure, ExposureAttribute } from './exposed.ts'

const MOST_ATTRIBUTES = 100
const LONGEST_NAME = 200
const LONGEST_TEXT = 1000
/** `company.address.country` is three levels. */
const DEEPEST_ATTRIBUTE = 4
const MOST_LOOKED_AT = 1000

/** Scalar attributes by dotted path without the targeting key: at most 100, texts of at most 1,000 characters, nothing from arrays. */
export function attributesOf(context: Context): Exposure['attributes'] {
  const attributes: Record<string, ExposureAttribute> = Object.create(null) as Record<string, ExposureAttribute>
  const room = { attributes: MOST_ATTRIBUTES, looks: MOST_LOOKED_AT }
  gather(context, '', 1)
  return attributes

  function gather(record: Readonly<Record<string, unknown>>, prefix: string, depth: number): void {
    for (const key of keysOf(record)) {
      if (room.attributes <= 0 || room.looks-- <= 0) return
      const name = prefix + key
      const value = name === 'targetingKey' ? undefined : valueOf(record, key)
      if (name.length > LONGEST_NAME) continue
      if (isScalar(value)) {
        attributes[name] = value
        room.attributes--
      } else if (depth < DEEPEST_ATTRIBUTE && isRecord(value) && !isList(value)) {
        gather(value, `${name}.`, depth + 1)
      }
    }
  }
}

function isScalar(value: unknown): value is ExposureAttribute {
  return typeof value === 'boolean' || (typeof value === 'string' && value.length <= LONGEST_TEXT) || (typeof value === 'number' && Number.isFinite(value))
}

function keysOf(record: object): string[] {
  try {
    return Object.keys(record)
  } catch {
    return []
  }
}

function valueOf(record: Readonly<Record<string, unknown>>, key: string): unknown {
  try {
    return record[key]
  } catch {
    return undefined
  }
}

function isList(value: object): boolean {
  try {
    return Array.isArray(value)
  } catch {
    return true
  }
}
