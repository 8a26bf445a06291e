import type { Json } from '@assay/sdk/core'
import type { KnownAttribute } from '../contract/attributes.ts'
import type { SeenUnit } from '../impact/unit-context.ts'

const MOST_ATTRIBUTES = 200
const MOST_VALUES = 20
/** Of one attribute: an id of everybody would fill the memory and helps nobody to choose. */
const MOST_COUNTED = 2000
const LONGEST_VALUE = 100
const DEEPEST = 5

interface Counted {
  units: number
  values: Map<string, { value: Json; units: number }>
}

/** Attributes by how many units they are known of, each with the values that more than one unit has. */
export function knownAttributes(seen: readonly SeenUnit[]): KnownAttribute[] {
  const counted = new Map<string, Counted>()
  for (const { attributes } of seen) {
    for (const [path, value] of leaves(attributes)) {
      const known = counted.get(path) ?? { units: 0, values: new Map() }
      counted.set(path, known)
      known.units += 1
      for (const one of new Set(Array.isArray(value) ? value : [value])) count(known.values, one)
    }
  }
  return [...counted]
    .sort(([a, one], [b, other]) => other.units - one.units || (a < b ? -1 : 1))
    .slice(0, MOST_ATTRIBUTES)
    .map(([path, { units, values }]) => ({ path, share: units / seen.length, values: common(values) }))
}

function count(values: Counted['values'], value: Json): void {
  if (typeof value === 'object' || String(value).length > LONGEST_VALUE) return
  const name = JSON.stringify(value)
  const known = values.get(name)
  if (known) known.units += 1
  else if (values.size < MOST_COUNTED) values.set(name, { value, units: 1 })
}

function common(values: Counted['values']): Json[] {
  return [...values.values()].filter(({ units }) => units > 1).sort((a, b) => b.units - a.units || (JSON.stringify(a.value) < JSON.stringify(b.value) ? -1 : 1)).slice(0, MOST_VALUES).map(({ value }) => value)
}

/** What is in a context, each by its dotted path once; null is not known. */
function leaves(attributes: Readonly<Record<string, Json>>, prefix = '', depth = 1): Map<string, Json> {
  return new Map(Object.entries(attributes).flatMap(([key, value]): [string, Json][] => {
    const path = `${prefix}${key}`
    if (value === null) return []
    if (typeof value === 'object' && !Array.isArray(value)) return depth < DEEPEST ? [...leaves(value, `${path}.`, depth + 1)] : []
    return [[path, value]]
  }))
}
