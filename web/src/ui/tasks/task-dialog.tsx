import type { Task } from '@assay/server/contract'
import { Autocomplete, Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors } from '../../api/field-errors.ts'
import { membersQuery } from '../../api/project-queries.ts'
import { useProjectKey } from '../../api/project.ts'
import { messageOf } from '../message-of.ts'
import { Notice } from '../notice.tsx'
import { Sheet } from '../sheet.tsx'
import { toastDone } from '../toast.tsx'
import { useTaskWrites } from './task-queries.ts'
import css from './tasks.module.css'

/** Who does a task, and by when. */
export function TaskDialog({ task, onClose }: { task: Task; onClose: () => void }) {
  const members = useQuery(membersQuery(useProjectKey())).data?.members ?? []
  const { save } = useTaskWrites(task)
  const [assignee, setAssignee] = useState(task.assignee)
  const [dueAt, setDueAt] = useState(task.dueAt ?? '')
  const errors = fieldErrors(save.error)
  const send = () => {
    save.mutate({ assignee: assignee.trim(), dueAt: dueAt === '' ? null : dueAt }, { onSuccess: () => { toastDone({ title: `${task.key} is changed` }); onClose() } })
  }
  return (
    <Sheet onClose={onClose} size={460} title={`${task.key}: who, and by when`}>
      <form className={css.sheet} noValidate onSubmit={(event) => { event.preventDefault(); send() }}>
        <p className="soft">{task.title}</p>
        <Autocomplete label="Who does it" placeholder="Nobody yet" data={[...new Set(members.map(({ name }) => name))]} maxLength={200} value={assignee} error={errors['assignee']} onChange={setAssignee} data-autofocus />
        <TextInput label="By when" type="date" value={dueAt} error={errors['dueAt']} onChange={(event) => { setDueAt(event.currentTarget.value) }} />
        {save.error && Object.keys(errors).length === 0 ? <Notice tone="danger" alert>Not saved. {messageOf(save.error)}</Notice> : null}
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={save.isPending}>Save</Button>
        </div>
      </form>
    </Sheet>
  )
}
