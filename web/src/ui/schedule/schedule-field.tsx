import type { ChangeSchedule } from '@assay/server/contract'
import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import css from './schedule-field.module.css'
import { dueText, dueUtcText, fromNow } from './schedule-words.ts'
import { instantOf, localTimeOf, ownTimeZone } from './zoned-time.ts'

interface Props {
  value: ChangeSchedule
  onChange: (value: ChangeSchedule) => void
  /** Why the server does not take it. */
  error?: string | undefined
}

/** A wall-clock time in a place, with what it comes to: by UTC, and from now. */
export function ScheduleField({ value, onChange, error }: Props) {
  const [zones] = useState(() => [...new Set(['UTC', ownTimeZone(), value.timeZone, ...Intl.supportedValuesOf('timeZone')])])
  const at = instantOf(value.local, value.timeZone)
  const now = new Date()
  const due = at && { at: at.toISOString(), timeZone: value.timeZone }
  const late = at !== null && at <= now
  return (
    <div className={css.field}>
      <TextInput
        type="datetime-local"
        label="Date and time"
        value={value.local}
        min={localTimeOf(now, value.timeZone)}
        error={error ?? (late ? 'This time is over. Choose a later one.' : undefined)}
        onChange={(event) => { onChange({ ...value, local: event.currentTarget.value.slice(0, 16) }) }}
      />
      <Select label="By the clocks of" data={zones} value={value.timeZone} searchable allowDeselect={false} maxDropdownHeight={240} nothingFoundMessage="No such time zone" onChange={(timeZone) => { if (timeZone !== null) onChange({ ...value, timeZone }) }} />
      {due && !late ? <p className={css.words} role="status">{dueText(due)}{dueUtcText(due) === '' ? '' : ` (${dueUtcText(due)})`}, {fromNow(due.at, now)}</p> : null}
    </div>
  )
}
