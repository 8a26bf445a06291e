import type { Analysis } from '@assay/server/contract'

type Odd = NonNullable<Analysis['findings']>[number]

/** What each code of `analysis.findings` means; the evidence of the server follows. */
const sentences: Record<string, string> = {
  lift_over_half: '{metric} changed by more than half. Changes of that size are more often faults than effects.',
  far_beyond_minimum: '{metric} changed by more than four times what was hoped for.',
  far_beyond_history: '{metric} has hardly ever changed that much.',
  first_move_extreme: '{metric} has never moved before, and now it has, beyond doubt.',
  variance_ratio: 'The values of {metric} are spread differently in the two variants. A few people may carry the effect.',
  before_exposure: '{metric} already differed before anybody was exposed, so the variants may not hold comparable people.',
  identical_values: '{metric} is the same in both variants, to the last digit. The variant may not reach anybody.',
  capped_share_differs: 'The cap of {metric} meets more people in one variant than in the other, so it hides part of the effect.',
  driver_still: '{metric} moved, and what drives it did not.',
  missing_history_differs: 'More people lack a history of {metric} in one variant than in the other. That should not depend on the variant.',
  reduction_negative: 'Adjusting {metric} by what people did before made its variance larger.',
  reduction_implausible: 'What people did before explains nearly all of {metric}. It may not have been measured before exposure.',
  bots_differ: 'Bots are a larger share of one variant than of another. The variant may change who looks like one.',
  novelty: 'The effect on {metric} wears off with the days since somebody first met it. In the long run it may be smaller.',
  primacy: 'The effect on {metric} grows with the days since somebody first met it. In the long run it may be larger.',
  novelty_unknown: 'Whether the effect on {metric} wears off cannot be told.',
}

export interface OddWords {
  sentence: string
  evidence: string
  /** Nothing to worry about: it only could not be checked. */
  unknown: boolean
}

/** A finding in words. A code that is not known is said as it is. */
export function oddWords({ code, metric, arm, evidence }: Odd, analysis: Pick<Analysis, 'metrics' | 'arms'>): OddWords {
  const name = analysis.metrics.find((other) => other.key === metric)?.name ?? metric ?? 'The metric'
  const sentence = (sentences[code] ?? `${code.replaceAll('_', ' ')}, {metric}.`).replaceAll('{metric}', name)
  const who = arm === undefined || analysis.arms.length <= 2 ? '' : `“${arm}”: `
  return { sentence: `${who}${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`, evidence, unknown: code === 'novelty_unknown' }
}
