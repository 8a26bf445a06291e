import css from './range-bar.module.css'

interface Props {
  value: number
  lower: number
  /** Null where it has no end. */
  upper: number | null
  /** A mark to compare with. */
  mark?: number
}

/** A share with its interval on a line from none to all. The numbers stand beside it in words. */
export function RangeBar({ value, lower, upper, mark }: Props) {
  const at = (share: number) => `${Math.min(100, Math.max(0, share * 100))}%`
  return (
    <svg className={css.bar} width="100%" height={14} aria-hidden>
      <rect x={0} y={5} width="100%" height={4} rx={2} className={css.track} />
      <rect x={at(lower)} y={4} width={at((upper ?? 1) - lower)} height={6} rx={3} className={css.range} />
      {mark === undefined ? null : <line x1={at(mark)} x2={at(mark)} y1={1} y2={13} className={css.mark} />}
      <rect x={at(value)} y={0} width={3} height={14} rx={1} className={css.value} />
    </svg>
  )
}
