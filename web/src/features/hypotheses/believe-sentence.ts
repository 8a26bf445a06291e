import type { HypothesisDraft } from '@assay/server/contract'
import { percent } from '../../ui/format.ts'

/** A piece of the sentence: words that are always there, what somebody filled in, or a gap with what belongs in it. */
export interface Piece {
  kind: 'words' | 'filled' | 'gap'
  text: string
}

export interface Names {
  metric: (key: string) => string
  cohort: (key: string) => string
}

type Believed = Pick<HypothesisDraft, 'change' | 'audience' | 'cohort' | 'because' | 'primaryMetric' | 'direction' | 'minimumEffect'>

/** "We believe that ... for ... will raise ... by at least ..., because ...": gaps stay visible until they are filled. */
export function believeSentence(draft: Believed, names: Names): Piece[] {
  const audience = draft.audience !== '' ? draft.audience : draft.cohort === null ? '' : names.cohort(draft.cohort)
  return [
    words('We believe that'),
    blank(phrase(draft.change), 'a change'),
    words('for'),
    blank(phrase(audience), 'an audience'),
    words(`will ${draft.direction === 'increase' ? 'raise' : 'lower'}`),
    blank(draft.primaryMetric === null ? '' : names.metric(draft.primaryMetric), 'a metric'),
    words('by at least'),
    blank(draft.minimumEffect === null ? '' : percent(draft.minimumEffect), 'the smallest effect worth having'),
    words('because'),
    blank(phrase(draft.because), 'a reason'),
  ]
}

/** The sentence as plain text. */
export function sentenceText(pieces: readonly Piece[]): string {
  return `${pieces.map(({ kind, text }) => (kind === 'gap' ? '…' : text)).join(' ').replace(' because ', ', because ')}.`
}

/** Typed text as a part of a sentence: without a full stop at its end. */
function phrase(text: string): string {
  return text.trim().replace(/[.\s]+$/, '')
}

function words(text: string): Piece {
  return { kind: 'words', text }
}

function blank(text: string, gap: string): Piece {
  return text === '' ? { kind: 'gap', text: gap } : { kind: 'filled', text }
}
