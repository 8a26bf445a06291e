import type { Metric } from '@assay/server/contract'
import { Button, Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { fieldErrors } from '../../api/field-errors.ts'
import { useProjectKey } from '../../api/project.ts'
import { ConflictDialog } from '../conflict/conflict-dialog.tsx'
import { conflictOf } from '../conflict/conflict-of.ts'
import { mergeEdits } from '../conflict/merge-edits.ts'
import { messageOf } from '../message-of.ts'
import { Notice } from '../notice.tsx'
import css from './metric-dialog.module.css'
import { MetricEditor } from './metric-editor.tsx'
import { fieldWords, metricFields } from './metric-fields.ts'
import { emptyMetric, metricToForm, type MetricForm } from './metric-form.ts'
import { eventsQuery } from './metric-insight-queries.ts'
import { MetricPreview } from './metric-preview.tsx'
import { atFields, metricProblems } from './metric-problems.ts'
import { mineOf, useMetricSave } from './use-metric-save.ts'
import { useComputable } from './use-computable.ts'
import { usePreviewScope } from './use-preview-scope.ts'

interface Props {
  /** The metric to change; left out to write down a new one. */
  metric?: Metric | undefined
  onClose: () => void
  onSaved: (metric: Metric) => void
}

/** Writes down a metric, or changes its definition, with what it measures today beside it. */
export function MetricDialog({ metric, onClose, onSaved }: Props) {
  const project = useProjectKey()
  const [form, setForm] = useState<MetricForm>(() => (metric ? metricToForm(metric) : emptyMetric))
  const [tried, setTried] = useState(0)
  const [scope, setScope] = usePreviewScope()
  const [looked] = useDebouncedValue(form, 400)
  const measured = useComputable(looked)
  const seen = useQuery(eventsQuery(project, scope.environment)).data?.events ?? []
  const { save, theirs, forgetTheirs } = useMetricSave(metric, onSaved)
  const fields = useRef<HTMLFormElement>(null)

  const refusedFields = fieldErrors(save.error)
  const errors = { ...(tried > 0 ? metricProblems(form) : {}), ...atFields(Object.entries(refusedFields).map(([path, message]) => ({ path, message })), form) }
  const refused = save.error && Object.keys(refusedFields).length === 0 && !conflictOf(save.error) ? messageOf(save.error) : null
  useEffect(() => { if (tried > 0) fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus() }, [tried])

  const change = (part: Partial<MetricForm>) => {
    setForm((now) => ({ ...now, ...part }))
    if (save.error) save.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (Object.keys(metricProblems(form)).length > 0) setTried(tried + 1)
    else save.mutate({ values: form, basedOn: metric?.revision })
  }

  if (theirs && metric) {
    const mine = mineOf(metric, form)
    const { merged, clashes } = mergeEdits(metric, theirs, mine, metricFields)
    return (
      <ConflictDialog
        what={`the metric ${metric.name}`}
        changedBy={theirs.changedBy}
        changedAt={theirs.changedAt}
        clashes={clashes.map((field) => ({ field, label: fieldWords[field].label, was: fieldWords[field].show(metric), theirs: fieldWords[field].show(theirs), mine: fieldWords[field].show(mine) }))}
        saving={save.isPending}
        onCancel={forgetTheirs}
        onResolve={(kept) => {
          const chosen = { ...merged, ...Object.fromEntries(clashes.filter((field) => kept.has(field)).map((field) => [field, mine[field]])) }
          forgetTheirs()
          save.mutate({ values: { ...metricToForm(chosen), reason: form.reason }, basedOn: theirs.revision })
        }}
      />
    )
  }
  return (
    <Modal opened onClose={onClose} title={metric ? `Change ${metric.name}` : 'New metric'} size={1080}>
      <form ref={fields} className={css.form} noValidate onSubmit={submit}>
        <MetricEditor isNew={metric === undefined} form={form} change={change} errors={errors} seen={seen} />
        <div className={css.beside}>
          <MetricPreview definition={measured} scope={scope} onScope={setScope} />
        </div>
        <div className={css.foot}>
          {metric ? <Notice icon={<IconLock size={16} aria-hidden />}>Plans that are sealed keep the definition they were sealed with. Only experiments that start from now on use this one.</Notice> : null}
          {refused === null ? null : <Notice tone="danger" alert>{refused}</Notice>}
          <div className={css.actions}>
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <span className="grow" />
            <Button type="submit" loading={save.isPending}>{metric ? 'Save metric' : 'Create metric'}</Button>
          </div>
        </div>
      </form>
    </Modal>
  )
}
