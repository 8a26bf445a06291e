import type { ExperimentSummary } from '@assay/server/contract'
import { Link } from '@tanstack/react-router'
import { useProject } from '../../api/project.ts'
import { Chip } from '../../ui/chip.tsx'
import { EnvTag } from '../../ui/env-tag.tsx'
import { count, date } from '../../ui/format.ts'
import { LevelGlyph, levelNames } from '../../ui/level-glyph.tsx'
import { VirtualBody } from '../../ui/virtual-body.tsx'
import { dayWords } from './banner.ts'
import { statusOf } from './experiment-views.ts'
import css from './experiments-table.module.css'
import { VerdictChip } from './verdict-chip.tsx'

export function ExperimentsTable({ experiments }: { experiments: readonly ExperimentSummary[] }) {
  const { key: project, environments } = useProject()
  const now = new Date()
  return (
    <div className="tablewrap" tabIndex={0} role="region" aria-label="Experiments">
      <table className={`table ${css.table}`} aria-rowcount={experiments.length + 1}>
        <thead>
          <tr aria-rowindex={1}><th scope="col">Experiment</th><th scope="col">Level</th><th scope="col">Status</th><th scope="col">Verdict</th><th scope="col">Flag</th><th scope="col" className="right">People</th><th scope="col">When</th></tr>
        </thead>
        <VirtualBody items={experiments} keyOf={({ key }) => key} rowHeight={57} row={(experiment, place) => {
          const environment = environments.find((known) => known.key === experiment.environment)
          return (
            <tr {...place}>
              <td><span className={css.name}><Link to="/p/$project/experiments/$experiment" params={{ project, experiment: experiment.key }}>{experiment.title}</Link><small>{experiment.key}, tests {experiment.hypothesis}</small></span></td>
              <td><span className={css.level}><LevelGlyph level={experiment.level} size={18} />{levelNames[experiment.level - 1]}</span></td>
              <td><Chip tone={experiment.status === 'running' ? 'info' : 'flat'}>{statusOf(experiment)}</Chip></td>
              <td>{experiment.verdict === null ? <span className="muted">None yet</span> : <VerdictChip kind={experiment.verdict.kind} final={experiment.verdict.final} />}</td>
              <td><span className={css.where}><code>{experiment.flag}</code><EnvTag name={environment?.name ?? experiment.environment} production={environment?.production ?? false} /></span></td>
              <td className="right num">{experiment.status === 'draft' ? '–' : count(experiment.people)}</td>
              <td className={css.when}>{whenWords(experiment, now)}</td>
            </tr>
          )
        }} />
      </table>
    </div>
  )
}

function whenWords(experiment: ExperimentSummary, now: Date) {
  if (experiment.startedAt === null) return <>Drafted {date(experiment.createdAt)}</>
  if (experiment.status === 'running') return <>{dayWords(experiment, now)}<small>since {date(experiment.startedAt)}</small></>
  return <>{date(experiment.startedAt)}{experiment.endedAt === null ? null : <small>to {date(experiment.endedAt)}</small>}</>
}
