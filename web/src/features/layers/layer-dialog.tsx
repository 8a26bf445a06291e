import { keyOfName, newLayer } from '@assay/server/contract'
import { Button, Select, TextInput } from '@mantine/core'
import { schemaResolver, useForm } from '@mantine/form'
import { fieldErrors } from '../../api/field-errors.ts'
import { useProject } from '../../api/project.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { useCreateLayer } from './layers-queries.ts'
import css from './layers-dialog.module.css'

export function LayerDialog({ onClose }: { onClose: () => void }) {
  const project = useProject()
  const create = useCreateLayer(project.key)
  const withKey = <T extends { name: string; key: string }>(values: T): T => ({ ...values, key: values.key === '' ? keyOfName(values.name) : values.key })
  const form = useForm({ initialValues: { name: '', key: '', unit: 'user' }, validate: (values) => schemaResolver(newLayer, { sync: true })(withKey(values)) })
  const refusal = create.error && Object.keys(fieldErrors(create.error)).length === 0 ? messageOf(create.error) : null
  return (
    <Sheet onClose={onClose} title="New layer" size={500}>
      <form
        className={css.form}
        noValidate
        onSubmit={form.onSubmit((values) => {
          create.mutate(withKey(values), {
            onSuccess: ({ name }) => {
              toastDone({ title: `${name} is there`, detail: 'All of it is free.' })
              onClose()
            },
            onError: (error) => { form.setErrors(fieldErrors(error)) },
          })
        })}
      >
        <p className="soft">Splits that share a layer never share a person: each takes a part of it, and parts do not overlap.</p>
        {refusal === null ? null : <Notice tone="danger" alert>{refusal}</Notice>}
        <TextInput data-autofocus label="Name" placeholder="Checkout" {...form.getInputProps('name')} />
        <TextInput label="Key" description="It stays for good." placeholder={keyOfName(form.getValues().name)} {...form.getInputProps('key')} />
        <Select label="Divides by" description="Every split in it divides by the same unit." data={project.unitTypes.map(({ key }) => ({ value: key, label: key === 'user' ? 'user, a person' : key }))} allowDeselect={false} {...form.getInputProps('unit')} />
        <div className={css.actions}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={create.isPending}>Create layer</Button>
        </div>
      </form>
    </Sheet>
  )
}
