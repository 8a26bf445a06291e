import { newMember, roles, type Member } from '@assay/server/contract'
import { Button, Modal, Radio, TextInput } from '@mantine/core'
import { schemaResolver, useForm } from '@mantine/form'
import { fieldErrors } from '../../api/field-errors.ts'
import { roleName } from '../../api/project.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { roleWords } from './role-words.ts'
import css from './settings-dialog.module.css'
import { SecretOnce } from '../../ui/secret-once.tsx'
import { useInvite } from './settings-queries.ts'

/** Invites a person, or makes a new link for one who has not come yet. */
export function InviteDialog({ again, onClose }: { again: Member | undefined; onClose: () => void }) {
  const invite = useInvite()
  const form = useForm({ initialValues: { name: again?.name ?? '', email: again?.email ?? '', role: again?.role ?? ('viewer' as const) }, validate: schemaResolver(newMember, { sync: true }) })
  const refusal = invite.error && Object.keys(fieldErrors(invite.error)).length === 0 ? messageOf(invite.error) : null

  if (invite.data) {
    const { member, link } = invite.data
    return (
      <Modal opened onClose={onClose} title={member.invited ? `${member.name} is invited` : `${member.name} is a member now`} closeOnClickOutside={false} size={560}>
        {member.invited ? (
          <SecretOnce label="One-time link" value={new URL(link, window.location.origin).href}>
            Send this link to {member.name}. It lets whoever opens it choose the password, works once, and is shown only now. It ends in seven days; you can make a new one.
          </SecretOnce>
        ) : <p className="soft">{member.email} has an account here already. {member.name} finds the project after signing in; no link is needed.</p>}
        <div className={css.actions}><span className="grow" /><Button onClick={onClose}>Done</Button></div>
      </Modal>
    )
  }
  return (
    <Modal opened onClose={onClose} title={again ? `New link for ${again.name}` : 'Invite a person'} size={560}>
      <form className={css.form} noValidate onSubmit={form.onSubmit((values) => { invite.mutate(values, { onError: (error) => { form.setErrors(fieldErrors(error)) } }) })}>
        {refusal === null ? null : <Notice tone="danger" alert>{refusal}</Notice>}
        <TextInput data-autofocus label="Name" autoComplete="off" {...form.getInputProps('name')} />
        <TextInput label="E-mail" type="email" autoComplete="off" readOnly={again !== undefined} {...form.getInputProps('email')} />
        <Radio.Group label="Role" {...form.getInputProps('role')}>
          <div className={css.options}>
            {roles.map((role) => <Radio key={role} value={role} label={roleName(role)} description={roleWords[role]} />)}
          </div>
        </Radio.Group>
        {again ? <Notice>The link that was sent before stops working.</Notice> : null}
        <div className={css.actions}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <span className="grow" />
          <Button type="submit" loading={invite.isPending}>{again ? 'Make a new link' : 'Invite'}</Button>
        </div>
      </form>
    </Modal>
  )
}
