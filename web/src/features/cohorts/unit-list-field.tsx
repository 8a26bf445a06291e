import { Textarea } from '@mantine/core'
import { useId } from 'react'
import { count, plural } from '../../ui/format.ts'
import { LongList } from './long-list.tsx'
import css from './unit-list-field.module.css'
import { isLong, MOST_UNITS, readUnits, withUnits } from './unit-list.ts'

interface Props {
  label: string
  description: string
  value: string
  onChange: (value: string) => void
  disabled: boolean
}

/** A list of units, pasted one a line, with what it amounts to. A long one is not shown line by line. */
export function UnitListField({ label, description, value, onChange, disabled }: Props) {
  const id = useId()
  const { units, repeats, problem } = readUnits(value)
  const long = isLong(value)
  return (
    <div role="group" aria-labelledby={long ? id : undefined}>
      {long ? (
        <>
          <span id={id} className={css.label}>{label}</span>
          <p className={css.description}>{description}</p>
          <LongList label={label} value={value} units={units} onChange={onChange} disabled={disabled} />
          {problem === null ? null : <p className={css.problem} role="alert">{problem}</p>}
        </>
      ) : (
        <Textarea
          label={label}
          description={description}
          autosize={false}
          rows={6}
          classNames={{ input: css.list ?? '' }}
          placeholder={'customer-17\ncustomer-23'}
          spellCheck={false}
          readOnly={disabled}
          value={value}
          error={problem}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text')
            if (disabled || !isLong(pasted)) return
            // Not into the field: the browser would take seconds over it.
            event.preventDefault()
            onChange(withUnits(value, pasted))
          }}
          onChange={(event) => { onChange(event.currentTarget.value) }}
        />
      )}
      <p className={css.count} aria-live="polite">{units.length === 0 ? `None listed; up to ${count(MOST_UNITS)}` : `${plural(units.length, 'unit')} listed`}{repeats === 0 ? '' : `, ${plural(repeats, 'repeated line')} dropped`}</p>
    </div>
  )
}
