import { Button, PasswordInput, TextInput } from '@mantine/core'
import { schemaResolver, useForm } from '@mantine/form'
import { firstUser, routes } from '@assay/server/contract'
import { Link, useNavigate } from '@tanstack/react-router'
import { ApiError, call } from '../../api/client.ts'
import { fieldErrors } from '../../api/field-errors.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import css from './account-form.module.css'
import { useEntry } from './account-queries.ts'

/** The first person and the first project. */
export function SetupForm({ token }: { token: string }) {
  const navigate = useNavigate()
  const form = useForm({ initialValues: { token, name: '', email: '', password: '', project: 'My project' }, validate: schemaResolver(firstUser, { sync: true }), validateInputOnBlur: true })
  const setup = useEntry({
    enter: (body: typeof form.values) => call(routes.completeSetup, { body }),
    onEntered: () => { void navigate({ to: '/', replace: true }) },
  })
  const submit = form.onSubmit((values) => { setup.mutate(values, { onError: (error) => { form.setErrors(fieldErrors(error)) } }) })
  const atFields = setup.error !== null && Object.keys(fieldErrors(setup.error)).length > 0
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      {setup.error === null || atFields ? null : (
        <Notice tone="danger" alert>
          {messageOf(setup.error)} {setup.error instanceof ApiError && setup.error.code === 'setup_done' ? <Link to="/sign-in">Sign in</Link> : null}
        </Notice>
      )}
      <TextInput label="Your name" autoComplete="name" autoFocus required withAsterisk={false} {...form.getInputProps('name')} />
      <TextInput label="E-mail address" type="email" autoComplete="username" required withAsterisk={false} {...form.getInputProps('email')} />
      <PasswordInput label="Password" description="At least 12 characters. A sentence is fine." autoComplete="new-password" required withAsterisk={false} visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }} {...form.getInputProps('password')} />
      <TextInput label="First project" description="What you build, such as Storefront. It can be renamed." required withAsterisk={false} {...form.getInputProps('project')} />
      <Button type="submit" loading={setup.isPending} fullWidth>Create account and project</Button>
    </form>
  )
}
