import { keyOfName, newHoldout, type ExperimentSummary } from '@assay/server/contract'
import { Button, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { schemaResolver, useForm } from '@mantine/form'
import { fieldErrors } from '../../api/field-errors.ts'
import { useProject } from '../../api/project.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { WHOLE } from '../../ui/serve/serve-words.ts'
import { weightOfPercent } from '../../ui/serve/weight-of-percent.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { Consequences } from './consequences.tsx'
import { holdoutConsequences } from './holdout-words.ts'
import { useCreateHoldout } from './layers-queries.ts'
import css from './layers-dialog.module.css'

interface Values {
  name: string
  key: string
  unit: string
  /** In percent, as typed. */
  percent: number | string
  reason: string
}

function bodyOf({ name, key, unit, percent, reason }: Values) {
  return { name, key: key === '' ? keyOfName(name) : key, unit, share: weightOfPercent(Number(percent)), ...(reason.trim() === '' ? {} : { reason: reason.trim() }) }
}

/** Holds people out, after saying what it does to those who are in something now. */
export function HoldoutDialog({ running, onClose }: { running: readonly ExperimentSummary[]; onClose: () => void }) {
  const project = useProject()
  const create = useCreateHoldout(project.key)
  const form = useForm<Values>({
    initialValues: { name: '', key: '', unit: 'user', percent: 5, reason: '' },
    validate: (values) => {
      const { share, ...errors } = schemaResolver(newHoldout, { sync: true })(bodyOf(values))
      return share === undefined ? errors : { ...errors, percent: share }
    },
  })
  const values = form.getValues()
  const share = bodyOf(values).share / WHOLE
  const refusal = create.error && Object.keys(fieldErrors(create.error)).length === 0 ? messageOf(create.error) : null
  return (
    <Sheet onClose={onClose} title="Hold people out" size={560} production>
      <form
        className={css.form}
        noValidate
        onSubmit={form.onSubmit((sent) => {
          create.mutate(bodyOf(sent), {
            onSuccess: ({ name }) => {
              toastDone({ title: `${name} is in force`, detail: 'In every environment, from the next ruleset on.' })
              onClose()
            },
            onError: (error) => {
              const { share: problem, ...errors } = fieldErrors(error)
              form.setErrors(problem === undefined ? errors : { ...errors, percent: problem })
            },
          })
        })}
      >
        {refusal === null ? null : <Notice tone="danger" alert>{refusal}</Notice>}
        <TextInput data-autofocus label="Name" placeholder="Second half of 2027" {...form.getInputProps('name')} />
        <TextInput label="Key" description="It stays for good, also after the release." placeholder={keyOfName(values.name)} {...form.getInputProps('key')} />
        <div className={css.pair}>
          <NumberInput label="Held out" suffix="%" min={0.001} max={50} decimalScale={3} step={1} {...form.getInputProps('percent')} />
          <Select label="Divides by" data={project.unitTypes.map(({ key }) => ({ value: key, label: key === 'user' ? 'user, a person' : key }))} allowDeselect={false} {...form.getInputProps('unit')} />
        </div>
        <Textarea label="Why" description="Shown in the history" {...form.getInputProps('reason')} maxLength={1000} />
        {share > 0 && share <= 0.5 ? <div className={css.consequences} role="status"><Consequences points={holdoutConsequences(share, running)} /></div> : null}
        <div className={css.actions}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={create.isPending}>Hold people out</Button>
        </div>
      </form>
    </Sheet>
  )
}
