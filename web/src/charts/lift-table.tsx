import { lift, liftRange } from '../ui/effect-format.ts'
import { count, date } from '../ui/format.ts'
import css from './lift-table.module.css'
import { daysOf, type LiftSeries } from './lift-series.ts'

/** The lift band as numbers. */
export function LiftTable({ series, height = 320 }: { series: readonly LiftSeries[]; height?: number }) {
  const several = series.length > 1
  const rows = daysOf(series).toReversed().flatMap((day) => series.flatMap(({ arm, points }) => points.filter((point) => point.day === day).map((point) => ({ arm, point }))))
  return (
    <div className={`tablewrap ${css.wrap}`} role="region" aria-label="Lift by day" tabIndex={0} style={{ maxHeight: height }}>
      <table className={`table ${css.dense}`}>
        <thead>
          <tr><th scope="col">Day</th>{several ? <th scope="col">Variant</th> : null}<th scope="col" className="right">Lift</th><th scope="col" className="right">Interval</th><th scope="col" className="right">People</th></tr>
        </thead>
        <tbody>
          {rows.map(({ arm, point }) => (
            <tr key={`${point.day} ${arm}`}>
              <td>{point.day}, {date(point.date)}</td>
              {several ? <td>{arm}</td> : null}
              <td className="right num">{point.lift === null ? 'No estimate' : lift(point.lift)}</td>
              <td className="right num">{point.lower === null && point.upper === null ? 'None yet' : liftRange(point.lower, point.upper)}</td>
              <td className="right num">{count(point.n)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
