import { attributeReader, isRecord } from './attribute.ts'
import type { Context } from './evaluation.ts'
import { ownRecord, readOwn, siteOf } from './own-property.ts'

/** The context of a caller who gave none, or something that is no object. */
export const EMPTY_CONTEXT: Context = Object.freeze({})

const USER_SITE = siteOf('targetingKey')

/** What evaluation reads of whatever a caller gave. */
export function readableContext(given: unknown): Context {
  return isRecord(given) ? ownRecord(given) : EMPTY_CONTEXT
}

/**
 * The unit of a type as text, undefined if the context lacks it. `user` is the targeting key; any other type `x` is
 * read from `x.id`, else from `x` itself.
 */
export function unitOf(context: Context, unitType: string): string | undefined {
  return unitReader(unitType)(readableContext(context))
}

/** `unitOf` for many readable contexts. Never throws. */
export function unitReader(unitType: string): (context: Context) => string | undefined {
  if (unitType === 'user') return userOf
  const id = safely(attributeReader(`${unitType}.id`))
  const itself = safely(attributeReader(unitType))
  return (context) => id(context) ?? itself(context)
}

function userOf(context: Context): string | undefined {
  try {
    return unitText(readOwn(context, 'targetingKey', USER_SITE))
  } catch {
    return undefined
  }
}

function safely(read: (context: Context) => unknown): (context: Context) => string | undefined {
  return (context) => {
    try {
      return unitText(read(context))
    } catch {
      return undefined
    }
  }
}

/** A unit is `String(x)` of a text, number or boolean; an empty text, NaN, an infinity and everything else are missing. */
function unitText(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined
  return typeof value === 'boolean' ? String(value) : undefined
}
