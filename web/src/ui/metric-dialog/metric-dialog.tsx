import { routes, type Metric } from '@assay/server/contract'
import { Button, Checkbox, Modal, NumberInput, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconLock } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api/client.ts'
import { fieldErrors } from '../../api/field-errors.ts'
import { useProjectKey } from '../../api/project.ts'
import { ConflictDialog } from '../conflict/conflict-dialog.tsx'
import { conflictOf } from '../conflict/conflict-of.ts'
import { mergeEdits } from '../conflict/merge-edits.ts'
import { messageOf } from '../message-of.ts'
import { Notice } from '../notice.tsx'
import { toastDone } from '../toast.tsx'
import css from './metric-dialog.module.css'
import { emptyMetric, formToMetric, metricKey, metricProblems, metricToForm, type MetricForm } from './metric-form.ts'
import { metricFields, metricWords } from './metric-words.ts'

interface Props {
  /** The metric to change; left out to write down a new one. */
  metric?: Metric | undefined
  onClose: () => void
  onSaved: (metric: Metric) => void
}

/** Writes down a metric, or changes its definition. */
export function MetricDialog({ metric, onClose, onSaved }: Props) {
  const project = useProjectKey()
  const client = useQueryClient()
  const [theirs, setTheirs] = useState<Metric>()
  const form = useForm<MetricForm>({ initialValues: metric ? metricToForm(metric) : emptyMetric, validate: metricProblems })
  const save = useMutation({
    mutationFn: ({ values, basedOn }: { values: MetricForm; basedOn: number | undefined }) =>
      basedOn === undefined || !metric
        ? call(routes.createMetric, { params: { project }, body: { key: metricKey(values), ...formToMetric(values) } })
        : call(routes.saveMetric, { params: { project, metric: metric.key }, body: { basedOn, ...formToMetric(values) } }),
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: ['metrics', project] })
      onSaved(saved)
    },
    onError: (error, { values }) => {
      form.setErrors(fieldErrors(error))
      // The contract says what stands now is the metric itself.
      const current = conflictOf(error)?.current as Metric | undefined
      if (!current || !metric) return
      const mine = { ...metric, ...formToMetric(values) }
      const { merged, clashes } = mergeEdits(metric, current, mine, metricFields)
      if (clashes.length === 0) {
        toastDone({ title: `${current.changedBy} changed ${metric.name} too`, detail: 'Both edits are kept.' })
        save.mutate({ values: metricToForm(merged), basedOn: current.revision })
      } else setTheirs(current)
    },
  })
  const values = form.getValues()
  const refused = save.error && Object.keys(fieldErrors(save.error)).length === 0 && !conflictOf(save.error) ? messageOf(save.error) : null

  if (theirs && metric) {
    const mine = { ...metric, ...formToMetric(values) }
    const { merged, clashes } = mergeEdits(metric, theirs, mine, metricFields)
    return (
      <ConflictDialog
        what={`the metric ${metric.name}`}
        changedBy={theirs.changedBy}
        changedAt={theirs.changedAt}
        clashes={clashes.map((field) => ({ field, label: metricWords[field].label, was: metricWords[field].show(metric), theirs: metricWords[field].show(theirs), mine: metricWords[field].show(mine) }))}
        saving={save.isPending}
        onCancel={() => { setTheirs(undefined) }}
        onResolve={(kept) => {
          const chosen = { ...merged, ...Object.fromEntries(clashes.filter((field) => kept.has(field)).map((field) => [field, mine[field]])) }
          setTheirs(undefined)
          save.mutate({ values: metricToForm(chosen), basedOn: theirs.revision })
        }}
      />
    )
  }
  return (
    <Modal opened onClose={onClose} title={metric ? `Change ${metric.name}` : 'New metric'} size={560}>
      <form className={css.form} noValidate onSubmit={form.onSubmit((typed) => { save.mutate({ values: typed, basedOn: metric?.revision }) })}>
        <TextInput data-autofocus label="Name" placeholder="Orders placed" {...form.getInputProps('name')} />
        {metric ? null : <TextInput label="Key" description="Services and exports call it this. It stays for good." placeholder={metricKey(values)} classNames={{ input: css.code ?? '' }} {...form.getInputProps('key')} />}
        <Textarea label="Definition" description="One sentence that somebody from another team understands." {...form.getInputProps('description')} />
        <div className={css.choice} role="group" aria-labelledby="metric-type">
          <span id="metric-type" className={css.label}>What is computed for each unit</span>
          <SegmentedControl fullWidth data={[{ value: 'conversion', label: 'Did it happen' }, { value: 'mean', label: 'How much in total' }]} {...form.getInputProps('type')} aria-labelledby="metric-type" />
          <p className="muted">{values.type === 'conversion' ? 'The share of people for whom the event was recorded at least once.' : 'The sum of the event’s values per person, nought without an event; compared by its mean.'}</p>
        </div>
        <div className={css.pair}>
          <TextInput label="Event" description="As services track it." placeholder="order_placed" classNames={{ input: css.code ?? '' }} {...form.getInputProps('event')} />
          {values.type === 'mean' ? <TextInput label="Unit" description="What the values count." placeholder="EUR" {...form.getInputProps('unitLabel')} /> : null}
        </div>
        <div className={css.choice} role="group" aria-labelledby="metric-direction">
          <span id="metric-direction" className={css.label}>Better is</span>
          <SegmentedControl data={[{ value: 'increase', label: 'Higher' }, { value: 'decrease', label: 'Lower' }]} {...form.getInputProps('direction')} aria-labelledby="metric-direction" />
        </div>
        <div className={css.choice}>
          <Checkbox label="Count only for some time after the first exposure" description="A closed window lets an experiment be read early without waiting for the last person." {...form.getInputProps('windowed', { type: 'checkbox' })} />
          {values.windowed ? (
            <div className={css.window}>
              <NumberInput aria-label="Window" min={1} allowDecimal={false} w={110} {...form.getInputProps('window')} />
              <Select aria-label="Unit of the window" w={110} allowDeselect={false} data={[{ value: 'hours', label: 'hours' }, { value: 'days', label: 'days' }]} {...form.getInputProps('windowUnit')} />
            </div>
          ) : null}
        </div>
        {metric ? <Notice icon={<IconLock size={16} aria-hidden />}>Plans that are sealed keep the definition they were sealed with. Only experiments that start from now on use this one.</Notice> : null}
        {refused === null ? null : <Notice tone="danger" alert>{refused}</Notice>}
        <div className={css.actions}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <span className="grow" />
          <Button type="submit" loading={save.isPending}>{metric ? 'Save metric' : 'Create metric'}</Button>
        </div>
      </form>
    </Modal>
  )
}
