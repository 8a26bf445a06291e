import { percent } from '../format.ts'
import { shareOfLayer, type Range } from './layer-range.ts'

/** What taking a part of a layer means for who takes part and for how long; `coverage` is the share let in, of one. */
export function partMeaning(range: Range, coverage: number | null): string {
  const share = shareOfLayer(range)
  if (share === 0) return 'Nobody can take part.'
  if (share >= 1) return 'The whole layer: everybody may take part, and nothing else fits into the layer beside it.'
  const letIn = coverage === null || coverage >= 1 ? '' : `, and ${percent(share * coverage)} with the ${percent(coverage)} let in`
  const longer = Number((1 / share).toPrecision(2))
  return `Only the people in it may take part: ${percent(share)} of the audience${letIn}. Fewer people per day meet it, so as many people take ${longer === 1 ? 'a little longer' : `about ${longer} times as long`}.`
}
