import type { Project } from '@assay/server/contract'

export type UnitType = Project['unitTypes'][number]

/** The unit type that every project has: the targeting key of the context. */
export const USER = 'user'

/** Where the engine may read a unit of a type from; it looks in this order. */
export function attributesOf(key: string): string[] {
  return key === USER ? ['targetingKey'] : [`${key}.id`, key]
}

/** A type under another key, read from the same place of its context. */
export function renamed(unitType: UnitType, key: string): UnitType {
  const [nested = '', itself = nested] = attributesOf(key)
  return { key, attribute: unitType.attribute === unitType.key && unitType.key !== '' ? itself : nested }
}

/** What is wrong with a type of the list, in words; null where it may be saved. */
export function unitTypeProblem(unitTypes: readonly UnitType[], index: number): string | null {
  const key = unitTypes[index]?.key ?? ''
  if (key === '') return 'Name the unit type.'
  if (!/^[a-z0-9][a-z0-9_-]{0,99}$/.test(key)) return 'Use lower-case letters, digits, dashes or underscores, starting with a letter or digit.'
  return unitTypes.findIndex((other) => other.key === key) === index ? null : `${key} is in the list already.`
}
