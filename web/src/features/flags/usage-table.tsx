import { count, dateTime } from '../../ui/format.ts'
import type { UsageStack } from './usage-stack.ts'
import css from './evaluations-tab.module.css'

/** The chart as numbers, newest first; steps without a decision are left out. */
export function UsageTable({ stack: { times, layers } }: { stack: UsageStack }) {
  const rows = times.map((at, step) => ({ at, values: layers.map(({ values }) => values[step] ?? 0) })).filter(({ values }) => values.some((value) => value > 0)).toReversed()
  return (
    <div className={`tablewrap ${css.table}`} role="region" aria-label="Decisions over time" tabIndex={0}>
      <table className="table">
        <thead><tr><th scope="col">From</th>{layers.map(({ label }) => <th key={label} scope="col" className="right">{label}</th>)}<th scope="col" className="right">All</th></tr></thead>
        <tbody>
          {rows.map(({ at, values }) => (
            <tr key={at}>
              <td>{dateTime(new Date(at).toISOString())}</td>
              {values.map((value, index) => <td key={layers[index]?.label} className="right num">{count(value)}</td>)}
              <td className="right num">{count(values.reduce((sum, value) => sum + value, 0))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
