import { scaleLinear } from 'd3-scale'
import { useState } from 'react'
import { compact, count, date } from '../ui/format.ts'
import { useWidth } from '../ui/use-width.ts'
import css from './day-bars.module.css'

interface Props {
  /** Oldest first, one for every day. */
  days: readonly { day: string; events: number; units: number }[]
  /** What the chart says, for those who do not see it. */
  label: string
  height?: number
}

const MARGIN = { left: 34, right: 2, top: 8, bottom: 20 }

/** Events per day. Read it by pointer, or by arrow keys once focused. */
export function DayBars({ days, label, height = 120 }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>(360)
  const [shown, setShown] = useState<number | null>(null)
  const bottom = height - MARGIN.bottom
  const most = Math.max(1, ...days.map(({ events }) => events))
  const y = scaleLinear([0, most], [bottom, MARGIN.top]).nice(3)
  const step = Math.max(1, (width - MARGIN.left - MARGIN.right) / Math.max(1, days.length))
  const last = days.length - 1
  const words = (index: number) => {
    const day = days[index]
    return day === undefined ? '' : `${date(day.day)}: ${count(day.events)} events of ${count(day.units)} people`
  }
  const show = (pixel: number) => { setShown(Math.max(0, Math.min(last, Math.floor((pixel - MARGIN.left) / step)))) }

  return (
    <div ref={ref} className={css.chart} style={{ height }}>
      <svg width={width} height={height} role="img" aria-label={label} onPointerMove={(event) => { show(event.clientX - event.currentTarget.getBoundingClientRect().left) }} onPointerLeave={() => { setShown(null) }}>
        {y.ticks(3).filter((tick) => Number.isInteger(tick)).map((tick) => (
          <g key={tick}>
            <line x1={MARGIN.left} x2={width - MARGIN.right} y1={y(tick)} y2={y(tick)} stroke={tick === 0 ? 'var(--ink-3)' : 'var(--line)'} shapeRendering="crispEdges" />
            <text x={MARGIN.left - 6} y={y(tick) + 4} textAnchor="end" className="tick">{compact(tick)}</text>
          </g>
        ))}
        {days.map(({ day, events }, index) => <rect key={day} x={MARGIN.left + index * step + 1} width={Math.max(1, step - 2)} y={y(events)} height={bottom - y(events)} rx={1} fill="var(--series-1)" opacity={shown === null || shown === index ? 0.9 : 0.45} />)}
        {[0, last].filter((index, i, all) => all.indexOf(index) === i && days[index] !== undefined).map((index) => <text key={index} x={index === 0 ? MARGIN.left : width - MARGIN.right} y={height - 5} textAnchor={index === 0 ? 'start' : 'end'} className="tick">{date(days[index]?.day ?? '')}</text>)}
      </svg>
      <input type="range" className="sr" min={0} max={Math.max(0, last)} step={1} aria-label="Day" value={shown ?? Math.max(0, last)} aria-valuetext={words(shown ?? last)} onChange={(event) => { setShown(event.currentTarget.valueAsNumber) }} onFocus={() => { setShown(last) }} onBlur={() => { setShown(null) }} />
      {shown === null ? null : <div className={css.tip} aria-hidden>{words(shown)}</div>}
    </div>
  )
}
