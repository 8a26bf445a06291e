import type { Metric, MetricPreview } from '@assay/server/contract'
import { Ago } from '../../ui/ago.tsx'
import { exact } from '../../ui/effect-format.ts'
import css from './metric-page.module.css'

/** Events that count, as they were recorded: what a condition is written from. */
export function SampleTable({ metric, sample }: { metric: Metric; sample: MetricPreview['sample'] }) {
  if (sample.length === 0) return <p className={css.quiet}>No event passes here. Services record <code>{metric.event}</code> with <code>track</code>.</p>
  return (
    <div className={css.flush}>
      <div className="tablewrap" tabIndex={0} role="region" aria-label="Events that count">
        <table className="table">
          <thead><tr><th scope="col">When</th><th scope="col">Person</th><th scope="col" className="right">Value</th><th scope="col">Properties</th></tr></thead>
          <tbody>
            {sample.map(({ at, unit, value, properties }, i) => (
              <tr key={i}>
                <td className={css.when}><Ago at={at} /></td>
                <td><code>{unit}</code></td>
                <td className="right num">{value === null ? <span className="muted">none</span> : exact(value)}</td>
                <td className={css.properties}>{properties === '{}' ? <span className="muted">none</span> : <code>{properties}</code>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
