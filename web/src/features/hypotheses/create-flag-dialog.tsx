import { Button, Modal, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { keyOfName } from '@assay/server/contract'
import { useState } from 'react'
import { fieldErrors } from '../../api/field-errors.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import css from './create-flag-dialog.module.css'
import type { Wizard } from './use-wizard.ts'

interface Props {
  /** What the flag will most likely be called. */
  suggested: string
  create: Wizard['createFlag']
  onCreated: (key: string) => void
  onClose: () => void
}

/** A flag with the variants on and off, off everywhere: enough to test one change. */
export function CreateFlagDialog({ suggested, create, onCreated, onClose }: Props) {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const form = useForm({ initialValues: { name: suggested, key: '' }, validate: { name: (name) => (name.trim() === '' ? 'Give it a name.' : null) } })
  const proposed = keyOfName(form.getValues().name)
  const submit = async ({ name, key }: { name: string; key: string }) => {
    setBusy(true)
    setRefusal(null)
    try {
      const flag = await create(key.trim() === '' ? keyOfName(name) : key.trim(), name.trim())
      onCreated(flag.key)
    } catch (error) {
      const fields = fieldErrors(error)
      if (Object.keys(fields).length > 0) form.setErrors(fields)
      else setRefusal(messageOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title="New flag" size={460}>
      <form className={css.form} noValidate onSubmit={form.onSubmit((values) => { void submit(values) })}>
        {refusal === null ? null : <Notice tone="danger" alert>{refusal}</Notice>}
        <p className="soft">It has the variants <b>off</b>, which is control, and <b>on</b>. It starts off in every environment; nobody meets anything until it is turned on.</p>
        <TextInput data-autofocus label="Name" {...form.getInputProps('name')} />
        <TextInput label="Key" description="Code asks for it by this key." placeholder={proposed} classNames={{ input: css.code ?? '' }} {...form.getInputProps('key')} />
        <div className={css.actions}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <span className="grow" />
          <Button type="submit" loading={busy}>Create flag</Button>
        </div>
      </form>
    </Modal>
  )
}
