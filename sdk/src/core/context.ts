import { attributeReader, isRecord } from './attribute.ts'
import type { Context } from './evaluation.ts'

/** The context of a caller who gave none, or something that is no object. */
export const EMPTY_CONTEXT: Context = Object.freeze({})

/**
 * The unit of a type as text, undefined if the context lacks it. `user` is the targeting key; any other type `x` is
 * read from `x.id`, else from `x` itself.
 */
export function unitOf(context: Context, unitType: string): string | undefined {
  return unitReader(unitType)(context)
}

/** `unitOf` for many contexts. Never throws. */
export function unitReader(unitType: string): (context: Context) => string | undefined {
  if (unitType === 'user') return readUser
  const id = safely(attributeReader(`${unitType}.id`))
  const itself = safely(attributeReader(unitType))
  return (context) => id(context) ?? itself(context)
}

const readUser = safely(attributeReader('targetingKey'))

function safely(read: (context: Context) => unknown): (context: Context) => string | undefined {
  return (context) => {
    try {
      return isRecord(context) ? unitText(read(context)) : undefined
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
