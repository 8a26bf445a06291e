import { isChangeDone, type Change, type Environment } from '@assay/server/contract'
import { Button } from '@mantine/core'
import { IconCalendarClock, IconEye, IconGitMerge } from '@tabler/icons-react'
import { useProjectKey, type Permit } from '../../api/project.ts'
import { LiveOn } from '../../ui/live-on/live-on.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { dueText, dueUtcText, fromNow } from '../../ui/schedule/schedule-words.ts'
import { nextStep, statusWords } from './change-words.ts'
import css from './stand-panel.module.css'
import { statusIcons } from './status-icons.ts'

interface Props {
  change: Change
  environment: Environment
  mine: boolean
  /** Takes the person to the form; null where their word is not asked for. */
  onReview: (() => void) | null
  apply: Permit
  onApply: () => void
  onEdit: () => void
  onWithdraw: () => void
}

/** Where the change stands, what has to happen next, and the ways on. */
export function StandPanel({ change, environment, mine, onReview, apply, onApply, onEdit, onWithdraw }: Props) {
  const project = useProjectKey()
  const { status, schedule, divergence, failure, may } = change
  const due = schedule === null || isChangeDone(change) ? null : schedule
  const ready = status === 'approved' || status === 'scheduled'
  const Icon = statusIcons[status]
  return (
    <section className={css.panel} data-tone={statusWords[status].tone} data-production={environment.production} aria-labelledby="stands">
      <div className={css.head}>
        <Icon size={19} aria-hidden />
        <div>
          <h2 id="stands">{titleOf(status, environment.name)}</h2>
          <p>{nextStep(change, environment.policy, mine)}</p>
          {due === null ? null : <p className={css.due}><b>{dueText(due)}</b>{dueUtcText(due) === '' ? null : <span>{dueUtcText(due)}</span>}<span>{fromNow(due.at, new Date())}</span></p>}
          {status === 'applied' ? <LiveOn project={project} environment={environment.key} /> : null}
        </div>
      </div>
      {failure === null || isChangeDone(change) ? null : <Notice tone="danger" alert>{failure} {environment.name} is unchanged.</Notice>}
      {divergence.state === 'diverged' && !isChangeDone(change) ? <Notice icon={<IconGitMerge size={16} aria-hidden />}><b>Live moved on since, in other places.</b> It started from revision {change.basedOn}; revision {divergence.liveRevision} is live. Applying keeps both.</Notice> : null}
      {ready || onReview || may.edit || may.withdraw ? (
        <div className={css.actions}>
          {onReview ? <Button leftSection={<IconEye size={15} />} onClick={onReview}>Review it</Button> : null}
          {ready ? <PermittedButton permit={apply} onClick={onApply}>{status === 'scheduled' ? 'Apply now' : `Apply to ${environment.name.toLowerCase()}`}</PermittedButton> : null}
          {may.edit ? <Button variant="default" leftSection={<IconCalendarClock size={15} />} onClick={onEdit}>{schedule === null ? 'Schedule or edit' : 'Edit schedule'}</Button> : null}
          {may.withdraw ? <Button variant="default" onClick={onWithdraw}>{mine ? 'Withdraw' : 'Turn down'}</Button> : null}
        </div>
      ) : null}
      {ready && !apply.allowed ? <p className="muted">{apply.why}</p> : null}
    </section>
  )
}

function titleOf(status: Change['status'], environment: string): string {
  if (status === 'applied') return `Applied to ${environment.toLowerCase()}`
  return status === 'conflicted' ? 'In conflict with what is live' : statusWords[status].words
}
