import { SegmentedControl } from '@mantine/core'
import { useId } from 'react'
import css from './metric-dialog.module.css'

interface Props<Value extends string> {
  label: string
  data: readonly { value: Value; label: string }[]
  value: Value
  onChange: (value: Value) => void
}

/** A few choices beside each other, under their name. */
export function ChoiceField<Value extends string>({ label, data, value, onChange }: Props<Value>) {
  const id = useId()
  return (
    <div className={css.choice}>
      <span id={id} className={css.label}>{label}</span>
      <SegmentedControl aria-labelledby={id} data={[...data]} value={value} onChange={onChange} />
    </div>
  )
}
