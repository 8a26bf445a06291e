import { routes } from '@assay/server/contract'
import { Button, Modal, PasswordInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError, call } from '../api/client.ts'
import { useMe } from '../api/session.ts'
import { messageOf } from '../ui/message-of.ts'
import { Notice } from '../ui/notice.tsx'
import css from './password-dialog.module.css'

/** Escape closes this dialog alone: the one below, with what was typed there, listens for the same key. */
const ownEscape = { 'data-mantine-stop-propagation': 'true' }

/** Stands above whatever was done, and gives it another try with the password. */
export function PasswordDialog({ onSettled }: { onSettled: (given: boolean) => void }) {
  const me = useMe()
  const [password, setPassword] = useState('')
  const confirm = useMutation({ mutationFn: () => call(routes.confirmPassword, { body: { password } }), onSuccess: () => { onSettled(true) } })
  const wrong = confirm.error instanceof ApiError && confirm.error.code === 'wrong_password'
  const cancel = () => { onSettled(false) }
  return (
    <Modal opened onClose={cancel} title="Give your password again" size={440} zIndex={300} withCloseButton={false} closeOnEscape={false} attributes={{ content: ownEscape }}>
      <form
        className={css.form}
        noValidate
        onKeyDown={(event) => { if (event.key === 'Escape') cancel() }}
        onSubmit={(event) => { event.preventDefault(); if (password !== '') confirm.mutate() }}
      >
        <p className="soft">This gives rights away or destroys something for good, and an open browser alone must not be enough for it. What you were doing goes on afterwards.</p>
        {confirm.error && !wrong ? <Notice tone="danger" alert>{messageOf(confirm.error)}</Notice> : null}
        <input className="sr" type="text" name="username" autoComplete="username" value={me.email} readOnly tabIndex={-1} aria-hidden />
        <PasswordInput
          data-autofocus
          label={`Password of ${me.email}`}
          autoComplete="current-password"
          value={password}
          error={wrong ? messageOf(confirm.error) : null}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password', ...ownEscape }}
          onChange={(event) => { setPassword(event.currentTarget.value) }}
          {...ownEscape}
        />
        <div className={css.actions}>
          <Button variant="default" onClick={cancel} {...ownEscape}>Cancel</Button>
          <span className="grow" />
          <Button type="submit" disabled={password === ''} loading={confirm.isPending} {...ownEscape}>Go on</Button>
        </div>
      </form>
    </Modal>
  )
}
