import type { MetricResult } from '@assay/server/contract'
import type { MarkTone, Span } from '../../charts/span.ts'

export type Reading = MetricResult['readings'][number]['reading']

export interface ReadingWords {
  words: string
  tone: MarkTone
}

const readings: Record<Reading, ReadingWords> = {
  better: { words: 'Better', tone: 'win' },
  worse: { words: 'Worse', tone: 'loss' },
  unclear: { words: 'Unclear', tone: 'flat' },
  holds: { words: 'Holds', tone: 'win' },
  worse_within_limit: { words: 'Worse, within limit', tone: 'flat' },
  no_answer: { words: 'No answer', tone: 'flat' },
}

/** What the sealed rule reads in a metric, in the words of the product. */
export function readingWords(reading: Reading): ReadingWords {
  return readings[reading]
}

/** Shape of the mark in the forest. A guardrail that holds is only drawn as better where its whole interval is. */
export function markTone(reading: Reading, span: Span, direction: MetricResult['direction']): MarkTone {
  if (reading !== 'holds') return readings[reading].tone
  const better = direction === 'increase' ? span.lower !== null && span.lower > 0 : span.upper !== null && span.upper < 0
  return better ? 'win' : 'flat'
}
