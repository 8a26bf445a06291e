import type { LayerRange, Serve, Split } from '@assay/sdk/core'
import { sameValue, sameVariants } from '@assay/server/contract'
import { percent } from '../format.ts'
import type { SplitPart } from '../split-bar.tsx'
import type { Naming } from './naming.ts'

/** Everything a split counts is counted of this. */
export const WHOLE = 100_000

export function isSplit(serve: Serve): serve is Split {
  return 'arms' in serve
}

/** `Express`, or `Control 50%, Express 50%`, with whom a split reaches and what it goes by where that is not everyone by person. */
export function serveText(serve: Serve, naming: Naming): string {
  if (!isSplit(serve)) return naming.variant(serve.variant)
  const arms = serve.arms.map((arm) => `${naming.variant(arm.variant)} ${percent(arm.weight / WHOLE)}`).join(', ')
  return `${arms}${serve.coverage < WHOLE ? ` of the ${percent(serve.coverage / WHOLE)} it reaches` : ''}${serve.unit === 'user' ? '' : `, by ${serve.unit}`}${serve.layer ? `, in ${layerText(serve.layer)}` : ''}`
}

/** `20% to 50% of the layer checkout` */
export function layerText({ key, from, to }: LayerRange): string {
  return `${percent(from / WHOLE)} to ${percent(to / WHOLE)} of the layer ${key}`
}

/** What changed between two ways to serve, in words: `Express 50% to 75%`. */
export function serveChangeText(before: Serve, after: Serve, naming: Naming): string {
  if (!isSplit(before) || !isSplit(after) || !sameVariants(before, after)) return `${serveText(before, naming)} to ${serveText(after, naming)}`
  const weights = after.arms.flatMap((arm, index) => {
    const was = before.arms[index]?.weight ?? 0
    return was === arm.weight ? [] : [{ variant: arm.variant, words: `${naming.variant(arm.variant)} ${percent(was / WHOLE)} to ${percent(arm.weight / WHOLE)}` }]
  })
  // Weights sum to the whole, so the first variant's share follows from the others.
  const told = weights.length > 1 ? weights.filter(({ variant }) => naming.series(variant) !== 0) : weights
  return [
    ...told.map(({ words }) => words),
    before.coverage === after.coverage ? '' : `reach ${percent(before.coverage / WHOLE)} to ${percent(after.coverage / WHOLE)}`,
    before.unit === after.unit ? '' : `by ${after.unit} instead of ${before.unit}`,
    sameValue(before.layer, after.layer) ? '' : after.layer ? `now in ${layerText(after.layer)}` : 'in no layer any more',
    before.salt === after.salt ? '' : 'everybody divided anew',
  ].filter((words) => words !== '').join(', ')
}

/** Shares of all people a rule matches; what a split does not reach is left over. */
export function servedParts(serve: Serve, naming: Naming): SplitPart[] {
  if (!isSplit(serve)) return [{ label: naming.variant(serve.variant), share: 1, series: naming.series(serve.variant) }]
  return serve.arms.map((arm) => ({ label: naming.variant(arm.variant), share: (arm.weight / WHOLE) * (serve.coverage / WHOLE), series: naming.series(arm.variant) }))
}
