import { scaleLinear, scaleLog } from 'd3-scale'
import { date } from '../ui/format.ts'
import { useWidth } from '../ui/use-width.ts'
import { durationTicks } from './duration-scale.ts'
import { StripMark, type StripShape } from './strip-mark.tsx'
import css from './strip-plot.module.css'

export interface StripPoint {
  key: number
  /** When, in ms. */
  at: number
  /** How long, in ms. */
  ms: number
  shape: StripShape
  /** What the point says. */
  words: string
}

interface Props {
  /** Oldest first; at least one. */
  points: readonly StripPoint[]
  from: number
  to: number
  /** Median, and the range that holds the middle half. */
  spread: { median: number; lower: number; upper: number } | null
  /** Key of the point that is read; null for none. */
  value: number | null
  onChange: (key: number) => void
  label: string
  height?: number
}

const MARGIN = { left: 60, right: 12, top: 10, bottom: 24 }
const REACH = 24

/** How long each of many took, over time. Read it by pointer, or by arrow keys once focused. */
export function StripPlot({ points, from, to, spread, value, onChange, label, height = 232 }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>(480)
  const ticks = durationTicks(points.map(({ ms }) => ms))
  const lowest = ticks[0]?.ms ?? 1
  const right = Math.max(MARGIN.left + 40, width - MARGIN.right)
  const bottom = height - MARGIN.bottom
  const x = scaleLinear([from, to], [MARGIN.left + 8, right - 8])
  const y = scaleLog([lowest, Math.max(ticks.at(-1)?.ms ?? 1, ...points.map(({ ms }) => ms), lowest * 1.01)], [bottom, MARGIN.top]).clamp(true)
  const yOf = (ms: number) => y(Math.max(ms, lowest))
  const last = points.length - 1
  const read = value === null ? last : Math.max(0, points.findIndex(({ key }) => key === value))

  const nearest = (px: number, py: number) => {
    const near = points.map((point) => ({ point, away: Math.hypot(x(point.at) - px, yOf(point.ms) - py) })).reduce((a, b) => (b.away < a.away ? b : a))
    if (near.away <= REACH && near.point.key !== value) onChange(near.point.key)
  }
  return (
    <div ref={ref} className={css.frame} style={{ height }}>
      <svg width={width} height={height} role="img" aria-label={label} onPointerMove={(event) => { const box = event.currentTarget.getBoundingClientRect(); nearest(event.clientX - box.left, event.clientY - box.top) }} onPointerDown={(event) => { const box = event.currentTarget.getBoundingClientRect(); nearest(event.clientX - box.left, event.clientY - box.top) }}>
        {spread === null ? null : <rect x={MARGIN.left} width={right - MARGIN.left} y={yOf(spread.upper)} height={Math.max(1, yOf(spread.lower) - yOf(spread.upper))} fill="var(--band)" />}
        {ticks.map(({ ms, label: tick }) => (
          <g key={ms}>
            <line x1={MARGIN.left} x2={right} y1={yOf(ms)} y2={yOf(ms)} stroke="var(--line)" shapeRendering="crispEdges" />
            <text x={MARGIN.left - 8} y={yOf(ms) + 4} textAnchor="end" className="tick">{tick}</text>
          </g>
        ))}
        {spread === null ? null : <line x1={MARGIN.left} x2={right} y1={yOf(spread.median)} y2={yOf(spread.median)} stroke="var(--ink-2)" strokeWidth={1.5} />}
        {[from, (from + to) / 2, to].map((at, index) => <text key={at} x={[MARGIN.left, (MARGIN.left + right) / 2, right][index]} y={height - 6} textAnchor={(['start', 'middle', 'end'] as const)[index]} className="tick">{date(new Date(at).toISOString())}</text>)}
        {points.map((point) => <StripMark key={point.key} shape={point.shape} x={x(point.at)} y={yOf(point.ms)} read={point.key === value} />)}
      </svg>
      <input type="range" className="sr" min={0} max={last} step={1} aria-label="Point" value={read} aria-valuetext={points[read]?.words ?? ''}
        onChange={(event) => { const point = points[event.currentTarget.valueAsNumber]; if (point) onChange(point.key) }} onFocus={() => { const point = points[read]; if (point) onChange(point.key) }} />
    </div>
  )
}
