import { Textarea } from '@mantine/core'
import { count, plural } from '../../ui/format.ts'
import css from './unit-list-field.module.css'
import { MOST_UNITS, readUnits } from './unit-list.ts'

interface Props {
  label: string
  description: string
  value: string
  onChange: (value: string) => void
  disabled: boolean
}

/** A list of units, pasted one a line, with what it amounts to. */
export function UnitListField({ label, description, value, onChange, disabled }: Props) {
  const { units, repeats, problem } = readUnits(value)
  return (
    <div>
      <Textarea label={label} description={description} autosize={false} rows={6} classNames={{ input: css.list ?? '' }} placeholder={'customer-17\ncustomer-23'} spellCheck={false} readOnly={disabled} value={value} error={problem} onChange={(event) => { onChange(event.currentTarget.value) }} />
      <p className={css.count} aria-live="polite">{units.length === 0 ? `None listed; up to ${count(MOST_UNITS)}` : `${plural(units.length, 'unit')} listed`}{repeats === 0 ? '' : `, ${plural(repeats, 'repeated line')} dropped`}</p>
    </div>
  )
}
