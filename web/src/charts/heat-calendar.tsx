import { useMemo } from 'react'
import { useWidth } from '../ui/use-width.ts'
import { dayWords } from './day-words.ts'
import css from './heat-calendar.module.css'
import { heatCells, type HeatDay, heatLevel, monthLabels } from './heat-weeks.ts'

interface Props {
  /** Days on which nothing happened may be left out. */
  days: readonly HeatDay[]
  /** First and last day, `2027-03-31`. */
  first: string
  last: string
  /** The day that is read; null for none. */
  value: string | null
  onChange: (day: string) => void
  /** What the chart says, for those who do not see it. */
  label: string
}

const LEFT = 30
const TOP = 18
const GAP = 3
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Changes per day, a cell for each, with a mark where one was rolled back. Read it by pointer, or by arrow keys once focused. */
export function HeatCalendar({ days, first, last, value, onChange, label }: Props) {
  const [ref, room] = useWidth<HTMLDivElement>(720)
  const cells = useMemo(() => heatCells(days, first, last), [days, first, last])
  const weeks = (cells.at(-1)?.week ?? 0) + 1
  const most = Math.max(0, ...cells.map(({ changes }) => changes))
  // Few weeks have wide cells; many have small ones, and scroll where even those do not fit.
  const width = Math.max(11, Math.min(56, Math.floor((room - LEFT) / weeks) - GAP))
  const height = Math.max(14, Math.min(24, width))
  const read = value === null ? cells.length - 1 : Math.max(0, cells.findIndex(({ day }) => day === value))
  const shown = cells[read]
  return (
    <div ref={ref} className={css.frame}>
      {/* Laid out from the right, so that what does not fit is the oldest; the slider in it makes it scroll by keyboard too. */}
      <div className={css.scroll}>
        <svg width={LEFT + weeks * (width + GAP)} height={TOP + 7 * (height + GAP)} role="img" aria-label={label} className={css.chart}>
          {monthLabels(cells).map(({ week, label: month }) => <text key={week} x={LEFT + week * (width + GAP)} y={10} className="tick">{month}</text>)}
          {[0, 2, 4].map((row) => <text key={row} x={0} y={TOP + row * (height + GAP) + height / 2 + 4} className="tick">{WEEKDAYS[row]}</text>)}
          {cells.map(({ day, week, weekday, changes, rollbacks }) => {
            const x = LEFT + week * (width + GAP)
            const y = TOP + weekday * (height + GAP)
            return (
              <g key={day} onPointerEnter={() => { onChange(day) }} onClick={() => { onChange(day) }}>
                <rect x={x} y={y} width={width} height={height} rx={3} fill={`var(--heat-${heatLevel(changes, most)})`} stroke={changes === 0 ? 'var(--line)' : 'none'} />
                {rollbacks === 0 ? null : <circle cx={x + width / 2} cy={y + height / 2} r={3.2} fill="var(--loss)" stroke="var(--sheet)" strokeWidth={1.6} />}
                {day === value ? <rect ref={bringIntoView} x={x - 1} y={y - 1} width={width + 2} height={height + 2} rx={4} fill="none" stroke="var(--ink)" strokeWidth={1.5} /> : null}
              </g>
            )
          })}
        </svg>
        <input type="range" className="sr" min={0} max={cells.length - 1} step={1} aria-label="Day" value={read} aria-valuetext={shown === undefined ? '' : dayWords(shown)}
          onChange={(event) => { const day = cells[event.currentTarget.valueAsNumber]?.day; if (day !== undefined) onChange(day) }} onFocus={() => { if (shown) onChange(shown.day) }} />
      </div>
    </div>
  )
}

/** Whoever walks the days by keyboard sees the day, also where the calendar scrolls. */
function bringIntoView(mark: SVGRectElement | null): void {
  mark?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
