import type { RequestIssue } from '../contract/errors.ts'

export interface UnitType {
  key: string
  attribute: string
}

/** The one unit type that every project has. */
const USER: UnitType = { key: 'user', attribute: 'targetingKey' }

/** What is wrong with the unit types of a project. The engine reads a unit `x` from `x.id`, else from `x`: nothing else may be promised. */
export function checkUnitTypes(unitTypes: readonly UnitType[]): RequestIssue[] {
  const issues: RequestIssue[] = []
  if (!unitTypes.some(({ key }) => key === USER.key)) issues.push({ path: 'unitTypes', message: 'The unit type user always exists.' })
  for (const [index, { key, attribute }] of unitTypes.entries()) {
    if (unitTypes.findIndex((other) => other.key === key) !== index) issues.push({ path: `unitTypes.${index}.key`, message: `Two unit types have the key ${key}.` })
    if (key.includes('.')) issues.push({ path: `unitTypes.${index}.key`, message: `A unit type has no dot in its key: ${key} would be read from inside another attribute.` })
    const readable = key === USER.key ? [USER.attribute] : [`${key}.id`, key]
    if (!readable.includes(attribute)) issues.push({ path: `unitTypes.${index}.attribute`, message: `A ${key} is read from ${readable.join(', else from ')}.` })
  }
  return issues
}
