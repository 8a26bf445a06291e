import type { Task } from '@assay/server/contract'
import { ActionIcon, Checkbox } from '@mantine/core'
import { IconCalendarDue, IconPencil } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { usePermit, useProjectKey } from '../../api/project.ts'
import { Ago } from '../ago.tsx'
import { Avatar } from '../avatar.tsx'
import { CallersLine } from './callers-line.tsx'
import { dueWords } from './due-words.ts'
import css from './tasks.module.css'

const TaskDialog = lazy(async () => ({ default: (await import('./task-dialog.tsx')).TaskDialog }))
const TaskDoneDialog = lazy(async () => ({ default: (await import('./task-done-dialog.tsx')).TaskDoneDialog }))

/** A task: what is to be done, by whom and until when. `linked` says what it is about, where the page does not. */
export function TaskRow({ task, linked }: { task: Task; linked: boolean }) {
  const project = useProjectKey()
  const permit = usePermit('task.write')
  const [open, setOpen] = useState<'edit' | 'done'>()
  const done = task.doneAt !== null
  const due = dueWords(task, new Date())
  const close = () => { setOpen(undefined) }
  return (
    <div className={css.row} data-done={done}>
      {/* A click asks first: it is ticked once the server has it. */}
      <Checkbox className={css.tick ?? ''} size="sm" checked={done} disabled={!permit.allowed} title={permit.allowed ? undefined : permit.why} aria-label={done ? `Open ${task.key} again` : `Complete ${task.key}`} onChange={() => { setOpen('done') }} />
      <div className={css.what}>
        <p className={css.title}>{task.title}</p>
        <p className={css.about}>
          <span className="num">{task.key}</span>
          {linked && task.experiment !== null ? <Link to="/p/$project/experiments/$experiment" params={{ project, experiment: task.experiment }}>{task.experiment}</Link> : null}
          {linked && task.flag !== null && task.kind !== 'follow_up' ? <Link to="/p/$project/flags/$flag/$tab" params={{ project, flag: task.flag, tab: 'targeting' }}>{task.flag}</Link> : null}
          {task.kind === 'follow_up' && task.hypothesis !== null && !done ? <Link to="/p/$project/hypotheses/new" params={{ project }} search={{ from: task.hypothesis, kind: 'follow_up' }}>Write it</Link> : null}
          {task.doneAt === null ? null : <span>Done by {task.doneBy}, <Ago at={task.doneAt} /></span>}
        </p>
        {task.kind === 'remove_code' && task.flag !== null && !done ? <CallersLine flag={task.flag} /> : null}
        {task.note === '' ? null : <p className={css.note}>{task.note}</p>}
      </div>
      <div className={css.who}>
        {done ? null : <span className={due.late ? css.late : css.due}><IconCalendarDue size={14} aria-hidden />{due.words}</span>}
        {task.assignee === '' ? <span className="muted">Nobody yet</span> : <span className={css.person}><Avatar name={task.assignee} size={20} />{task.assignee}</span>}
        {permit.allowed ? <ActionIcon size={26} variant="subtle" aria-label={`Change ${task.key}`} onClick={() => { setOpen('edit') }}><IconPencil size={14} /></ActionIcon> : null}
      </div>
      {open === 'edit' ? <Suspense><TaskDialog task={task} onClose={close} /></Suspense> : null}
      {open === 'done' ? <Suspense><TaskDoneDialog task={task} onClose={close} /></Suspense> : null}
    </div>
  )
}
