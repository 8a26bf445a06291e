import css from './count-bars.module.css'

interface Props {
  /** Oldest first. */
  values: readonly number[]
  /** Bad news are drawn in the colour of loss. */
  tone?: 'series' | 'loss'
  label: string
}

/** The course of a count in a tile: its shape, with the newest bar dark. */
export function CountBars({ values, tone = 'series', label }: Props) {
  const most = Math.max(1, ...values)
  return (
    <div className={`${css.bars} ${tone === 'loss' ? css.loss : ''}`} role="img" aria-label={label}>
      {values.map((value, index) => <i key={index} style={{ height: `${Math.max(value === 0 ? 4 : 10, (value / most) * 100)}%` }} data-none={value === 0 || undefined} data-last={index === values.length - 1 || undefined} />)}
    </div>
  )
}
