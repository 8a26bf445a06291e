import { scaleLinear } from 'd3-scale'
import { area, curveMonotoneX, line } from 'd3-shape'

interface Props {
  /** Oldest first. */
  values: readonly number[]
  width?: number
  height?: number
  /** What the line says, for those who do not see it. */
  label: string
}

/** The course of a count in a table cell: its shape, not its numbers. */
export function Sparkline({ values, width = 60, height = 24, label }: Props) {
  const most = Math.max(0, ...values)
  if (most === 0) return <svg width={width} height={height} role="img" aria-label={label}><line x1={0} x2={width} y1={height - 3} y2={height - 3} stroke="var(--line-strong)" strokeDasharray="2 3" /></svg>
  const x = scaleLinear([0, Math.max(1, values.length - 1)], [1, width - 3])
  const y = scaleLinear([0, most], [height - 3, 3])
  const course = line<number>((_, index) => x(index), (value) => y(value)).curve(curveMonotoneX)
  const under = area<number>((_, index) => x(index), height - 2, (value) => y(value)).curve(curveMonotoneX)
  const last = values.length - 1
  return (
    <svg width={width} height={height} role="img" aria-label={label}>
      <path d={under(values) ?? ''} fill="var(--series-0)" opacity={0.12} />
      <path d={course(values) ?? ''} fill="none" stroke="var(--series-0)" strokeWidth={1.4} />
      <circle cx={x(last)} cy={y(values[last] ?? 0)} r={1.8} fill="var(--ink-2)" />
    </svg>
  )
}
