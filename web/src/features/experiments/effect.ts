import type { ComparisonResult } from '@assay/server/contract'
import type { Span } from '../../charts/span.ts'

export type EffectScale = 'relative' | 'absolute'

export interface Effect {
  /** With the interval that decided. */
  deciding: Span
  /** With the plain 95% interval. */
  plain: Span
  /** How the deciding interval was computed, where it is not the plain one. */
  method: string | null
  /** Neither end is known: there is too little data for an interval of this kind. */
  open: boolean
}

/** Effect of one arm on one metric, as a lift over control or in the metric's own unit. */
export function effectOf(comparison: ComparisonResult, scale: EffectScale): Effect {
  const { decidedBy } = comparison
  const plain = scale === 'relative' ? { lower: comparison.liftLower, mid: comparison.lift, upper: comparison.liftUpper } : { lower: comparison.ciLower, mid: comparison.diff, upper: comparison.ciUpper }
  const ends = decidedBy === undefined ? plain : scale === 'relative' ? { lower: decidedBy.liftLower ?? null, upper: decidedBy.liftUpper ?? null } : { lower: decidedBy.ciLower, upper: decidedBy.ciUpper }
  const deciding = { lower: ends.lower, mid: plain.mid, upper: ends.upper }
  return { deciding, plain, method: decidedBy?.method ?? null, open: deciding.lower === null && deciding.upper === null }
}

const methods: readonly { starts: string; words: string }[] = [
  { starts: 'group_sequential', words: 'group-sequential interval' },
  { starts: 'always_valid', words: 'always-valid interval' },
  { starts: 'fisher_newcombe', words: 'Newcombe interval with Fisher’s exact test' },
  { starts: 'score_newcombe', words: 'Newcombe interval with the score test' },
  { starts: 'welch', words: 'Welch interval at the level of the plan' },
]

/** `always-valid interval`, and whether it allows for several variants. */
export function methodWords(method: string): string {
  const words = methods.find(({ starts }) => method.startsWith(starts))?.words ?? method.replaceAll('_', ' ')
  return method.endsWith('_holm') ? `${words}, adjusted for several variants` : words
}
