import type { Change } from '@assay/server/contract'
import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import css from './change-sheet.module.css'

interface Props {
  change: Change
  mine: boolean
  saving: boolean
  error: unknown
  onWithdraw: (reason: string) => void
  onClose: () => void
}

/** Takes a proposal back, or turns somebody else's down. */
export function WithdrawSheet({ change, mine, saving, error, onWithdraw, onClose }: Props) {
  const [reason, setReason] = useState('')
  const verb = mine ? 'Withdraw' : 'Turn down'
  return (
    <Sheet onClose={onClose} size={480} title={`${verb} ${change.key}`}>
      <form className={css.sheet} onSubmit={(event) => { event.preventDefault(); onWithdraw(reason.trim()) }}>
        <p className="soft">{change.flagName} stays as it is. The proposal and what was said about it are kept and cannot be taken up again: propose it anew instead.</p>
        <Textarea label="Why" description={mine ? 'Kept with the change' : `Kept with the change, for ${change.author.name} to read`} value={reason} onChange={(event) => { setReason(event.currentTarget.value) }} maxLength={1000} data-autofocus />
        {error ? <Notice tone="danger" alert>{messageOf(error)}</Notice> : null}
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>Keep it open</Button>
          <Button type="submit" disabled={!mine && reason.trim() === ''} loading={saving}>{verb}</Button>
        </div>
      </form>
    </Sheet>
  )
}
