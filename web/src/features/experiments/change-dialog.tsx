import { Button, Textarea, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { conflictOf } from '../../ui/conflict/conflict-of.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import css from './change-dialog.module.css'
import foot from './dialog.module.css'

interface Props {
  title: string
  production: boolean
  /** What changes, before and after. Empty while nothing does. */
  moves: readonly { label: string; was: string; now: string }[]
  /** What it does to people and to the answer. */
  notes: readonly string[]
  /** What has to be typed first, and why; null where the reason is enough. */
  typedFirst: { word: string; because: string } | null
  /** What stands in the way, in words. */
  problem: string | null
  action: string
  keep: string
  busy: boolean
  failure: unknown
  onSend: (reason: string) => void
  onClose: () => void
  children?: ReactNode
}

/** The review of a change to what runs: before and after, what it means, and why it is done. */
export function ChangeDialog({ title, production, moves, notes, typedFirst, problem, action, keep, busy, failure, onSend, onClose, children }: Props) {
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const ready = moves.length > 0 && problem === null && reason.trim() !== '' && (typedFirst === null || typed === typedFirst.word)
  return (
    <Sheet title={title} size={560} production={production} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (ready) onSend(reason.trim()) }}>
        {children === undefined ? null : <div className={css.fields}>{children}</div>}
        {moves.length === 0 ? null : (
          <table className={css.moves}>
            <thead><tr><th scope="col"><span className="sr">What changes</span></th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
            <tbody>{moves.map(({ label, was, now }) => <tr key={label}><th scope="row">{label}</th><td>{was}</td><td>{now}</td></tr>)}</tbody>
          </table>
        )}
        <ul className={css.notes}>{notes.map((note) => <li key={note}>{note}</li>)}</ul>
        <Textarea label="Why" required description="Stands beside the result, in every export and in the audit log." maxLength={1000} value={reason} onChange={(event) => { setReason(event.currentTarget.value) }} />
        {typedFirst === null ? null : <TextInput mt={14} label={<>Type <code>{typedFirst.word}</code>: {typedFirst.because}</>} autoComplete="off" spellCheck={false} value={typed} onChange={(event) => { setTyped(event.currentTarget.value) }} />}
        {failure ? <div className={css.notice}><Notice tone="danger" alert>{messageOf(failure)}{conflictOf(failure) ? ' Close this, and look at what stands now.' : ''}</Notice></div> : null}
        <div className={foot.foot}>
          <Button variant="default" onClick={onClose}>{keep}</Button>
          <span className="grow" />
          <Button type="submit" disabled={!ready} loading={busy}>{action}</Button>
        </div>
      </form>
    </Sheet>
  )
}
