import { lift, liftRange } from '../ui/effect-format.ts'
import { count, date } from '../ui/format.ts'
import { seriesColour } from '../ui/split-bar.tsx'
import css from './lift-band.module.css'
import type { LiftSeries } from './lift-series.ts'

/** What is known at the end of one day, beside the pointer. */
export function LiftTip({ series, day, left }: { series: readonly LiftSeries[]; day: number; left: number }) {
  const found = series.flatMap(({ arm, series: colour, points }) => points.filter((point) => point.day === day).map((point) => ({ arm, colour, point })))
  return (
    <div className={css.tip} style={{ left }} aria-hidden>
      <b>Day {day}{found[0] ? `, ${date(found[0].point.date)}` : ''}</b>
      {found.map(({ arm, colour, point }) => (
        <div key={arm}>
          <span><i className={css.dot} style={{ background: seriesColour(colour) }} />{arm} <b>{point.lift === null ? 'no estimate' : lift(point.lift)}</b></span>
          {point.lift === null ? null : <span>{point.lower === null && point.upper === null ? 'Too few people for an interval' : liftRange(point.lower, point.upper)}</span>}
          <span>{count(point.n)} people</span>
        </div>
      ))}
    </div>
  )
}
