import type { UnitMetric } from '../analysis/unit-metrics.ts'
import type { UnitPart } from './unit-row.ts'

/** Reads one number of a person in a metric. Too large to be one is more than any other. */
export type PartOf = (part: UnitPart) => number

/** By the part of a metric, the value beyond which it is capped. */
export type PartCaps = ReadonlyMap<UnitPart, number>

/** What is averaged of a person: the value (of a ratio two), without its cap, before the first exposure, and whether a cap lowered it. */
export interface PersonValues {
  after: number[]
  uncapped: number[]
  before: number[]
  isCapped: boolean
}

/** Parts that a cap may lower: after and before the first exposure, each by its own. */
export function cappedParts({ metric, adjusted }: UnitMetric): UnitPart[] {
  if (!metric.cap || metric.type === 'quantile') return []
  const ratio = metric.type === 'ratio'
  return ['value', ...(ratio ? ['denominator' as const] : []), ...(adjusted ? ['before' as const, ...(ratio ? ['denominatorBefore' as const] : [])] : [])]
}

/** How many numbers `personValues` gives; none of a quantile, which is no average. */
export function sizesOf(of: UnitMetric, caps: PartCaps): { after: number; uncapped: number; before: number } {
  const { after, uncapped, before } = personValues(of, () => 0, caps)
  return { after: after.length, uncapped: uncapped.length, before: before.length }
}

/** As the analysis takes them; who has no history has a variable of its own that says so. */
export function personValues({ metric, sources, adjusted }: UnitMetric, part: PartOf, caps: PartCaps): PersonValues {
  const lowered = (name: UnitPart) => loweredTo(part(name), caps.get(name))
  switch (metric.type) {
    case 'conversion':
    case 'retention':
      return { after: [part('value')], uncapped: [], before: adjusted ? [part('before'), 1 - part('before')] : [], isCapped: false }
    case 'funnel':
      return { after: [part('steps') === sources.length ? 1 : 0], uncapped: [], before: adjusted ? [part('before'), 1 - part('hadEventBefore')] : [], isCapped: false }
    case 'quantile':
      return { after: [], uncapped: [], before: [], isCapped: false }
    case 'count':
    case 'sum':
    case 'mean':
      return { ...cappedOf(['value'], part, caps), after: [lowered('value')], before: adjusted ? [lowered('before'), 1 - part('hadEventBefore')] : [] }
    case 'ratio':
      return { ...cappedOf(['value', 'denominator'], part, caps), after: [lowered('value'), lowered('denominator')], before: adjusted ? [lowered('before'), lowered('denominatorBefore')] : [] }
  }
}

function cappedOf(parts: readonly UnitPart[], part: PartOf, caps: PartCaps): Pick<PersonValues, 'uncapped' | 'isCapped'> {
  const capped = parts.filter((name) => caps.has(name))
  return { uncapped: capped.length === 0 ? [] : parts.map(part), isCapped: capped.some((name) => loweredTo(part(name), caps.get(name)) !== part(name)) }
}

/** A cap lowers what is there: who has nothing keeps nothing. */
export function loweredTo(value: number, cap: number | undefined): number {
  return cap !== undefined && value > cap && value !== 0 ? cap : value
}
