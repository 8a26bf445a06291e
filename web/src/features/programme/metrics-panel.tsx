import type { Programme } from '@assay/server/contract'
import { lift, liftRange } from '../../ui/effect-format.ts'
import { plural } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import css from './programme.module.css'

/** Per metric, what winners add up to, with and without the flattery of having picked them. */
export function MetricsPanel({ metrics }: { metrics: Programme['metrics'] }) {
  if (metrics.length === 0) return null
  return (
    <Panel title="What it adds up to" aside={<span className="muted">In the preferred direction of each metric</span>} padded={false}>
      <div className={css.scroll} tabIndex={0} role="region" aria-label="What it adds up to">
        <table className="table">
          <thead>
            <tr><th scope="col">Metric</th><th scope="col" className="right">Winners, as measured</th><th scope="col" className="right">Without the flattery</th><th scope="col" className="right">Shipped, compounded</th><th scope="col">In words</th></tr>
          </thead>
          <tbody>
            {metrics.map(({ metric, name, direction, experiments, raw, corrected, shipped, compound, sentence }) => (
              <tr key={`${metric} ${direction}`}>
                <td className={css.name}><b>{name}</b><small>{plural(experiments, 'experiment')}, {direction === 'increase' ? 'higher' : 'lower'} is better</small></td>
                <td className="right num">{raw === null ? 'None' : lift(raw)}</td>
                <td className="right num">{corrected === null ? 'None' : <>{lift(corrected.total)}<small className={css.range}>{liftRange(corrected.lower, corrected.upper)}</small></>}</td>
                <td className="right num">{compound === null ? 'Nothing' : <>{lift(compound.lift)}<small className={css.range}>{liftRange(compound.lower, compound.upper)}, of {shipped}</small></>}</td>
                <td className={css.words}>{sentence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
