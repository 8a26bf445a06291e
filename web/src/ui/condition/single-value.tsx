import { TextInput } from '@mantine/core'
import type { Json } from '@assay/sdk/core'
import { useState } from 'react'
import css from './condition-editor.module.css'
import { readValue, writtenValue, type ValueKind } from './operand.ts'

interface Props {
  kind: ValueKind
  value: Json | undefined
  onChange: (value: Json | undefined) => void
  disabled: boolean
}

const placeholders: Partial<Record<ValueKind, string>> = { number: '10', instant: '2026-11-24T09:00:00Z', version: '8.4.0' }

/** One value; what cannot be read yet stays in the field with the reason, and counts as no value. */
export function SingleValue({ kind, value, onChange, disabled }: Props) {
  const [draft, setDraft] = useState<string | null>(null)
  const text = draft ?? (value === undefined ? '' : writtenValue(kind, value))
  const read = text.trim() === '' ? undefined : readValue(kind, text)
  const change = (next: string) => {
    setDraft(next)
    const parsed = next.trim() === '' ? undefined : readValue(kind, next)
    onChange(parsed?.ok ? parsed.value : undefined)
  }
  return (
    <TextInput
      className={css.one}
      aria-label="Value"
      placeholder={placeholders[kind] ?? ''}
      value={text}
      onChange={(event) => { change(event.currentTarget.value) }}
      onBlur={() => { if (read?.ok) setDraft(null) }}
      error={read && !read.ok ? read.problem : undefined}
      disabled={disabled}
      inputMode={kind === 'number' ? 'decimal' : 'text'}
      spellCheck={false}
      autoComplete="off"
      size="xs"
    />
  )
}
