import { Button, Textarea } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { Change } from '../../ui/changes/change.ts'
import { ChangeList } from '../../ui/changes/change-list.tsx'
import type { Naming } from '../../ui/serve/naming.ts'
import { Sheet } from '../../ui/sheet.tsx'
import css from './sheet.module.css'

interface Props {
  title: string
  production: boolean
  changes: readonly Change[]
  naming: Naming
  /** What to know before going on. */
  notes?: ReactNode
  /** What else is asked for. */
  fields?: ReactNode
  reasonNeeded: boolean
  /** Why the reason given is not enough. */
  reasonProblem?: string | undefined
  /** The verb on the button. */
  action: string
  /** Whether everything else that is asked for has been given. */
  ready?: boolean
  saving: boolean
  onApply: (reason: string) => void
  onClose: () => void
}

/** What is about to happen: before and after, what to know, and why. */
export function ReviewSheet({ title, production, changes, naming, notes, fields, reasonNeeded, reasonProblem, action, ready = true, saving, onApply, onClose }: Props) {
  const [reason, setReason] = useState('')
  const complete = ready && changes.length > 0 && (!reasonNeeded || reason.trim() !== '')
  return (
    <Sheet onClose={onClose} size={640} title={title} production={production}>
      <form className={css.sheet} onSubmit={(event) => { event.preventDefault(); if (complete) onApply(reason.trim()) }}>
        {changes.length === 0 ? <p className="soft">Nothing would change: it is like this already.</p> : <div className={css.changes}><ChangeList changes={changes} naming={naming} /></div>}
        <div className={css.notices}>{notes}</div>
        <Textarea label={reasonNeeded ? 'Why now' : 'Why now, if you like'} description="Shown in the history and to whoever is on call" value={reason} onChange={(event) => { setReason(event.currentTarget.value) }} maxLength={1000} error={reasonProblem} data-autofocus required={reasonNeeded} withAsterisk={false} />
        {fields}
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>Keep editing</Button>
          <Button type="submit" disabled={!complete} loading={saving}>{action}</Button>
        </div>
      </form>
    </Sheet>
  )
}
