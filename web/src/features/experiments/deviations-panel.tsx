import type { ExperimentDetail } from '@assay/server/contract'
import { Chip } from '../../ui/chip.tsx'
import { dateTime, plural } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { deviationName, deviationValue } from './deviation-words.ts'
import css from './plan-panel.module.css'

/** What was done after sealing: registered beside what stands now, with who did it, when and why. */
export function DeviationsPanel({ deviations, phase }: Pick<ExperimentDetail, 'deviations' | 'phase'>) {
  if (deviations.length === 0) return null
  return (
    <Panel title="Registered and now" padded={false} aside={<Chip tone="warn">{plural(deviations.length, 'deviation')} from the plan</Chip>}>
      <div className={`tablewrap ${css.deviations}`} tabIndex={0} role="region" aria-label="Deviations from the sealed plan">
        <table className="table">
          <thead><tr><th scope="col">What</th><th scope="col">Registered</th><th scope="col">Now</th><th scope="col">By whom, and why</th></tr></thead>
          <tbody>
            {deviations.map((deviation, index) => (
              <tr key={index}>
                <th scope="row">{deviationName(deviation.what)}{phase > 1 && deviation.phase !== undefined ? <small className={css.phase}>phase {deviation.phase}</small> : null}</th>
                <td>{deviationValue(deviation, deviation.registered)}</td>
                <td>{deviationValue(deviation, deviation.now)}</td>
                <td>
                  {deviation.reason ? <span className={css.why}>{deviation.reason}</span> : null}
                  <small>{deviation.by === undefined ? 'Not known' : deviation.by}{deviation.at === undefined ? '' : `, ${dateTime(deviation.at)}`}</small>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
