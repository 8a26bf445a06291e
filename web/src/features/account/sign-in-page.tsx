import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { routes } from '@assay/server/contract'
import { useRouter, useSearch } from '@tanstack/react-router'
import { call } from '../../api/client.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { AccountLayout } from './account-layout.tsx'
import css from './account-form.module.css'
import { useEntry } from './account-queries.ts'
import { safeNext } from './safe-next.ts'

export function SignInPage() {
  const { next } = useSearch({ from: '/sign-in' })
  const router = useRouter()
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: { email: (value) => (value.trim() === '' ? 'Give your e-mail address.' : null), password: (value) => (value === '' ? 'Give your password.' : null) },
  })
  const signIn = useEntry({
    enter: (body: typeof form.values) => call(routes.signIn, { body }),
    onEntered: () => { router.history.replace(safeNext(next, window.location.origin)) },
  })
  return (
    <AccountLayout title="Sign in" lead={next === undefined ? 'Welcome back.' : 'Sign in to go on to the page you asked for.'}>
      <form className={css.form} onSubmit={form.onSubmit((values) => { signIn.mutate(values) })} noValidate>
        {signIn.error === null ? null : <Notice tone="danger" alert>{messageOf(signIn.error)}</Notice>}
        <TextInput label="E-mail address" type="email" autoComplete="username" autoFocus required withAsterisk={false} {...form.getInputProps('email')} />
        <PasswordInput label="Password" autoComplete="current-password" required withAsterisk={false} visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }} {...form.getInputProps('password')} />
        <Button type="submit" loading={signIn.isPending} fullWidth>Sign in</Button>
      </form>
      <p className={css.foot}>No account yet? An admin of your project can invite you.</p>
    </AccountLayout>
  )
}
