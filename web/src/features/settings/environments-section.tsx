import { keyOfName, newEnvironment, type Environment } from '@assay/server/contract'
import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { schemaResolver, useForm } from '@mantine/form'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { fieldErrors } from '../../api/field-errors.ts'
import { usePermit, useProject } from '../../api/project.ts'
import { EnvTag } from '../../ui/env-tag.tsx'
import { count } from '../../ui/format.ts'
import { KeyTag } from '../../ui/key-tag.tsx'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { policyText } from '../../ui/policy-text.ts'
import { toastDone } from '../../ui/toast.tsx'
import css from './environments-section.module.css'
import dialog from './settings-dialog.module.css'
import { useCreateEnvironment } from './settings-queries.ts'

const EnvironmentDialog = lazy(async () => ({ default: (await import('./environment-dialog.tsx')).EnvironmentDialog }))

export function EnvironmentsSection() {
  const project = useProject()
  const permit = usePermit('environment.write')
  const [adding, setAdding] = useState(false)
  const [changing, setChanging] = useState<Environment>()
  return (
    <>
      <Panel padded={false} title="Environments" aside={<PermittedButton permit={permit} variant="default" size="compact-sm" leftSection={<IconPlus size={13} />} onClick={() => { setAdding(true) }}>Add environment</PermittedButton>}>
        <ul>
          {project.environments.map((environment) => (
            <li key={environment.key} className={css.row}>
              <span className={css.name}><EnvTag name={environment.name} production={environment.production} /><KeyTag>{environment.key}</KeyTag></span>
              <span className={css.what}>{policyText(environment.policy)}{environment.production ? <small>Production: edits are looked over before they apply.</small> : null}</span>
              <span className={css.version}>Ruleset {count(environment.rulesetVersion)}</span>
              <PermittedButton permit={permit} variant="default" size="compact-sm" aria-label={`Change ${environment.name}`} onClick={() => { setChanging(environment) }}>Change</PermittedButton>
            </li>
          ))}
        </ul>
      </Panel>
      <p className="muted">Turning a flag off never waits for a review or a reason, in any environment.{permit.allowed ? '' : ` ${permit.why}`}</p>
      {changing ? <Suspense><EnvironmentDialog environment={changing} onClose={() => { setChanging(undefined) }} /></Suspense> : null}
      {adding ? <AddEnvironment onClose={() => { setAdding(false) }} /> : null}
    </>
  )
}

function AddEnvironment({ onClose }: { onClose: () => void }) {
  const create = useCreateEnvironment()
  const form = useForm({
    initialValues: { name: '', key: '', production: false },
    validate: (values) => schemaResolver(newEnvironment, { sync: true })({ ...values, key: values.key === '' ? keyOfName(values.name) : values.key }),
  })
  const suggested = keyOfName(form.getValues().name)
  const refusal = create.error && Object.keys(fieldErrors(create.error)).length === 0 ? messageOf(create.error) : null
  return (
    <Modal opened onClose={onClose} title="Add environment" size={480}>
      <form
        className={dialog.form}
        noValidate
        onSubmit={form.onSubmit((values) => {
          create.mutate({ ...values, key: values.key === '' ? suggested : values.key }, {
            onSuccess: ({ name }) => { toastDone({ title: `${name} is there`, detail: 'Every flag is off in it.' }); onClose() },
            onError: (error) => { form.setErrors(fieldErrors(error)) },
          })
        })}
      >
        {refusal === null ? null : <Notice tone="danger" alert>{refusal}</Notice>}
        <TextInput data-autofocus label="Name" placeholder="Quality assurance" {...form.getInputProps('name')} />
        <TextInput label="Key" description="It stays for good." placeholder={suggested} {...form.getInputProps('key')} />
        <Checkbox label="This is production" description="Real customers meet it: changes are reviewed before they apply." {...form.getInputProps('production', { type: 'checkbox' })} />
        <div className={dialog.actions}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <span className="grow" />
          <Button type="submit" loading={create.isPending}>Add environment</Button>
        </div>
      </form>
    </Modal>
  )
}
