import type { Analysis } from '@assay/server/contract'
import { lift } from '../../ui/effect-format.ts'
import { count } from '../../ui/format.ts'

/** What the data can see by now, as facts; one pair per treatment. Nothing where it is not known. */
export function powerFacts({ power = [] }: Pick<Analysis, 'power'>): (readonly [string, string])[] {
  return power.flatMap(({ arm, detectable, unitsNeeded }) => {
    if (detectable === null || unitsNeeded === null) return []
    const of = power.length > 1 ? `, ${arm}` : ''
    return [[`Smallest change it can see${of}`, lift(detectable).replace('+', '±')], [`People still needed${of}`, unitsNeeded === 0 ? 'enough' : `about ${count(Number(unitsNeeded.toPrecision(2)))}`]] as const
  })
}
