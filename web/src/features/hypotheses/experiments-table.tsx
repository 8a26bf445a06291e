import type { ExperimentSummary } from '@assay/server/contract'
import { Link } from '@tanstack/react-router'
import { useProject } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { EnvTag } from '../../ui/env-tag.tsx'
import { count } from '../../ui/format.ts'
import { experimentChip } from './card-state.ts'
import css from './experiments-table.module.css'
import { StateChip } from './state-chip.tsx'

/** Runs that test a hypothesis, newest first. */
export function ExperimentsTable({ experiments }: { experiments: readonly ExperimentSummary[] }) {
  const project = useProject()
  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label="Experiments of this hypothesis">
      <table className="table">
        <thead><tr><th scope="col">Experiment</th><th scope="col">Flag</th><th scope="col">Environment</th><th scope="col">Stands at</th><th scope="col" className="right">People</th><th scope="col">Started</th></tr></thead>
        <tbody>
          {experiments.map((experiment) => {
            const environment = project.environments.find(({ key }) => key === experiment.environment)
            return (
              <tr key={experiment.key}>
                <td><Link to="/p/$project/experiments/$experiment" params={{ project: project.key, experiment: experiment.key }} className="mono">{experiment.key}</Link></td>
                <td><Link to="/p/$project/flags/$flag/$tab" params={{ project: project.key, flag: experiment.flag, tab: 'targeting' }} search={{ env: experiment.environment }} className="mono">{experiment.flag}</Link></td>
                <td><EnvTag name={environment?.name ?? experiment.environment} production={environment?.production ?? false} /></td>
                <td><StateChip chip={experimentChip(experiment, new Date())} /></td>
                <td className="right num">{count(experiment.people)}</td>
                <td className={css.when}>{experiment.startedAt === null ? <span className="muted">Not started</span> : <Ago at={experiment.startedAt} />}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
