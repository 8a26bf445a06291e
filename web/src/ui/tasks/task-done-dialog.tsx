import type { Task } from '@assay/server/contract'
import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { messageOf } from '../message-of.ts'
import { Notice } from '../notice.tsx'
import { Sheet } from '../sheet.tsx'
import { toastDone } from '../toast.tsx'
import { useTaskWrites } from './task-queries.ts'
import css from './tasks.module.css'

/** Says that a task is done, or why it is not after all. */
export function TaskDoneDialog({ task, onClose }: { task: Task; onClose: () => void }) {
  const { complete, reopen } = useTaskWrites(task)
  const [note, setNote] = useState('')
  const done = task.doneAt !== null
  const write = done ? reopen : complete
  const send = () => {
    write.mutate(note.trim(), { onSuccess: () => { toastDone({ title: done ? `${task.key} is open again` : `${task.key} is done` }); onClose() } })
  }
  return (
    <Sheet onClose={onClose} size={460} title={done ? `Open ${task.key} again` : `Complete ${task.key}`}>
      <form className={css.sheet} noValidate onSubmit={(event) => { event.preventDefault(); send() }}>
        <p className="soft">{task.title}</p>
        <Textarea label={done ? 'Why it is not done' : 'Note'} description={done ? 'Kept with the task. Assay leaves it to you from now on.' : 'Such as where to see it. May stay empty.'} value={note} onChange={(event) => { setNote(event.currentTarget.value) }} maxLength={1000} data-autofocus />
        {write.error ? <Notice tone="danger" alert>Not saved. {messageOf(write.error)}</Notice> : null}
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" disabled={done && note.trim() === ''} loading={write.isPending}>{done ? 'Open again' : 'It is done'}</Button>
        </div>
      </form>
    </Sheet>
  )
}
