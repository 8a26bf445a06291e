import { Button, PasswordInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { ApiError } from '../../api/client.ts'
import { fieldErrors } from '../../api/field-errors.ts'
import { useMe } from '../../api/session.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import { toastDone } from '../../ui/toast.tsx'
import css from './password-panel.module.css'
import { useChangePassword } from './sessions-queries.ts'

const LEAST = 12

/** Changes the password; every other browser is signed out by it. */
export function PasswordPanel() {
  const me = useMe()
  const change = useChangePassword()
  const form = useForm({
    initialValues: { current: '', password: '' },
    validate: {
      current: (value) => (value === '' ? 'Give the password that you have now.' : null),
      password: (value) => (value.length < LEAST ? `Use at least ${LEAST} characters.` : null),
    },
  })
  const wrong = change.error instanceof ApiError && change.error.code === 'wrong_password'
  const refusal = change.error && !wrong && Object.keys(fieldErrors(change.error)).length === 0 ? messageOf(change.error) : null
  const show = { visibilityToggleButtonProps: { 'aria-label': 'Show the password' } }
  return (
    <Panel id="password" title="Password">
      <form
        className={css.form}
        noValidate
        onSubmit={form.onSubmit((values) => {
          change.mutate(values, {
            onSuccess: () => { form.reset(); toastDone({ title: 'Your password is changed', detail: 'Every other browser is signed out.' }) },
            onError: (error) => { form.setErrors(error instanceof ApiError && error.code === 'wrong_password' ? { current: messageOf(error) } : fieldErrors(error)) },
          })
        })}
      >
        {refusal === null ? null : <Notice tone="danger" alert>{refusal}</Notice>}
        <input className="sr" type="text" name="username" autoComplete="username" value={me.email} readOnly tabIndex={-1} aria-hidden />
        <div className={css.fields}>
          <PasswordInput label="Password now" autoComplete="current-password" {...show} {...form.getInputProps('current')} />
          <PasswordInput label="New password" description={`At least ${LEAST} characters. A sentence is easier to remember than symbols.`} inputWrapperOrder={['label', 'input', 'error', 'description']} autoComplete="new-password" {...show} {...form.getInputProps('password')} />
        </div>
        <div><Button type="submit" variant="default" loading={change.isPending}>Change password</Button></div>
      </form>
    </Panel>
  )
}
