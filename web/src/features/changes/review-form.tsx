import type { Change } from '@assay/server/contract'
import { Radio, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Permit } from '../../api/project.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import css from './review-form.module.css'

type Verdict = Change['reviews'][number]['verdict']

interface Props {
  /** Of the field to write in. */
  id: string
  permit: Permit
  /** Why the person cannot approve or ask for changes; null where they can. */
  noVerdict: string | null
  saving: boolean
  error: unknown
  onSend: (verdict: Verdict, comment: string) => Promise<unknown>
}

const actions: Record<Verdict, string> = { approved: 'Approve', changes_requested: 'Ask for changes', comment: 'Comment' }

/** A word on the change: a comment, an approval, or what has to be different first. */
export function ReviewForm({ id, permit, noVerdict, saving, error, onSend }: Props) {
  const [chosen, setChosen] = useState<Verdict>('comment')
  const [comment, setComment] = useState('')
  const verdict = noVerdict === null ? chosen : 'comment'
  const ready = verdict === 'approved' || comment.trim() !== ''
  const send = async () => {
    await onSend(verdict, comment.trim())
    setComment('')
    setChosen('comment')
  }
  return (
    <form className={css.form} onSubmit={(event) => { event.preventDefault(); if (ready && permit.allowed) send().catch(() => undefined) }}>
      <Textarea id={id} label="Your review" placeholder={verdict === 'changes_requested' ? 'What has to be different?' : 'What did you look at?'} value={comment} onChange={(event) => { setComment(event.currentTarget.value) }} maxLength={4000} />
      {!permit.allowed ? null : noVerdict === null ? (
        <Radio.Group aria-label="Verdict" value={verdict} onChange={(next) => { setChosen(next === 'approved' || next === 'changes_requested' ? next : 'comment') }}>
          <div className={css.verdicts}>
            <Radio value="comment" label="Comment" description="Says something, decides nothing" />
            <Radio value="approved" label="Approve" description="It may go live as it is" />
            <Radio value="changes_requested" label="Ask for changes" description="It has to be different first" />
          </div>
        </Radio.Group>
      ) : <p className="muted">{noVerdict}</p>}
      {error ? <Notice tone="danger" alert>Not sent. {messageOf(error)}</Notice> : null}
      <div className={css.actions}>
        {!permit.allowed ? <span className="muted">{permit.why}</span> : ready ? null : <span className="muted">{verdict === 'comment' ? 'Write a comment first.' : 'Say what has to be different.'}</span>}
        <PermittedButton permit={permit} type="submit" variant={verdict === 'approved' ? 'filled' : 'default'} disabled={permit.allowed && !ready} loading={saving} onClick={() => undefined}>{actions[verdict]}</PermittedButton>
      </div>
    </form>
  )
}
