import { scaleLinear } from 'd3-scale'
import { area, curveStepAfter } from 'd3-shape'
import { useState } from 'react'
import { compact, count, dateTime } from '../ui/format.ts'
import { seriesColour } from '../ui/split-bar.tsx'
import { useWidth } from '../ui/use-width.ts'
import css from './stacked-area.module.css'
import { highestSum, stackEdges, type StackLayer } from './stacked-series.ts'
import { timeTicks } from './time-ticks.ts'

interface Props {
  /** Start of each step, oldest first, in ms. */
  times: readonly number[]
  stepMs: number
  layers: readonly StackLayer[]
  /** What the chart says, for those who do not see it. */
  label: string
  height?: number
  /** How a step is called. */
  nameOf?: (instant: string) => string
}

const MARGIN = { left: 44, right: 8, top: 10, bottom: 24 }

/** Counts over time, one layer on the other. Read it by pointer, or by arrow keys once focused. */
export function StackedArea({ times, stepMs, layers, label, height = 240, nameOf = dateTime }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>()
  const [shown, setShown] = useState<number | null>(null)
  const from = times[0] ?? 0
  const to = (times.at(-1) ?? 0) + stepMs
  const right = Math.max(MARGIN.left + 40, width - MARGIN.right)
  const bottom = height - MARGIN.bottom
  const x = scaleLinear([from, to], [MARGIN.left, right])
  const y = scaleLinear([0, highestSum(layers)], [bottom, MARGIN.top]).nice(4)
  const edges = stackEdges(layers)
  const last = times.length - 1

  const show = (pixel: number) => { setShown(Math.max(0, Math.min(last, Math.floor((x.invert(pixel) - from) / stepMs)))) }
  const pathOf = (steps: readonly [number, number][]) => {
    // One more point, so that the last step has its width too.
    const points = [...steps, ...steps.slice(-1)]
    return area<[number, number]>((_, step) => x(from + step * stepMs), ([lower]) => y(lower), ([, upper]) => y(upper)).curve(curveStepAfter)(points) ?? ''
  }
  const words = (step: number) => `${nameOf(new Date(times[step] ?? 0).toISOString())}: ${layers.map(({ label: name, values }) => `${name} ${count(values[step] ?? 0)}`).join(', ')}`

  return (
    <div ref={ref} className={css.chart} style={{ height }}>
      <svg width={width} height={height} role="img" aria-label={label} onPointerMove={(event) => { show(event.clientX - event.currentTarget.getBoundingClientRect().left) }} onPointerLeave={() => { setShown(null) }}>
        {y.ticks(4).filter((tick) => Number.isInteger(tick)).map((tick) => (
          <g key={tick}>
            <line x1={MARGIN.left} x2={right} y1={y(tick)} y2={y(tick)} stroke={tick === 0 ? 'var(--ink-3)' : 'var(--line)'} shapeRendering="crispEdges" />
            <text x={MARGIN.left - 8} y={y(tick) + 4} textAnchor="end" className="tick">{compact(tick)}</text>
          </g>
        ))}
        {timeTicks([from, to], right - MARGIN.left).map(({ at, label: text }) => <text key={at} x={Math.min(Math.max(x(at), MARGIN.left + 12), right - 16)} y={height - 6} textAnchor="middle" className="tick">{text}</text>)}
        {layers.map(({ label: name, series }, index) => {
          const colour = layerColour(series)
          return <path key={name} d={pathOf(edges[index] ?? [])} fill={colour} opacity={0.85} />
        })}
        {shown === null ? null : <rect x={x(times[shown] ?? 0)} width={Math.max(1, x(from + stepMs) - x(from))} y={MARGIN.top} height={bottom - MARGIN.top} fill="var(--ink)" opacity={0.08} />}
      </svg>
      <input type="range" className="sr" min={0} max={Math.max(0, last)} step={1} aria-label="Time" value={shown ?? Math.max(0, last)} aria-valuetext={words(shown ?? Math.max(0, last))}
        onChange={(event) => { setShown(event.currentTarget.valueAsNumber) }} onFocus={() => { setShown(last) }} onBlur={() => { setShown(null) }} />
      {shown === null ? null : (
        <div className={css.tip} style={{ left: Math.max(0, Math.min(x(times[shown] ?? 0) + 14, width - 216)) }} aria-hidden>
          <b>{nameOf(new Date(times[shown] ?? 0).toISOString())}</b>
          {[...layers].reverse().map(({ label: name, series, values }) => <span key={name}><i className={css.dot} style={{ background: layerColour(series) }} />{name}<em>{count(values[shown] ?? 0)}</em></span>)}
        </div>
      )}
    </div>
  )
}

export function layerColour(series: number | null): string {
  return series === null ? 'var(--flat-line)' : seriesColour(series)
}
