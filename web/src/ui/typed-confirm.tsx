import { Button, Modal, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import css from './typed-confirm.module.css'

interface Props {
  /** Verb and object: "Remove Ada from Shop". */
  title: string
  /** What is lost, and that it cannot be taken back. */
  children: ReactNode
  /** What has to be typed. */
  word: string
  /** The verb again, on the button. */
  action: string
  busy: boolean
  onConfirm: () => void
  onCancel: () => void
}

/** For what cannot be undone: the name has to be typed. */
export function TypedConfirm({ title, children, word, action, busy, onConfirm, onCancel }: Props) {
  const [typed, setTyped] = useState('')
  return (
    <Modal opened onClose={onCancel} title={title}>
      <form onSubmit={(event) => { event.preventDefault(); if (typed === word) onConfirm() }}>
        <div className={css.lost}>{children}</div>
        <TextInput data-autofocus label={<>Type <code>{word}</code> to {action.charAt(0).toLowerCase()}{action.slice(1)}</>} autoComplete="off" spellCheck={false} value={typed} onChange={(event) => { setTyped(event.currentTarget.value) }} />
        <div className={css.actions}>
          <Button variant="default" onClick={onCancel}>Cancel</Button>
          <span className="grow" />
          <Button type="submit" color="danger" disabled={typed !== word} loading={busy}>{action}</Button>
        </div>
      </form>
    </Modal>
  )
}
