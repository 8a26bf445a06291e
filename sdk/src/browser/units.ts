import type { Context } from '../core/index.ts'

const LONGEST_UNIT = 500
const MOST_ATTRIBUTES = 100
const DEEPEST = 4
type Attributes = Record<string, string | number | boolean>

/** The unit of a type as the server reads it: the targeting key of `user`, else `x.id`, else `x` itself. */
export function unitOf(context: Context, type: string): string | undefined {
  const value = type === 'user' ? context.targetingKey : (context[`${type}.id`] ?? idOf(context[type]) ?? context[type])
  const unit = typeof value === 'object' || value === undefined ? '' : String(value)
  return unit !== '' && unit.length <= LONGEST_UNIT ? unit : undefined
}

/** Units of a context by type; every attribute with an `id` is one, so that an event counts for experiments that start later. */
export function unitsOf(context: Context, types: readonly string[]): Record<string, string> {
  const all = ['user', ...types, ...Object.keys(context).filter((name) => idOf(context[name]) !== undefined)]
  return Object.fromEntries([...new Set(all)].slice(0, 20).flatMap((type) => (unitOf(context, type) === undefined ? [] : [[type, unitOf(context, type) ?? '']])))
}

function idOf(value: unknown): unknown {
  return (value as { id?: unknown } | null | undefined)?.id
}

/** Scalar attributes by dotted path, without the targeting key, lists and private ones. */
export function attributesOf(context: Context, privatePaths: readonly string[]): Attributes {
  const attributes: Attributes = {}
  let room = MOST_ATTRIBUTES
  function gather(record: object, prefix: string, depth: number): void {
    for (const [key, value] of Object.entries(record) as [string, unknown][]) {
      const name = prefix + key
      if (name === 'targetingKey' || name.length > 200 || privatePaths.some((path) => `${name}.`.startsWith(`${path}.`))) continue
      if (typeof value === 'object') {
        if (value && !Array.isArray(value) && depth < DEEPEST) gather(value, `${name}.`, depth + 1)
      } else if (String(value).length <= 1000 && room-- > 0) {
        attributes[name] = value as string
      }
    }
  }
  gather(context, '', 1)
  return attributes
}
