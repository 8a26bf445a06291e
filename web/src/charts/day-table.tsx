import { count, date } from '../ui/format.ts'
import css from './day-table.module.css'

/** Events per day as numbers, for whoever wants them: newest first. */
export function DayTable({ days }: { days: readonly { day: string; events: number; units: number }[] }) {
  return (
    <details className={css.twin}>
      <summary>The days as a table</summary>
      <div className={`tablewrap ${css.wrap}`} role="region" aria-label="Events per day as a table" tabIndex={0}>
        <table className={`table ${css.dense}`}>
          <thead><tr><th scope="col">Day</th><th scope="col" className="right">Events</th><th scope="col" className="right">People</th></tr></thead>
          <tbody>{days.toReversed().map(({ day, events, units }) => <tr key={day}><td>{date(day)}</td><td className="right num">{count(events)}</td><td className="right num">{count(units)}</td></tr>)}</tbody>
        </table>
      </div>
    </details>
  )
}
