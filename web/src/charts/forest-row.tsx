import { forestMarks, forestScale, forestTicks, type ForestMarks } from './forest-scale.ts'
import css from './forest.module.css'
import type { MarkTone, Span } from './span.ts'

interface Props {
  span: Span
  /** A second interval of the same estimate, drawn as the wide pale bar; that of `span` unless given. */
  band?: Span | undefined
  domain: readonly [number, number]
  width: number
  height?: number
  tone: MarkTone
  /** From where on a metric that must not get worse is out of its limit. */
  limit?: { at: number; worse: 'above' | 'below' } | undefined
  /** The smallest effect worth having. */
  target?: number | undefined
  /** The row in words. */
  label: string
}

/** One estimate with its interval on an axis that it shares with others. */
export function ForestRow({ span, band = span, domain, width, height = 48, tone, limit, target, label }: Props) {
  const x = forestScale(domain, width)
  const marks = forestMarks(span, domain, width)
  const wide = forestMarks(band, domain, width)
  const y = height / 2
  const colour = `var(--${tone})`
  return (
    <svg className={css.row} width={width} height={height} role="img" aria-label={label}>
      {forestTicks(domain, width).map((tick) => <line key={tick} x1={x(tick)} x2={x(tick)} y1={0} y2={height} stroke={tick === 0 ? 'var(--ink-3)' : 'var(--line)'} shapeRendering="crispEdges" />)}
      {limit ? <Limit from={limit.worse === 'above' ? x(limit.at) : 0} to={limit.worse === 'above' ? width : x(limit.at)} edge={x(limit.at)} height={height} /> : null}
      {target === undefined ? null : <line x1={x(target)} x2={x(target)} y1={0} y2={height} stroke="var(--ink-2)" strokeDasharray="3 3" />}
      {marks && wide ? (
        <g>
          <rect x={wide.from} y={y - 5} width={Math.max(2, wide.to - wide.from)} height={10} rx={5} fill={colour} opacity={0.22} />
          <line x1={marks.from} x2={marks.to} y1={y} y2={y} stroke={colour} strokeWidth={2} strokeLinecap="round" />
          {marks.openLeft ? <path d={arrow(marks.from, y, -1)} fill="none" stroke={colour} strokeWidth={2} strokeLinecap="round" strokeLinejoin="round" /> : null}
          {marks.openRight ? <path d={arrow(marks.to, y, 1)} fill="none" stroke={colour} strokeWidth={2} strokeLinecap="round" strokeLinejoin="round" /> : null}
          <Point marks={marks} y={y} tone={tone} colour={colour} />
        </g>
      ) : (
        <text className={css.none} x={x(0) + 8} y={y + 4}>No estimate</text>
      )}
    </svg>
  )
}

function Limit({ from, to, edge, height }: { from: number; to: number; edge: number; height: number }) {
  return (
    <>
      <rect x={from} y={0} width={Math.max(0, to - from)} height={height} fill="var(--loss)" opacity={0.07} />
      <line x1={edge} x2={edge} y1={0} y2={height} stroke="var(--loss)" strokeDasharray="3 3" />
    </>
  )
}

function Point({ marks: { mid }, y, tone, colour }: { marks: ForestMarks; y: number; tone: MarkTone; colour: string }) {
  if (tone === 'win') return <circle cx={mid} cy={y} r={5} fill={colour} stroke="var(--raised)" strokeWidth={1.5} />
  if (tone === 'flat') return <circle cx={mid} cy={y} r={4.5} fill="var(--raised)" stroke={colour} strokeWidth={2} />
  return <rect x={mid - 4.5} y={y - 4.5} width={9} height={9} fill={colour} stroke="var(--raised)" strokeWidth={1.5} transform={`rotate(45 ${mid} ${y})`} />
}

function arrow(x: number, y: number, way: 1 | -1): string {
  return `M${x} ${y - 4}L${x + way * 5} ${y}L${x} ${y + 4}`
}
