import { useState } from 'react'
import { plural } from '../ui/format.ts'
import { useWidth } from '../ui/use-width.ts'
import css from './punch-card.module.css'

export interface PunchHour {
  /** 1 is Monday. */
  weekday: number
  hour: number
  changes: number
}

interface Props {
  /** Hours in which nothing happened may be left out. */
  hours: readonly PunchHour[]
  label: string
}

const LEFT = 30
const TOP = 4
const ROW = 25
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** How often something happened by weekday and hour: the area of a dot is the count. Read it by pointer, or by arrow keys once focused. */
export function PunchCard({ hours, label }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>(480)
  const [shown, setShown] = useState<number | null>(null)
  const counts = Array.from({ length: 7 * 24 }, () => 0)
  for (const { weekday, hour, changes } of hours) counts[(weekday - 1) * 24 + hour] = changes
  const most = Math.max(1, ...counts)
  const step = Math.max(9, (width - LEFT) / 24)
  const largest = Math.min(10, step / 2 - 0.5)
  const x = (hour: number) => LEFT + hour * step + step / 2
  const y = (weekday: number) => TOP + weekday * ROW + ROW / 2
  const words = (index: number) => `${DAYS[Math.floor(index / 24)] ?? ''}, ${hourWords(index % 24)}: ${counts[index] === 0 ? 'no change' : plural(counts[index] ?? 0, 'change')}`
  const show = (px: number, py: number) => { setShown(Math.max(0, Math.min(6, Math.floor((py - TOP) / ROW))) * 24 + Math.max(0, Math.min(23, Math.floor((px - LEFT) / step)))) }
  const read = shown ?? counts.indexOf(most)
  return (
    <div ref={ref} className={css.frame}>
      <svg width={Math.max(width, LEFT + 24 * step)} height={TOP + ROW * 7 + 20} role="img" aria-label={label} onPointerMove={(event) => { const box = event.currentTarget.getBoundingClientRect(); show(event.clientX - box.left, event.clientY - box.top) }} onPointerLeave={() => { setShown(null) }}>
        {DAYS.map((day, weekday) => <text key={day} x={0} y={y(weekday) + 4} className="tick">{day.slice(0, 3)}</text>)}
        {counts.map((count, index) => {
          const [weekday, hour] = [Math.floor(index / 24), index % 24]
          return count === 0 ? <circle key={index} cx={x(hour)} cy={y(weekday)} r={1} fill="var(--line-strong)" /> : <circle key={index} cx={x(hour)} cy={y(weekday)} r={Math.max(2, Math.sqrt(count / most) * largest)} fill="var(--series-1)" opacity={0.85} />
        })}
        {shown === null ? null : <rect x={x(shown % 24) - step / 2} y={y(Math.floor(shown / 24)) - ROW / 2} width={step} height={ROW} rx={4} fill="none" stroke="var(--ink)" strokeWidth={1.5} />}
        {[0, 4, 8, 12, 16, 20].map((hour) => <text key={hour} x={x(hour)} y={TOP + ROW * 7 + 14} textAnchor="middle" className="tick">{String(hour).padStart(2, '0')}</text>)}
      </svg>
      <input type="range" className="sr" min={0} max={counts.length - 1} step={1} aria-label="Hour of the week" value={Math.max(0, read)} aria-valuetext={words(Math.max(0, read))} onChange={(event) => { setShown(event.currentTarget.valueAsNumber) }} onFocus={() => { setShown(Math.max(0, read)) }} onBlur={() => { setShown(null) }} />
      <p className={css.words} aria-hidden>{shown === null ? '' : words(shown)}</p>
    </div>
  )
}

/** `14:00 to 15:00`. */
export function hourWords(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00 to ${String((hour + 1) % 24).padStart(2, '0')}:00`
}
