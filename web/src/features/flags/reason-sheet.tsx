import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Sheet } from '../../ui/sheet.tsx'
import css from './sheet.module.css'

interface Props {
  title: string
  saving: boolean
  onSave: (reason: string) => void
  onClose: () => void
}

/** Asks why after it is done: turning off never waits for a reason. */
export function ReasonSheet({ title, saving, onSave, onClose }: Props) {
  const [reason, setReason] = useState('')
  return (
    <Sheet onClose={onClose} size={480} title={title}>
      <form className={css.sheet} onSubmit={(event) => { event.preventDefault(); if (reason.trim() !== '') onSave(reason.trim()) }}>
        <p className="soft">It is done. Say why, for whoever looks at the history.</p>
        <Textarea label="Why" value={reason} onChange={(event) => { setReason(event.currentTarget.value) }} maxLength={1000} data-autofocus />
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>Leave it without</Button>
          <Button type="submit" disabled={reason.trim() === ''} loading={saving}>Record the reason</Button>
        </div>
      </form>
    </Sheet>
  )
}
