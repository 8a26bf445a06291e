export const levelNames = ['Plan to fail', 'Fail fast', 'Learn from failure', 'Adapt and improve'] as const

const HEIGHT = 20
const WIDTH = 22
const GAP = 1.2
const STEP = HEIGHT / 4
const halfWidth = (y: number) => ((y / HEIGHT) * WIDTH) / 2

/** The four-level pyramid. One level lit beside a hypothesis; `all` is the mark of the product. Decorative: say the level in words beside it. */
export function LevelGlyph({ level = 0, size = 18, all = false }: { level?: number; size?: number; all?: boolean }) {
  return (
    <svg width={size} height={(size * HEIGHT) / WIDTH} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
      {[1, 2, 3, 4].map((n) => {
        const top = HEIGHT - n * STEP
        const bottom = HEIGHT - (n - 1) * STEP - (n > 1 ? GAP : 0)
        const fill = all ? `var(--lvl-${n})` : n === level ? `var(--lvl-${Math.max(3, n)})` : 'var(--lvl-off)'
        return <path key={n} d={`M${WIDTH / 2 - halfWidth(top)} ${top}H${WIDTH / 2 + halfWidth(top)}L${WIDTH / 2 + halfWidth(bottom)} ${bottom}H${WIDTH / 2 - halfWidth(bottom)}Z`} fill={fill} />
      })}
    </svg>
  )
}
