import css from './pyramid.module.css'
import { levels } from './levels.ts'

const WIDTH = 236
const HEIGHT = 140
const LABELS = 132
const GAP = 3
const STEP = HEIGHT / 4
const halfWidth = (y: number) => ((y / HEIGHT) * WIDTH) / 2

/** How many hypotheses stand on each of the four levels. */
export function Pyramid({ perLevel }: { perLevel: readonly number[] }) {
  const label = levels.map(({ level, name }) => `${name} ${perLevel[level - 1] ?? 0}`).join(', ')
  return (
    <svg className={css.pyramid} viewBox={`0 0 ${WIDTH + LABELS} ${HEIGHT}`} width={WIDTH + LABELS} height={HEIGHT} role="img" aria-label={`Hypotheses per level: ${label}`}>
      {levels.map(({ level, name }) => {
        const top = HEIGHT - level * STEP
        const bottom = HEIGHT - (level - 1) * STEP - (level > 1 ? GAP : 0)
        const middle = (top + bottom) / 2
        return (
          <g key={level}>
            <path d={`M${WIDTH / 2 - halfWidth(top)} ${top}H${WIDTH / 2 + halfWidth(top)}L${WIDTH / 2 + halfWidth(bottom)} ${bottom}H${WIDTH / 2 - halfWidth(bottom)}Z`} fill={`var(--lvl-${level})`} />
            <text x={WIDTH / 2} y={middle + (level === 4 ? 10 : 5)} textAnchor="middle" className={css.count} data-level={level}>{perLevel[level - 1] ?? 0}</text>
            <line x1={WIDTH / 2 + halfWidth(middle) + 6} x2={WIDTH + 6} y1={middle} y2={middle} stroke="var(--line-strong)" />
            <text x={WIDTH + 12} y={middle + 4} className="note">{name}</text>
          </g>
        )
      })}
    </svg>
  )
}
