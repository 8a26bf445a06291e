import { NumberInput } from '@mantine/core'
import { ChoiceField } from './choice-field.tsx'
import type { EditorProps } from './editor-props.ts'
import css from './metric-dialog.module.css'

/** What keeps a few people with very large sums from hiding everybody else. */
export function CapField({ form: { capBy, cap, unitLabel }, change, errors }: EditorProps) {
  return (
    <div>
      <ChoiceField label="Largest sums" data={[{ value: 'none', label: 'Count in full' }, { value: 'percentile', label: 'Capped by percentile' }, { value: 'value', label: 'Capped at a value' }]} value={capBy} onChange={(next) => { change({ capBy: next }) }} />
      <div className={css.below}>
        {capBy === 'percentile' ? <NumberInput aria-label="Percentile of the cap" suffix="%" min={90} max={99.999} step={0.1} w={130} value={cap.percentile} onChange={(percentile) => { change({ cap: { ...cap, percentile } }) }} error={errors['cap.percentile']} /> : null}
        {capBy === 'value' ? <NumberInput aria-label="Value of the cap" min={0} thousandSeparator="," suffix={unitLabel === '' ? '' : ` ${unitLabel}`} w={180} value={cap.value} onChange={(value) => { change({ cap: { ...cap, value } }) }} error={errors['cap.value']} /> : null}
        <p className="muted">{capBy === 'none' ? 'A few very large sums can hide what happens to everybody else.' : 'Whoever has more counts with that much. The uncapped result stands beside it.'}</p>
      </div>
    </div>
  )
}
