import type { Context, Json } from '@assay/sdk/core'

/** A unit that was seen, with what was known of it: other units of its context, and its attributes by dotted path or nested. */
export interface SeenUnit {
  unit: string
  units: Readonly<Record<string, string>>
  attributes: Readonly<Record<string, Json>>
  /** Milliseconds since 1970. */
  at: number
}

/** The context that the SDK would be given for the unit: `user` is the targeting key, any other type is read from `type.id`. */
export function unitContext(unitType: string, { unit, units, attributes }: SeenUnit): Context {
  const { user, ...others } = { ...units, [unitType]: unit }
  const ids = Object.fromEntries(Object.entries(others).map(([type, id]) => [`${type}.id`, id]))
  return { ...attributes, ...ids, ...(user === undefined ? {} : { targetingKey: user }) }
}
