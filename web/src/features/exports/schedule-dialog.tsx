import { exportFormats, exportResources, formatWords, type ExportSchedule } from '@assay/server/contract'
import { Button, Modal, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { fieldErrors } from '../../api/field-errors.ts'
import { experimentsQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { Chip } from '../../ui/chip.tsx'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { DestinationFields } from './destination-fields.tsx'
import type { useScheduleWrites } from './exports-queries.ts'
import css from './schedule-dialog.module.css'
import { fieldOf, isResource, needsExperiment, setupOf, type ScheduleValues } from './schedule-values.ts'

interface Props {
  /** Undefined makes a new one. */
  schedule?: ExportSchedule
  values: ScheduleValues
  destinations: { folder: boolean; s3: boolean }
  save: ReturnType<typeof useScheduleWrites>['save']
  onSaved: (name: string, secret: string | null) => void
  onClose: () => void
}

const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${String(hour).padStart(2, '0')}:00 UTC` }))

/** What is exported, how often, and where to. */
export function ScheduleDialog({ schedule, values: initialValues, destinations, save, onSaved, onClose }: Props) {
  const project = useProject()
  const experiments = (useQuery(experimentsQuery(project.key)).data?.experiments ?? []).filter(({ status }) => status !== 'draft')
  const form = useForm<ScheduleValues>({
    initialValues,
    validate: {
      name: (name) => (name.trim() === '' ? 'Give it a name.' : null),
      experiment: (experiment, { resource }) => (needsExperiment(resource) && experiment === '' ? 'Choose the experiment.' : null),
    },
  })
  const { resource, filters, every } = form.values
  const { holds, takes } = exportResources[resource]
  const takesExperiment = takes.includes('experiment')
  const refusal = save.error && Object.keys(fieldErrors(save.error)).length === 0 ? messageOf(save.error) : null
  const submit = form.onSubmit((values) => {
    save.mutate({ schedule, setup: setupOf(values) }, {
      onSuccess: (saved) => { onSaved(saved.schedule.name, saved.secret) },
      onError: (error) => { form.setErrors(Object.fromEntries(Object.entries(fieldErrors(error)).map(([path, message]) => [fieldOf(path), message]))) },
    })
  })
  const choose = (next: string | null) => {
    if (isResource(next)) form.setValues({ resource: next, filters: {}, experiment: '' })
  }

  return (
    <Modal opened onClose={onClose} title={schedule ? `Edit ${schedule.name}` : 'New scheduled export'} size={600}>
      <form className={css.form} noValidate onSubmit={submit}>
        {refusal === null ? null : <Notice tone="danger" alert>{refusal}</Notice>}
        <TextInput data-autofocus label="Name" description="Files are named after it." placeholder="Flags of the week" {...form.getInputProps('name')} />
        <div className={css.two}>
          <Select label="What" allowDeselect={false} data={Object.values(exportResources).map(({ name, title }) => ({ value: name, label: title }))} value={resource} onChange={choose} description={`${holds.charAt(0).toUpperCase()}${holds.slice(1)}.`} />
          <Select label="Format" description={formatWords[form.values.format].use} allowDeselect={false} data={exportFormats.map((format) => ({ value: format, label: formatWords[format].name }))} {...form.getInputProps('format')} />
        </div>
        {takesExperiment ? <Select label="Experiment" placeholder={needsExperiment(resource) ? 'Choose one' : 'Every experiment'} clearable={!needsExperiment(resource)} clearButtonProps={{ 'aria-label': 'Every experiment' }} searchable data={experiments.map(({ key, title }) => ({ value: key, label: `${key} ${title}` }))} value={form.values.experiment === '' ? null : form.values.experiment} error={form.errors['experiment']} onChange={(experiment) => { form.setFieldValue('experiment', experiment ?? '') }} /> : null}
        {Object.keys(filters).length === 0 ? null : (
          <p className={css.filters}>Filtered by {Object.entries(filters).map(([name, value]) => <Chip key={name}>{name}: {value}</Chip>)}<Button variant="default" size="compact-sm" onClick={() => { form.setFieldValue('filters', {}) }}>Export all of it</Button></p>
        )}
        <div className={css.two}>
          <Select label="How often" allowDeselect={false} data={[{ value: 'hour', label: 'Every hour' }, { value: 'day', label: 'Every day' }, { value: 'week', label: 'Every Monday' }]} {...form.getInputProps('every')} />
          {every === 'hour' ? null : <Select label="At" allowDeselect={false} data={hours} {...form.getInputProps('hour')} />}
        </div>
        <SegmentedControl aria-label="Goes to" fullWidth data={[{ value: 'folder', label: 'Folder' }, { value: 's3', label: 'Bucket' }, { value: 'webhook', label: 'Webhook' }]} {...form.getInputProps('kind')} />
        <DestinationFields form={form} project={project.key} destinations={destinations} />
        <p className="muted">It runs in your name: with what your role allows at that time.</p>
        <div className={css.actions}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <span className="grow" />
          <Button type="submit" loading={save.isPending}>{schedule ? 'Save' : 'Schedule export'}</Button>
        </div>
      </form>
    </Modal>
  )
}
