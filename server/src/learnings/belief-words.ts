import type { HypothesisDraft } from '../contract/hypotheses.ts'

type Believed = Pick<HypothesisDraft, 'change' | 'audience' | 'direction' | 'minimumEffect' | 'because'>

/** A sealed hypothesis in one sentence, for those who read it years later. */
export function beliefWords({ change, audience, direction, minimumEffect, because }: Believed, metric: string): string {
  const phrase = (text: string) => text.trim().replace(/[.\s]+$/, '')
  const effect = minimumEffect === null ? '' : ` by at least ${Number((minimumEffect * 100).toPrecision(6))}%`
  return `We believe that ${phrase(change)}${audience === '' ? '' : ` for ${phrase(audience)}`} will ${direction === 'increase' ? 'raise' : 'lower'} ${metric}${effect}, because ${phrase(because)}.`
}
