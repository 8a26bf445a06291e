import { Button, NumberInput, Select } from '@mantine/core'
import { randomId } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { RemoveButton } from '../condition/remove-button.tsx'
import { ChoiceField } from './choice-field.tsx'
import type { EditorProps } from './editor-props.ts'
import css from './metric-dialog.module.css'
import { PropertyField } from './property-field.tsx'
import { SourceFields } from './source-fields.tsx'

const aggregates = [{ value: 'sum', label: 'Values, added up' }, { value: 'count', label: 'Number of events' }] as const

/** What one kind of metric asks beside its event. */
export function TypeFields(props: EditorProps) {
  const { form, change, errors, seen } = props
  const value = <PropertyField label="Value" event={form.event} seen={seen} value={form.property} onChange={(property) => { change({ property }) }} error={errors['property']} />
  switch (form.type) {
    case 'conversion':
    case 'count':
      return null
    case 'sum':
    case 'mean':
      return value
    case 'ratio':
      return (
        <>
          <ChoiceField label="Above the line" data={aggregates} value={form.aggregate} onChange={(aggregate) => { change({ aggregate }) }} />
          {form.aggregate === 'sum' ? value : null}
          <Denominator {...props} />
        </>
      )
    case 'quantile':
      return (
        <>
          {value}
          <div className={css.pair}>
            <NumberInput label="Percentile" description="50% is the median." suffix="%" min={0} max={100} value={form.quantile.q} onChange={(q) => { change({ quantile: { ...form.quantile, q } }) }} error={errors['quantile.q']} />
            <ChoiceField label="Of what" data={[{ value: 'units', label: 'People’s sums' }, { value: 'events', label: 'All events' }]} value={form.quantile.of} onChange={(of) => { change({ quantile: { ...form.quantile, of } }) }} />
          </div>
        </>
      )
    case 'retention':
      return <Retention {...props} />
    case 'funnel':
      return <Steps {...props} />
  }
}

function Denominator({ form: { denominator }, change, errors, seen }: EditorProps) {
  return (
    <div className={css.inset}>
      <ChoiceField label="Below the line" data={aggregates} value={denominator.aggregate} onChange={(aggregate) => { change({ denominator: { ...denominator, aggregate } }) }} />
      <SourceFields label="Event below the line" source={denominator} onChange={(next) => { change({ denominator: next }) }} seen={seen} errorAt={(path) => errors[`denominator.${path}`]} />
      {denominator.aggregate === 'sum' ? <PropertyField label="Value below the line" event={denominator.event} seen={seen} value={denominator.property} onChange={(property) => { change({ denominator: { ...denominator, property } }) }} error={errors['denominator.property']} /> : null}
    </div>
  )
}

function Retention({ form: { retention }, change, errors }: EditorProps) {
  const set = (part: Partial<typeof retention>) => { change({ retention: { ...retention, ...part } }) }
  return (
    <div className={css.triple}>
      <NumberInput label="Comes back from" description="After the first exposure." min={0} value={retention.from} onChange={(from) => { set({ from }) }} error={errors['retention.from']} />
      <NumberInput label="until before" description="Nobody counts earlier." min={0} value={retention.to} onChange={(to) => { set({ to }) }} error={errors['retention.to']} />
      <Select label="in" description="The unit of both." allowDeselect={false} data={[{ value: 'hours', label: 'hours' }, { value: 'days', label: 'days' }]} value={retention.unit} onChange={(unit) => { set({ unit: unit === 'hours' ? 'hours' : 'days' }) }} />
    </div>
  )
}

const MOST_STEPS = 9

function Steps({ form: { steps }, change, errors, seen }: EditorProps) {
  return (
    <div className={css.inset}>
      {steps.map((step, i) => (
        <div key={step.id} className={css.step}>
          <SourceFields label={`Step ${i + 2}`} description="At or after the step before it." source={step} onChange={(next) => { change({ steps: steps.map((other) => (other.id === step.id ? next : other)) }) }} seen={seen} errorAt={(path) => errors[`steps.${i}.${path}`]} />
          {steps.length > 1 ? <RemoveButton what={`step ${i + 2}`} onClick={() => { change({ steps: steps.filter((other) => other.id !== step.id) }) }} /> : null}
        </div>
      ))}
      {steps.length < MOST_STEPS ? <div><Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => { change({ steps: [...steps, { id: randomId('step-'), event: '', filter: [] }] }) }}>One more step</Button></div> : null}
    </div>
  )
}
