import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { keyOfName, routes } from '@assay/server/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { call } from '../../api/client.ts'
import { meQuery, signOut, useMe } from '../../api/session.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { toastFailed } from '../../ui/toast.tsx'
import { AccountLayout } from './account-layout.tsx'
import css from './account-form.module.css'

/** Signed in, but a member of no project. */
export function NoProjectPage() {
  const me = useMe()
  const client = useQueryClient()
  const navigate = useNavigate()
  const form = useForm({ initialValues: { name: '' }, validate: { name: (value) => (keyOfName(value) === '' ? 'Give it a name with a letter or a digit.' : null) } })
  const create = useMutation({
    mutationFn: ({ name }: typeof form.values) => call(routes.createProject, { body: { key: keyOfName(name), name: name.trim() } }),
    onSuccess: async ({ key }) => {
      await client.invalidateQueries({ queryKey: meQuery.queryKey, refetchType: 'all' })
      await navigate({ to: '/p/$project', params: { project: key } })
    },
  })
  const leave = () => { signOut().then(() => navigate({ to: '/sign-in' }), (error: unknown) => { toastFailed('You are still signed in', error) }) }
  return (
    <AccountLayout title={`Hello, ${me.name}`} lead="You are not a member of a project yet. Ask an admin to invite you, or start one of your own.">
      <form className={css.form} onSubmit={form.onSubmit((values) => { create.mutate(values) })} noValidate>
        {create.error === null ? null : <Notice tone="danger" alert>{messageOf(create.error)}</Notice>}
        <TextInput label="Name of the project" required withAsterisk={false} {...form.getInputProps('name')} />
        <Button type="submit" loading={create.isPending} fullWidth>Create project</Button>
      </form>
      <p className={css.foot}>Signed in as {me.email}. <button type="button" className={css.link} onClick={leave}>Sign out</button></p>
    </AccountLayout>
  )
}
