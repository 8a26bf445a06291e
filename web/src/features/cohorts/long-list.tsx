import { Button, TextInput } from '@mantine/core'
import { IconCheck, IconMinus } from '@tabler/icons-react'
import { useState } from 'react'
import css from './unit-list-field.module.css'
import { withoutUnit, withUnits } from './unit-list.ts'

interface Props {
  label: string
  value: string
  units: readonly string[]
  onChange: (value: string) => void
  disabled: boolean
}

/** A list that is too long to show: asked and changed one unit at a time, or pasted anew. */
export function LongList({ label, value, units, onChange, disabled }: Props) {
  const [asked, setAsked] = useState('')
  const unit = asked.trim()
  const listed = unit !== '' && units.includes(unit)
  return (
    <div className={css.long}>
      <p className={css.sample}><code>{units[0]}</code>, <code>{units[1]}</code>, … <code>{units.at(-1)}</code></p>
      <div className={css.ask}>
        <TextInput aria-label={`Look for one in ${label.toLowerCase()}`} placeholder="Look for one" spellCheck={false} value={asked} onChange={(event) => { setAsked(event.currentTarget.value) }} />
        {unit === '' || disabled ? null : listed
          ? <Button variant="default" onClick={() => { onChange(withoutUnit(value, unit)) }}>Take it out</Button>
          : <Button variant="default" onClick={() => { onChange(withUnits(value, unit)) }}>Add it</Button>}
      </div>
      <p className={css.found} aria-live="polite">{unit === '' ? '' : listed ? <><IconCheck size={13} aria-hidden /> {unit} is listed</> : <><IconMinus size={13} aria-hidden /> {unit} is not listed</>}</p>
      {disabled ? null : <Button variant="default" size="compact-sm" onClick={() => { onChange('') }}>Paste another list instead</Button>}
    </div>
  )
}
