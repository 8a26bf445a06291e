import type { ExperimentSummary } from '@assay/server/contract'
import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { Notice } from '../../ui/notice.tsx'
import css from './decision-note.module.css'

type Decided = ExperimentSummary & { decision: NonNullable<ExperimentSummary['decision']> }

const choices = { ship: 'Shipped', remove: 'Removed', iterate: 'Tried again' } as const

/** What people decided after an experiment, and what was learned. */
export function DecisionNote({ experiment }: { experiment: Decided }) {
  const project = useProjectKey()
  const { choice, variant, note, learning, differsFromVerdict, by, at } = experiment.decision
  return (
    <div className={css.note}>
      <blockquote>{learning}</blockquote>
      {note === '' ? null : <p>{note}</p>}
      {differsFromVerdict ? <Notice tone="warn">The decision differs from the verdict.</Notice> : null}
      <p className="muted">{choices[choice]}{variant === null ? '' : ` ${variant}`} after <Link to="/p/$project/experiments/$experiment" params={{ project, experiment: experiment.key }}>{experiment.key}</Link>, {by}, <Ago at={at} /></p>
    </div>
  )
}
