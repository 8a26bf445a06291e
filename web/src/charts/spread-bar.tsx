import { useWidth } from '../ui/use-width.ts'
import { durationTicks } from './duration-scale.ts'
import css from './spread-bar.module.css'

/** Where the middle half of lengths of time lies, and their median, between two lengths that people know. */
export function SpreadBar({ spread: { median, lower, upper }, label }: { spread: { median: number; lower: number; upper: number }; label: string }) {
  const [ref, width] = useWidth<HTMLDivElement>(180)
  const ticks = durationTicks([lower, upper])
  const [first, last] = [ticks[0], ticks.at(-1)]
  const shortest = first?.ms ?? 1
  // Lengths of time are read by their ratio: the axis is logarithmic.
  const range = Math.log(Math.max(last?.ms ?? 2, shortest * 2) / shortest)
  const at = (ms: number) => Math.min(1, Math.max(0, Math.log(Math.max(ms, 1) / shortest) / range)) * width
  return (
    <div ref={ref} className={css.frame}>
      <svg width={width} height={28} role="img" aria-label={label}>
        <rect x={0} y={4} width={width} height={6} rx={3} fill="var(--line)" />
        <rect x={at(lower)} y={4} width={Math.max(3, at(upper) - at(lower))} height={6} rx={3} fill="var(--heat-2)" />
        <rect x={Math.min(width - 3, Math.max(0, at(median) - 1.5))} y={1} width={3} height={12} rx={1.5} fill="var(--ink)" />
        <text x={0} y={26} className="tick">{first?.label}</text>
        <text x={width} y={26} textAnchor="end" className="tick">{last?.label}</text>
      </svg>
    </div>
  )
}
