import { scaleLinear } from 'd3-scale'
import { area, curveMonotoneX, line } from 'd3-shape'
import { useId, useState } from 'react'
import { goal, lift, liftRange } from '../ui/effect-format.ts'
import { plural } from '../ui/format.ts'
import { seriesColour } from '../ui/split-bar.tsx'
import { useWidth } from '../ui/use-width.ts'
import { dayTicks } from './day-ticks.ts'
import css from './lift-band.module.css'
import { dayDomain, daysOf, latest, liftDomain, type LiftPoint, type LiftSeries } from './lift-series.ts'
import { LiftTip } from './lift-tip.tsx'
import { spreadLabels } from './spread-labels.ts'

interface Props {
  series: readonly LiftSeries[]
  /** The smallest effect worth having, in the direction hoped for. */
  target: number | null
  plannedDays: number | null
  /** Days are still to come. */
  running: boolean
  /** Chosen by how much there is to see unless given. */
  height?: number
}

const MARGIN = { left: 46, top: 16, bottom: 26 }
const LONGEST_LABEL = 14

/** Lift as it stood at the end of each day, with intervals that are safe to check daily. Read it by pointer, or by arrow keys once focused. */
export function LiftBand({ series, target, plannedDays, running, height: asked }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>()
  const [shown, setShown] = useState<number | null>(null)
  const clip = useId()

  const days = daysOf(series)
  const height = asked ?? (days.length > 1 ? 320 : 200)
  const several = series.length > 1
  const right = Math.max(16, width - (several ? 150 : 82))
  const bottom = height - MARGIN.bottom
  const [firstDay, lastDay] = dayDomain(series, running ? plannedDays : null)
  const x = scaleLinear([firstDay, lastDay], [MARGIN.left, right])
  const y = scaleLinear(liftDomain(series, target), [bottom, MARGIN.top])
  const newestDay = days.at(-1) ?? 1
  const left = days.length > 1 || lastDay > 2 ? lastDay - newestDay : 0
  const ends = series.flatMap((one) => { const point = latest(one); return point ? [{ one, point }] : [] })
  const labelAt = spreadLabels([...ends.map(({ point }) => y(point.lift ?? 0)), ...(target === null ? [] : [y(target)])], 15, [MARGIN.top + 4, bottom - 4])

  const show = (pixel: number) => {
    const day = x.invert(pixel)
    setShown(days.reduce((best, known) => (Math.abs(known - day) < Math.abs(best - day) ? known : best), newestDay))
  }

  return (
    <div ref={ref} className={css.chart} style={{ height }}>
      <svg width={width} height={height} role="img" aria-label={sentence(series, target)} onPointerMove={(event) => { show(event.clientX - event.currentTarget.getBoundingClientRect().left) }} onPointerLeave={() => { setShown(null) }}>
        <clipPath id={clip}><rect x={MARGIN.left} y={MARGIN.top} width={Math.max(0, right - MARGIN.left)} height={bottom - MARGIN.top} /></clipPath>
        {y.ticks(5).map((tick) => (
          <g key={tick}>
            <line x1={MARGIN.left} x2={right} y1={y(tick)} y2={y(tick)} stroke={tick === 0 ? 'var(--ink-3)' : 'var(--line)'} shapeRendering="crispEdges" />
            <text x={MARGIN.left - 8} y={y(tick) + 4} textAnchor="end" className="tick">{tick === 0 ? '0' : goal(tick)}</text>
          </g>
        ))}
        {dayTicks(Math.floor(lastDay), right - MARGIN.left).map((day) => <text key={day} x={x(day)} y={height - 6} textAnchor="middle" className="tick">{day === 1 ? 'Day 1' : day}</text>)}
        {left > 0 ? (
          <g>
            <rect x={x(newestDay)} y={MARGIN.top} width={x(lastDay) - x(newestDay)} height={bottom - MARGIN.top} fill="var(--sunken)" />
            {x(lastDay) - x(newestDay) > 70 ? <text x={(x(newestDay) + x(lastDay)) / 2} y={bottom - 8} textAnchor="middle" className="tick">{plural(left, 'day')} left</text> : null}
          </g>
        ) : null}
        <g clipPath={`url(#${clip})`}>
          {series.map((one) => <SeriesMarks key={one.arm} one={one} x={x} y={y} />)}
        </g>
        {target === null ? null : <line x1={MARGIN.left} x2={right} y1={y(target)} y2={y(target)} stroke="var(--ink-2)" strokeDasharray="4 3" />}
        {target === null ? null : <text x={right + 8} y={(labelAt.at(-1) ?? 0) + 4} className={`note ${css.strong}`}>Target {goal(target)}</text>}
        {ends.map(({ one, point }, index) => (
          <g key={one.arm}>
            <circle cx={x(point.day)} cy={y(point.lift ?? 0)} r={4} fill={seriesColour(one.series)} stroke="var(--raised)" strokeWidth={2} />
            <text x={Math.min(x(point.day), right) + 10} y={(labelAt[index] ?? 0) + 4} className={css.value}>{lift(point.lift ?? 0)}{several ? ` ${short(one.arm)}` : ''}</text>
          </g>
        ))}
        {shown === null ? null : <line x1={x(shown)} x2={x(shown)} y1={MARGIN.top} y2={bottom} stroke="var(--ink)" opacity={0.4} />}
      </svg>
      <input type="range" className="sr" min={0} max={Math.max(0, days.length - 1)} step={1} aria-label="Day" value={shown === null ? days.length - 1 : Math.max(0, days.indexOf(shown))} aria-valuetext={dayWords(series, shown ?? newestDay)}
        onChange={(event) => { setShown(days[event.currentTarget.valueAsNumber] ?? null) }} onFocus={() => { setShown(newestDay) }} onBlur={() => { setShown(null) }} />
      {shown === null ? null : <LiftTip series={series} day={shown} left={Math.max(0, Math.min(x(shown) + 12, width - 200))} />}
    </div>
  )
}

type Scale = (value: number) => number

/** Band and middle line of one arm. A single day is an upright bar, as an area of one point would be nothing. */
function SeriesMarks({ one, x, y }: { one: LiftSeries; x: Scale; y: Scale }) {
  const colour = seriesColour(one.series)
  const bounded = one.points.filter((point) => point.lower !== null && point.upper !== null)
  const band = area<LiftPoint>((point) => x(point.day), (point) => y(point.lower ?? 0), (point) => y(point.upper ?? 0)).curve(curveMonotoneX)
  const middle = line<LiftPoint>((point) => x(point.day), (point) => y(point.lift ?? 0)).curve(curveMonotoneX)
  const [only] = bounded
  return (
    <>
      {bounded.length === 1 && only ? <line x1={x(only.day)} x2={x(only.day)} y1={y(only.lower ?? 0)} y2={y(only.upper ?? 0)} stroke={colour} strokeWidth={10} strokeLinecap="round" opacity={0.24} /> : <path d={band(bounded) ?? ''} fill={colour} opacity={0.14} />}
      <path d={middle(one.points.filter((point) => point.lift !== null)) ?? ''} fill="none" stroke={colour} strokeWidth={2} strokeDasharray={dashes(one.series)} />
    </>
  )
}

/** Colours repeat after three treatments; then the line is broken, so that it is told apart. */
function dashes(series: number): string | undefined {
  const round = Math.floor((series - 1) / 3)
  return round === 0 ? undefined : round === 1 ? '6 3' : round === 2 ? '2 3' : '9 3 2 3'
}

function short(arm: string): string {
  return arm.length > LONGEST_LABEL ? `${arm.slice(0, LONGEST_LABEL - 1)}…` : arm
}

function dayWords(series: readonly LiftSeries[], day: number): string {
  const words = series.flatMap(({ arm, points }) => {
    const point = points.find((candidate) => candidate.day === day)
    if (!point) return []
    return [`${arm} ${point.lift === null ? 'no estimate' : `${lift(point.lift)}, from ${liftRange(point.lower, point.upper)}`}`]
  })
  return `Day ${day}: ${words.join('; ')}`
}

function sentence(series: readonly LiftSeries[], target: number | null): string {
  const newest = Math.max(0, ...daysOf(series))
  const aim = target === null ? '' : ` Target ${goal(target)}.`
  return newest === 0 ? `Lift by day: no estimate yet.${aim}` : `Lift by day with an interval that is safe to check daily. ${dayWords(series, newest)}.${aim}`
}
