import { percent } from './format.ts'
import css from './split-bar.module.css'

export interface SplitPart {
  label: string
  /** Of one. */
  share: number
  /** Index of the series colour: control is always 0. */
  series: number
}

/** How a share of people is divided over variants. */
export function SplitBar({ parts, height = 6, width = '100%' }: { parts: readonly SplitPart[]; height?: number; width?: number | string }) {
  const label = parts.map((part) => `${part.label} ${percent(part.share)}`).join(', ')
  return (
    <span className={css.split} style={{ height, width }} role="img" aria-label={label}>
      {parts.filter((part) => part.share > 0).map((part) => <i key={part.label} style={{ width: `${part.share * 100}%`, background: seriesColour(part.series) }} />)}
    </span>
  )
}

/** There are four series colours; further variants repeat them, and are told apart by their label. */
export function seriesColour(index: number): string {
  return `var(--series-${index === 0 ? 0 : ((index - 1) % 3) + 1})`
}
