import { seriesColour } from '../ui/split-bar.tsx'
import css from './balance-bar.module.css'

export interface BalancePart {
  arm: string
  n: number
  /** Planned share, of one. */
  expected: number
  series: number
}

/** People per arm as a bar, with a mark where the plan puts each border. */
export function BalanceBar({ parts }: { parts: readonly BalancePart[] }) {
  const all = parts.reduce((sum, part) => sum + part.n, 0)
  const words = parts.map(({ arm, n, expected }) => `${arm} ${share(all === 0 ? 0 : n / all)} of people, planned ${share(expected)}`).join('; ')
  const borders = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).reduce((sum, part) => sum + part.expected, 0))
  return (
    <div className={css.frame} role="img" aria-label={words}>
      <div className={css.bar}>
        {all === 0 ? null : parts.filter((part) => part.n > 0).map((part) => <i key={part.arm} style={{ width: `${(part.n / all) * 100}%`, background: seriesColour(part.series) }} />)}
      </div>
      {borders.map((border) => <span key={border} className={css.mark} style={{ left: `${border * 100}%` }} />)}
    </div>
  )
}

function share(of: number): string {
  return `${Number((of * 100).toFixed(2))}%`
}
