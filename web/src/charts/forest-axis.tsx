import { goal } from '../ui/effect-format.ts'
import css from './forest.module.css'
import { forestScale, forestTicks } from './forest-scale.ts'

/** The numbers above the rows of a forest. Every row says its own numbers in words, so this is for the eye only. */
export function ForestAxis({ domain, width }: { domain: readonly [number, number]; width: number }) {
  const x = forestScale(domain, width)
  return (
    <svg className={css.axis} width={width} height={18} aria-hidden>
      {forestTicks(domain, width).map((tick) => <text key={tick} x={x(tick)} y={13} textAnchor="middle" className={tick === 0 ? css.zero : undefined}>{tick === 0 ? '0' : goal(tick)}</text>)}
    </svg>
  )
}
