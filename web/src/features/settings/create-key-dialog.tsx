import { newKey, type SdkKey } from '@assay/server/contract'
import { Button, CopyButton, Modal, Radio, Select, TextInput } from '@mantine/core'
import { schemaResolver, useForm } from '@mantine/form'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { fieldErrors } from '../../api/field-errors.ts'
import { useProject } from '../../api/project.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import css from './create-key-dialog.module.css'
import { keySnippet } from './key-snippet.ts'
import { SecretOnce } from '../../ui/secret-once.tsx'
import { useCreateKey } from './settings-queries.ts'

/** Makes an SDK key and shows its secret once, with code to paste. */
export function CreateKeyDialog({ environment, onClose }: { environment: string; onClose: () => void }) {
  const project = useProject()
  const create = useCreateKey()
  const form = useForm<{ name: string; environment: string; kind: SdkKey['kind'] }>({ initialValues: { name: '', environment, kind: 'server' }, validate: schemaResolver(newKey, { sync: true }) })
  const refusal = create.error && Object.keys(fieldErrors(create.error)).length === 0 ? messageOf(create.error) : null

  if (create.data) {
    const { key, secret } = create.data
    const snippet = keySnippet(key.kind, window.location.origin, secret)
    return (
      <Modal opened onClose={onClose} title={`${key.name} works now`} closeOnClickOutside={false} size={640}>
        <SecretOnce label="The key" value={secret}>
          Copy the key now and put it where your service keeps its secrets. It is not stored here and is not shown again.
        </SecretOnce>
        <div className={css.snippet}>
          <div className={css.head}>
            <span>{key.kind === 'server' ? 'In a Node service' : 'In a browser or an app'}</span>
            <CopyButton value={snippet}>
              {({ copied, copy }) => <Button variant="default" size="compact-sm" leftSection={copied ? <IconCheck size={13} /> : <IconCopy size={13} />} onClick={copy}>{copied ? 'Copied' : 'Copy code'}</Button>}
            </CopyButton>
          </div>
          <pre tabIndex={0} aria-label="Code with the key filled in"><code>{snippet}</code></pre>
        </div>
        <div className={css.actions}><span className="grow" /><Button onClick={onClose}>I have copied it</Button></div>
      </Modal>
    )
  }
  return (
    <Modal opened onClose={onClose} title="New SDK key" size={520}>
      <form className={css.form} noValidate onSubmit={form.onSubmit((values) => { create.mutate(values, { onError: (error) => { form.setErrors(fieldErrors(error)) } }) })}>
        {refusal === null ? null : <Notice tone="danger" alert>{refusal}</Notice>}
        <TextInput data-autofocus label="Name" description="The service that will use it." placeholder="checkout-service" {...form.getInputProps('name')} />
        <Select label="Environment" allowDeselect={false} data={project.environments.map(({ key, name }) => ({ value: key, label: name }))} {...form.getInputProps('environment')} />
        <Radio.Group label="Kind" {...form.getInputProps('kind')}>
          <div className={css.options}>
            <Radio value="server" label="Server" description="Reads rules, evaluates in the service, sends exposures and events. Keep it secret." />
            <Radio value="client" label="Client" description="Public, for browsers and apps: sends exposures and events, sees no rule and no cohort." />
          </div>
        </Radio.Group>
        <div className={css.actions}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <span className="grow" />
          <Button type="submit" loading={create.isPending}>Create key</Button>
        </div>
      </form>
    </Modal>
  )
}
