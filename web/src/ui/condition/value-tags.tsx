import { TagsInput } from '@mantine/core'
import type { Json } from '@assay/sdk/core'
import { useState } from 'react'
import css from './condition-editor.module.css'
import { readValue, writtenValue, type ValueKind } from './operand.ts'

interface Props {
  kind: ValueKind
  values: readonly Json[]
  onChange: (values: Json[]) => void
  disabled: boolean
}

/** In these, a comma may be a part of the value. */
const withCommas: readonly ValueKind[] = ['pattern', 'mixed']

/** Several values, each in a tag. One that cannot be read goes back into the field with the reason. */
export function ValueTags({ kind, values, onChange, disabled }: Props) {
  const [search, setSearch] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const change = (tags: string[]) => {
    const reads = tags.map((tag) => ({ tag, read: readValue(kind, tag) }))
    const refused = reads.find(({ read }) => !read.ok)
    setProblem(refused && !refused.read.ok ? refused.read.problem : null)
    onChange(reads.flatMap(({ read }) => (read.ok ? [read.value] : [])))
    setSearch(refused?.tag ?? '')
  }
  return (
    <TagsInput
      className={css.tags}
      aria-label="Values"
      placeholder={values.length > 0 ? '' : withCommas.includes(kind) ? 'Enter adds a value' : 'Comma or Enter adds a value'}
      value={values.map((value) => writtenValue(kind, value))}
      onChange={change}
      searchValue={search}
      onSearchChange={(text) => { setSearch(text); if (text !== search && text !== '') setProblem(null) }}
      splitChars={withCommas.includes(kind) ? [] : [',']}
      isDuplicate={(value, current) => current.includes(value)}
      error={problem}
      disabled={disabled}
      size="xs"
      spellCheck={false}
      comboboxProps={{ disabled: true }}
    />
  )
}
