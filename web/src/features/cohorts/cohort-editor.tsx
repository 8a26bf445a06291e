import { Textarea, TextInput } from '@mantine/core'
import type { Cohort } from '@assay/server/contract'
import { lazy, type ReactNode, Suspense } from 'react'
import { useProject } from '../../api/project.ts'
import { Loading } from '../../ui/loading.tsx'
import { ConditionView } from '../../ui/condition/condition-view.tsx'
import { useKnownAttributes } from '../../ui/condition/known-attributes.ts'
import { Notice } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import css from './cohort-editor.module.css'
import type { CohortForm } from './cohort-form.ts'
import { readUnits } from './unit-list.ts'

const ConditionEditor = lazy(async () => ({ default: (await import('../../ui/condition/condition-editor.tsx')).ConditionEditor }))
const UnitField = lazy(async () => ({ default: (await import('./unit-field.tsx')).UnitField }))
const UnitListField = lazy(async () => ({ default: (await import('./unit-list-field.tsx')).UnitListField }))

interface Props {
  form: CohortForm
  onChange: (part: Partial<CohortForm>) => void
  /** Cohorts that the condition may name: every one but itself. */
  cohorts: readonly Cohort[]
  errors: Record<string, string>
  disabled: boolean
  /** The key, where it can still be chosen. */
  keyField?: ReactNode
}

/** A cohort: what it is called, whom its condition takes in, and who is listed. */
export function CohortEditor({ form, onChange, cohorts, errors, disabled, keyField }: Props) {
  const project = useProject()
  const attributes = useKnownAttributes()
  const excluded = new Set(readUnits(form.excluded).units)
  const both = readUnits(form.included).units.filter((unit) => excluded.has(unit))
  return (
    <>
      <Panel title="What it is">
        <div className={css.form}>
          <TextInput label="Name" placeholder="Shoppers in the EEA" readOnly={disabled} value={form.name} error={errors['name']} onChange={(event) => { onChange({ name: event.currentTarget.value }) }} />
          {keyField}
          <Textarea label="Description" minRows={1} readOnly={disabled} value={form.description} error={errors['description']} onChange={(event) => { onChange({ description: event.currentTarget.value }) }} />
          <Suspense fallback={<div style={{ height: 78 }} />}><UnitField unitTypes={project.unitTypes.map(({ key }) => key)} unit={form.unit} error={errors['unit']} disabled={disabled} onChange={(unit) => { onChange({ unit }) }} /></Suspense>
        </div>
      </Panel>
      <Panel title="Who is in it">
        {disabled
          ? form.when === undefined ? <p className="soft">Nobody by condition: only who is listed below.</p> : <ConditionView condition={form.when} cohortName={(key) => cohorts.find((cohort) => cohort.key === key)?.name ?? key} />
          : <Suspense fallback={<Loading rows={3} />}><ConditionEditor value={form.when} onChange={(when) => { onChange({ when }) }} cohorts={cohorts.map(({ key, name }) => ({ key, name }))} attributes={attributes} everyone="Nobody by condition: only who is listed below." /></Suspense>}
        {Object.entries(errors).filter(([path]) => path.startsWith('when')).map(([path, message]) => <p key={path} className={css.error} role="alert">{message}</p>)}
      </Panel>
      <Panel title="Always and never">
        <div className={css.lists}>
          <Suspense><UnitListField label="Always in" description="Whatever the condition says. One a line." value={form.included} onChange={(included) => { onChange({ included }) }} disabled={disabled} /></Suspense>
          <Suspense><UnitListField label="Never in" description="Wins over everything else. One a line." value={form.excluded} onChange={(value) => { onChange({ excluded: value }) }} disabled={disabled} /></Suspense>
        </div>
        {both.length === 0 ? null : <div className={css.both}><Notice tone="warn">{both.slice(0, 3).join(', ')}{both.length > 3 ? ` and ${both.length - 3} more are` : both.length === 1 ? ' is' : ' are'} in both lists: never wins.</Notice></div>}
      </Panel>
    </>
  )
}
