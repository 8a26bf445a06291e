import { Textarea } from '@mantine/core'
import type { Condition } from '@assay/sdk/core'
import { useState } from 'react'
import css from './condition-editor.module.css'
import { readCondition } from './read-condition.ts'
import { RemoveButton } from './remove-button.tsx'

interface Props {
  condition: Condition
  onChange: (condition: Condition) => void
  onRemove: () => void
  disabled: boolean
}

/** A form of condition that is nested too deep for rows: it is written as JSON. What cannot be read yet changes nothing. */
export function RawRow({ condition, onChange, onRemove, disabled }: Props) {
  const [draft, setDraft] = useState<string | null>(null)
  const written = JSON.stringify(condition, null, 2)
  const text = draft ?? written
  const read = readCondition(text)
  const change = (next: string) => {
    setDraft(next)
    const parsed = readCondition(next)
    if (parsed.ok) onChange(parsed.condition)
  }
  return (
    <div className={css.leaf}>
      <div className={css.raw}>
        {disabled ? (
          <>
            <span>Nested deeper than rows show:</span>
            <pre tabIndex={0} role="region" aria-label="Condition as JSON">{written}</pre>
          </>
        ) : (
          <Textarea
            label="Nested deeper than rows show"
            description="Written as JSON. Until it can be read again, the last one that could stands."
            value={text}
            onChange={(event) => { change(event.currentTarget.value) }}
            onBlur={() => { if (read.ok) setDraft(null) }}
            error={read.ok ? undefined : read.problem}
            autosize
            minRows={3}
            maxRows={12}
            spellCheck={false}
            size="xs"
            classNames={{ input: css.json ?? '' }}
          />
        )}
      </div>
      {disabled ? null : <span className={css.buttons}><RemoveButton what="this condition" onClick={onRemove} /></span>}
    </div>
  )
}
