import type { Condition } from '@assay/sdk/core'
import type { KnownAttribute } from '@assay/server/contract'
import { useState } from 'react'
import type { CohortOption } from './cohort-row.tsx'
import { readGroup, writeGroup, type Group } from './edit-condition.ts'
import { GroupEditor } from './group-editor.tsx'

interface Props {
  /** Undefined is everyone. */
  value: Condition | undefined
  onChange: (value: Condition | undefined) => void
  /** Cohorts to offer. */
  cohorts: readonly CohortOption[]
  /** Attributes to offer; any other can be written as well. */
  attributes?: readonly KnownAttribute[]
  disabled?: boolean
  /** What no condition at all means here. */
  everyone?: string
}

/** Edits a condition row by row. What it gives may be unfinished: `conditionProblems` says what is missing. */
export function ConditionEditor({ value, onChange, cohorts, attributes = [], disabled = false, everyone = 'Everyone, until you add a condition.' }: Props) {
  const [shown, setShown] = useState(() => ({ value, group: readGroup(value) }))
  // The rows keep their identity while a person edits them, and are read anew when the value comes from elsewhere.
  const group = shown.value === value ? shown.group : readGroup(value)
  if (shown.value !== value) setShown({ value, group })

  const change = (next: Group) => {
    const written = writeGroup(next)
    setShown({ value: written, group: next })
    onChange(written)
  }
  return <GroupEditor group={group} onChange={change} cohorts={cohorts} attributes={attributes} disabled={disabled} depth={0} everyone={everyone} />
}
