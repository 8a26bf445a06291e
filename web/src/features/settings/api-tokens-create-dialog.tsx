import { isRoleWithin, newApiToken, roles, type Role } from '@assay/server/contract'
import { Button, Modal, Radio, Select, TextInput } from '@mantine/core'
import { schemaResolver, useForm } from '@mantine/form'
import { useState } from 'react'
import { fieldErrors } from '../../api/field-errors.ts'
import { roleName, useProject } from '../../api/project.ts'
import { useMe } from '../../api/session.ts'
import { CodeBlock } from '../../ui/code/code-block.tsx'
import { dateTime } from '../../ui/format.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { SecretOnce } from '../../ui/secret-once.tsx'
import { useCreateApiToken } from './api-tokens-queries.ts'
import { endAfter, lifetimes, tokenSnippet } from './api-tokens-standing.ts'
import { roleWords } from './role-words.ts'
import css from './settings-dialog.module.css'

/** Makes an API token and shows its value once, with a first request. */
export function ApiTokensCreateDialog({ onClose }: { onClose: () => void }) {
  const project = useProject()
  const own = useMe().projects.find(({ key }) => key === project.key)?.role ?? 'viewer'
  const create = useCreateApiToken()
  const [days, setDays] = useState('90')
  const form = useForm<{ name: string; role: Role; expiresAt: string }>({ initialValues: { name: '', role: 'viewer', expiresAt: endAfter(90, new Date()) }, validate: schemaResolver(newApiToken, { sync: true }) })
  const refusal = create.error && Object.keys(fieldErrors(create.error)).length === 0 ? messageOf(create.error) : null
  const choose = (value: string | null) => {
    setDays(value ?? days)
    form.setFieldValue('expiresAt', endAfter(Number(value ?? days), new Date()))
  }

  if (create.data) {
    const { token, value } = create.data
    return (
      <Modal opened onClose={onClose} title={`${token.name} works now`} closeOnClickOutside={false} size={640}>
        <div className={css.once}>
          <SecretOnce label="The token" value={value}>
            Copy the token now and put it where your program keeps its secrets. It is not stored here and is not shown again. It ends on {dateTime(token.expiresAt)}.
          </SecretOnce>
          <CodeBlock label="A first request" code={tokenSnippet(window.location.origin, project.key, value)} />
          <div className={css.actions}><span className="grow" /><Button onClick={onClose}>I have copied it</Button></div>
        </div>
      </Modal>
    )
  }
  return (
    <Modal opened onClose={onClose} title="New API token" size={560}>
      <form className={css.form} noValidate onSubmit={form.onSubmit((values) => { create.mutate(values, { onError: (error) => { form.setErrors(fieldErrors(error)) } }) })}>
        {refusal === null ? null : <Notice tone="danger" alert>{refusal}</Notice>}
        <TextInput data-autofocus label="Name" description="The program that will use it. The audit log has it beside your name." placeholder="deploy-pipeline" {...form.getInputProps('name')} />
        <Radio.Group label="Role" description="The most that it may do. Take the least that the program needs." {...form.getInputProps('role')}>
          <div className={css.options}>
            {roles.filter((role) => isRoleWithin(role, own)).map((role) => <Radio key={role} value={role} label={roleName(role)} description={roleWords[role]} />)}
          </div>
        </Radio.Group>
        <Select label="Works for" description={`Until ${dateTime(form.values.expiresAt)}.`} allowDeselect={false} data={lifetimes.map(({ days: value, label }) => ({ value: String(value), label }))} value={days} error={form.errors['expiresAt']} onChange={choose} />
        <p className="muted">It manages {project.name} alone, in your name, and never more than you may do at that time. It cannot invite people, change roles, or make tokens.</p>
        <div className={css.actions}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <span className="grow" />
          <Button type="submit" loading={create.isPending}>Create token</Button>
        </div>
      </form>
    </Modal>
  )
}
