import type { Context } from '../core/index.ts'

type Attributes = Record<string, unknown>

/** The unit of a type as the server reads it: the targeting key of `user`, else `x.id`, else `x` itself. */
export function unitOf(context: Context, type: string): string | undefined {
  const value = type === 'user' ? context.targetingKey : (context[`${type}.id`] ?? idOf(context[type]) ?? context[type])
  const unit = String(typeof value === 'object' ? '' : (value ?? ''))
  return unit && unit.length <= 500 ? unit : undefined
}

/** Units of a context by type; every attribute with an `id` is one, so that an event counts for experiments that start later. Undefined for none. */
export function unitsOf(context: Context, types: readonly string[]): Record<string, string> | undefined {
  let units: Record<string, string> | undefined
  for (const type of ['user', ...types, ...Object.keys(context).filter((name) => idOf(context[name]))].slice(0, 20)) {
    const unit = unitOf(context, type)
    if (unit) units = { ...units, [type]: unit }
  }
  return units
}

function idOf(value: unknown): unknown {
  return (value as { id?: unknown } | null | undefined)?.id
}

/** Scalar attributes by dotted path, without the targeting key, lists and private ones. */
export function attributesOf(context: Context, privatePaths: readonly string[]): Attributes {
  const attributes: Attributes = {}
  function gather(record: object, prefix: string): void {
    for (const [key, value] of Object.entries(record) as [string, unknown][]) {
      const name = prefix + key
      if (name === 'targetingKey' || Array.isArray(value) || privatePaths.some((path) => `${name}.`.startsWith(`${path}.`))) continue
      if (value && typeof value === 'object') gather(value, `${name}.`)
      else if (value !== null) attributes[name] = value
    }
  }
  gather(context, '')
  return attributes
}
