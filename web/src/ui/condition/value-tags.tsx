import { TagsInput } from '@mantine/core'
import type { Json } from '@assay/sdk/core'
import { useState } from 'react'
import css from './condition-editor.module.css'
import { readValue, writtenValue, type ValueKind } from './operand.ts'

interface Props {
  kind: ValueKind
  values: readonly Json[]
  onChange: (values: Json[]) => void
  /** Values that the attribute was seen with, to offer. */
  known?: readonly Json[]
  disabled: boolean
}

/** In these, a comma may be a part of the value. */
const withCommas: readonly ValueKind[] = ['pattern', 'mixed']

/** Several values, each in a tag. One that cannot be read goes back into the field with the reason. */
export function ValueTags({ kind, values, onChange, known = [], disabled }: Props) {
  const splits = !withCommas.includes(kind)
  const written = values.map((value) => writtenValue(kind, value))
  const offered = known.map((value) => writtenValue(kind, value)).filter((text) => readValue(kind, text).ok)
  const [search, setSearch] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const change = (next: string[]) => {
    // A list that was pasted or filled in at once comes as one tag.
    const tags = next.flatMap((tag) => (splits && !written.includes(tag) ? tag.split(/[,\n]/).map((part) => part.trim()).filter((part) => part !== '') : [tag]))
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
      placeholder={values.length > 0 ? '' : splits ? 'Comma or Enter adds a value' : 'Enter adds a value'}
      value={written}
      onChange={change}
      searchValue={search}
      onSearchChange={(text) => { setSearch(text); if (text !== search && text !== '') setProblem(null) }}
      splitChars={splits ? [','] : []}
      isDuplicate={(value, current) => current.includes(value)}
      error={problem}
      disabled={disabled}
      size="xs"
      spellCheck={false}
      data={offered}
      comboboxProps={{ disabled: offered.length === 0, width: 220, position: 'bottom-start' }}
    />
  )
}
