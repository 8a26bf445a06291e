import { isChangeDone, type ChangeSummary } from '@assay/server/contract'
import { IconCalendarClock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useProject } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { EnvTag } from '../../ui/env-tag.tsx'
import { dueText, fromNow } from '../../ui/schedule/schedule-words.ts'
import css from './change-row.module.css'
import { ChangeStatusChip } from './change-status-chip.tsx'
import { approvalsText } from './change-words.ts'

/** A change in two lines: why and where, and where it stands. */
export function ChangeRow({ change }: { change: ChangeSummary }) {
  const project = useProject()
  const environment = project.environments.find(({ key }) => key === change.environment)
  const approvals = isChangeDone(change) ? '' : approvalsText(change)
  return (
    <div className={css.row}>
      <Avatar name={change.author.name} size={26} />
      <div className={css.what}>
        <Link to="/p/$project/changes/$change" params={{ project: project.key, change: change.key }}>{change.reason}</Link>
        <p>
          <span className="num">{change.key}</span>
          <span>{change.flagName}</span>
          <EnvTag name={environment?.name ?? change.environment} production={environment?.production ?? false} />
          <span>{change.author.name}, <Ago at={change.createdAt} /></span>
        </p>
      </div>
      <div className={css.stands}>
        <ChangeStatusChip status={change.status} />
        {approvals === '' ? null : <span>{approvals}</span>}
        {change.schedule === null || isChangeDone(change) ? null : <span className={css.due}><IconCalendarClock size={13} aria-hidden />{dueText(change.schedule)}, {fromNow(change.schedule.at, new Date())}</span>}
      </div>
    </div>
  )
}
