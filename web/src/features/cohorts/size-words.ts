import type { CohortSize } from '@assay/server/contract'
import { count, percent, plural } from '../../ui/format.ts'

/** Units of a kind, as they are counted: `1 person`, `40 people`, `3 units of company`. */
export function unitsOf(unit: string, n: number): string {
  return unit === 'user' ? plural(n, 'person', 'people') : `${plural(n, 'unit')} of ${unit}`
}

/** How many are in, of whom. */
export function insideText({ inside, basis }: CohortSize, unit: string): string {
  return `${count(inside)} of the ${unitsOf(unit, basis.units)} seen lately`
}

/** Of whom nothing can be said, and why; null where there is nobody. */
export function unknownText({ unknown, basis }: CohortSize): string | null {
  if (unknown === 0) return null
  return `${count(unknown)} more (${percent(unknown / basis.units)}) cannot be told: services did not send what the condition asks.`
}

/** A value that the condition asked about, as it is read. */
export function valueText(value: CohortSize['examples'][number]['attributes'][string]): string {
  return value === null || value === undefined ? 'not known' : typeof value === 'string' ? value : JSON.stringify(value)
}
