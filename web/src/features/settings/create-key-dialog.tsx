import { newKey, type SdkKey } from '@assay/server/contract'
import { Button, Modal, Radio, Select, TextInput } from '@mantine/core'
import { schemaResolver, useForm } from '@mantine/form'
import { fieldErrors } from '../../api/field-errors.ts'
import { useProject } from '../../api/project.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import css from './create-key-dialog.module.css'
import { KeySecret } from './key-secret.tsx'
import { useCreateKey } from './settings-queries.ts'

/** Makes an SDK key and shows its secret once, with code to paste. */
export function CreateKeyDialog({ environment, onClose }: { environment: string; onClose: () => void }) {
  const project = useProject()
  const create = useCreateKey()
  const form = useForm<{ name: string; environment: string; kind: SdkKey['kind'] }>({ initialValues: { name: '', environment, kind: 'server' }, validate: schemaResolver(newKey, { sync: true }) })
  const refusal = create.error && Object.keys(fieldErrors(create.error)).length === 0 ? messageOf(create.error) : null

  if (create.data) {
    const { key, secret } = create.data
    return (
      <Modal opened onClose={onClose} title={`${key.name} works now`} closeOnClickOutside={false} size={640}>
        <KeySecret kind={key.kind} secret={secret} />
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
