import { Button, PasswordInput } from '@mantine/core'
import { schemaResolver, useForm } from '@mantine/form'
import { acceptedInvitation, routes } from '@assay/server/contract'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { call } from '../../api/client.ts'
import { fieldErrors } from '../../api/field-errors.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { AccountLayout } from './account-layout.tsx'
import css from './account-form.module.css'
import { useEntry } from './account-queries.ts'

/** Somebody invited chooses a password and is in. */
export function AcceptPage() {
  const { token } = useSearch({ from: '/accept' })
  if (token === undefined) {
    return <AccountLayout title="The link is not complete" lead={<>An invitation link ends in ?token=. Open it whole, or ask for a new one. If you have a password already, <Link to="/sign-in">sign in</Link>.</>} />
  }
  return (
    <AccountLayout title="You are invited" lead="Choose a password to join.">
      <AcceptForm token={token} />
    </AccountLayout>
  )
}

function AcceptForm({ token }: { token: string }) {
  const navigate = useNavigate()
  const form = useForm({ initialValues: { token, password: '' }, validate: schemaResolver(acceptedInvitation, { sync: true }), validateInputOnBlur: true })
  const accept = useEntry({
    enter: (body: typeof form.values) => call(routes.acceptInvitation, { body }),
    onEntered: () => { void navigate({ to: '/', replace: true }) },
  })
  const atField = 'password' in fieldErrors(accept.error)
  return (
    <form className={css.form} onSubmit={form.onSubmit((values) => { accept.mutate(values, { onError: (error) => { form.setErrors(fieldErrors(error)) } }) })} noValidate>
      {accept.error === null || atField ? null : <Notice tone="danger" alert>{messageOf(accept.error)}</Notice>}
      <PasswordInput label="Password" description="At least 12 characters. A sentence is fine." autoComplete="new-password" autoFocus required withAsterisk={false} visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }} {...form.getInputProps('password')} />
      <Button type="submit" loading={accept.isPending} fullWidth>Join</Button>
    </form>
  )
}
