import type { EvidenceStrength } from '@assay/server/contract'
import css from './evidence-mark.module.css'

const order: readonly EvidenceStrength[] = ['none', 'weak', 'moderate', 'strong']
const words: Readonly<Record<EvidenceStrength, string>> = { none: 'No evidence', weak: 'Weak evidence', moderate: 'Moderate evidence', strong: 'Strong evidence' }

export function evidenceWords(strength: EvidenceStrength): string {
  return words[strength]
}

/** How far a learning may be relied on: so many bars of three, and the word. */
export function EvidenceMark({ strength }: { strength: EvidenceStrength }) {
  const filled = order.indexOf(strength)
  return (
    <span className={css.mark}>
      <svg width={17} height={13} viewBox="0 0 17 13" aria-hidden>
        {[1, 2, 3].map((bar) => <rect key={bar} x={(bar - 1) * 6} y={13 - bar * 4 - 1} width={4} height={bar * 4 + 1} rx={1} className={bar <= filled ? css.on : css.off} />)}
      </svg>
      {words[strength]}
    </span>
  )
}
