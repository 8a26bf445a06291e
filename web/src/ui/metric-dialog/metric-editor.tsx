import { metricTakes } from '@assay/server/contract'
import { Textarea, TextInput } from '@mantine/core'
import { CapField } from './cap-field.tsx'
import { ChoiceField } from './choice-field.tsx'
import type { EditorProps } from './editor-props.ts'
import css from './metric-dialog.module.css'
import { hasUnit, metricKey, proposedCap } from './metric-form.ts'
import { SourceFields } from './source-fields.tsx'
import { TypeChoice } from './type-choice.tsx'
import { TypeFields } from './type-fields.tsx'
import { WindowField } from './window-field.tsx'

/** All fields of a metric, in the order in which somebody thinks of them. */
export function MetricEditor({ isNew, ...props }: EditorProps & { isNew: boolean }) {
  const { form, change, errors, seen } = props
  return (
    <div className={css.fields}>
      <TextInput data-autofocus label="Name" placeholder="Orders placed" value={form.name} onChange={(event) => { change({ name: event.currentTarget.value }) }} error={errors['name']} />
      {isNew ? <TextInput label="Key" description="Services and exports call it this. It stays for good." placeholder={metricKey(form)} classNames={{ input: css.code ?? '' }} value={form.key} onChange={(event) => { change({ key: event.currentTarget.value }) }} error={errors['key']} /> : null}
      <Textarea label="Definition" description="One sentence that somebody from another team understands." rows={2} value={form.description} onChange={(event) => { change({ description: event.currentTarget.value }) }} error={errors['description']} />
      <TypeChoice value={form.type} onChange={(type) => { change({ type, capBy: proposedCap(type) }) }} />
      <SourceFields label={form.type === 'funnel' ? 'Step 1' : form.type === 'ratio' ? 'Event above the line' : 'Event'} source={form} onChange={change} seen={seen} errorAt={(path) => errors[path]} />
      <TypeFields {...props} />
      {metricTakes(form.type, 'cap') ? <CapField {...props} /> : null}
      {form.type === 'retention' ? null : <WindowField {...props} />}
      <div className={css.triple}>
        <ChoiceField label="Better is" data={[{ value: 'increase', label: 'Higher' }, { value: 'decrease', label: 'Lower' }]} value={form.direction} onChange={(direction) => { change({ direction }) }} />
        {hasUnit(form.type) ? <TextInput label="Unit" placeholder="EUR" value={form.unitLabel} onChange={(event) => { change({ unitLabel: event.currentTarget.value }) }} error={errors['unitLabel']} /> : null}
        <TextInput label="Owner" placeholder="Team or person" value={form.owner} onChange={(event) => { change({ owner: event.currentTarget.value }) }} error={errors['owner']} />
      </div>
      {isNew ? null : <TextInput label="Why it changes" description="Stands in the history. May be left out." value={form.reason} onChange={(event) => { change({ reason: event.currentTarget.value }) }} error={errors['reason']} />}
    </div>
  )
}
