import type { Layer } from '@assay/server/contract'
import { WHOLE } from '../serve/serve-words.ts'
import { seriesColour } from '../split-bar.tsx'
import css from './layer-bar.module.css'
import { rangeWords, shareOfLayer } from './layer-range.ts'

/** A part of a layer that is taken. */
export interface LayerPart extends Pick<Layer['taken'][number], 'flag' | 'experiment' | 'from' | 'to'> {
  /** Index of the colour; the same for a flag's rule in every environment. */
  series: number
}

/** The whole layer from its first bucket to its last: what is taken stands where it is, the rest is free. */
export function LayerBar({ parts }: { parts: readonly LayerPart[] }) {
  const words = parts.map((part) => `${part.experiment ?? part.flag} ${rangeWords(part)}`).join(', ')
  return (
    <div className={css.frame} role="img" aria-label={parts.length === 0 ? 'Nothing is taken' : `Taken: ${words}`}>
      <div className={css.bar}>{parts.map((part) => <i key={`${part.experiment ?? part.flag} ${part.from}`} style={{ left: `${(part.from / WHOLE) * 100}%`, width: `${shareOfLayer(part) * 100}%`, background: seriesColour(part.series) }} />)}</div>
      <div className={css.ticks} aria-hidden>{[0, 25, 50, 75, 100].map((tick) => <span key={tick}>{tick}%</span>)}</div>
    </div>
  )
}
