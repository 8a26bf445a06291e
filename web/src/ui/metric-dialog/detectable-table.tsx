import type { MetricDefinition, MetricPreview } from '@assay/server/contract'
import { lift } from '../effect-format.ts'
import { count } from '../format.ts'
import css from './metric-preview.module.css'
import { levelText } from './preview-words.ts'

/** What effect so many people show: the table that a plan is made with. */
export function DetectableTable({ definition, preview }: { definition: MetricDefinition; preview: MetricPreview }) {
  const sign = definition.direction === 'increase' ? 1 : -1
  return (
    <div className="tablewrap" tabIndex={0} role="region" aria-label="Smallest change by number of people">
      <table className={`table ${css.rows}`}>
        <thead><tr><th scope="col" className="right">People in all</th><th scope="col" className="right">Smallest change shown</th><th scope="col" className="right">From today to</th></tr></thead>
        <tbody>
          {preview.detectable.map(({ units, effect }) => (
            <tr key={units}>
              <td className="right num">{count(units)}</td>
              <td className="right num">{effect === null ? <span className="muted">none</span> : lift(sign * effect)}</td>
              <td className="right num">{effect === null || preview.level === null ? '' : levelText(definition, preview.level * (1 + sign * effect))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
