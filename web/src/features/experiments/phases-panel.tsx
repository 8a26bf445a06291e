import type { ExperimentDetail } from '@assay/server/contract'
import { Chip } from '../../ui/chip.tsx'
import { count, date } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import css from './plan-panel.module.css'
import { VerdictChip } from './verdict-chip.tsx'

/** Every phase that was started. Only the last one counts for the verdict. */
export function PhasesPanel({ phases = [] }: Pick<ExperimentDetail, 'phases'>) {
  if (phases.length < 2) return null
  return (
    <Panel title="Phases" padded={false} aside={<span className="muted">The verdict follows the last one alone</span>}>
      <div className={`tablewrap ${css.deviations}`} tabIndex={0} role="region" aria-label="All phases">
        <table className="table">
          <thead><tr><th scope="col">Phase</th><th scope="col">Variants</th><th scope="col">People</th><th scope="col">Verdict then</th><th scope="col">Begun by, and why</th></tr></thead>
          <tbody>
            {phases.toReversed().map((phase, index) => (
              <tr key={phase.phase}>
                <th scope="row">{phase.phase} {index === 0 ? <Chip>counts</Chip> : null}<small className={css.phase}>{date(phase.startedAt)} to {phase.endedAt === null ? 'now' : date(phase.endedAt)}</small></th>
                <td>{phase.arms.map(({ variant, weight }) => `${variant} ${weight}`).join(' : ')}</td>
                <td>{count(phase.people)}</td>
                <td>{phase.verdict === null ? 'None yet' : <VerdictChip kind={phase.verdict.kind} final={phase.verdict.final} />}</td>
                <td>{phase.reason ? <span className={css.why}>{phase.reason}</span> : null}<small>{phase.startedBy === '' ? 'Not known' : phase.startedBy}</small></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
