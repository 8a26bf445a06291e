import { Textarea } from '@mantine/core'
import type { Json } from '@assay/sdk/core'
import { useState } from 'react'
import { count } from '../format.ts'
import css from './condition-editor.module.css'
import { readValue, writtenValue, type ValueKind } from './operand.ts'

interface Props {
  kind: ValueKind
  values: readonly Json[]
  onChange: (values: Json[]) => void
  disabled: boolean
}

/** A long list of values, one to a line. */
export function ValueLines({ kind, values, onChange, disabled }: Props) {
  const [draft, setDraft] = useState<string | null>(null)
  const text = draft ?? values.map((value) => writtenValue(kind, value)).join('\n')
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const refused = lines.map((line) => readValue(kind, line)).find((read) => !read.ok)
  const change = (next: string) => {
    setDraft(next)
    const reads = next.split('\n').filter((line) => line.trim() !== '').map((line) => readValue(kind, line))
    onChange(reads.flatMap((read) => (read.ok ? [read.value] : [])))
  }
  return (
    <Textarea
      className={css.tags}
      aria-label="Values, one to a line"
      description={`${count(lines.length)} values, one to a line`}
      value={text}
      onChange={(event) => { change(event.currentTarget.value) }}
      error={refused && !refused.ok ? refused.problem : undefined}
      disabled={disabled}
      autosize
      minRows={3}
      maxRows={8}
      size="xs"
      spellCheck={false}
    />
  )
}
