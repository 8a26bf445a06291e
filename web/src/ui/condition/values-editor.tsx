import { Select } from '@mantine/core'
import type { Json } from '@assay/sdk/core'
import { useState } from 'react'
import css from './condition-editor.module.css'
import { convertValues, scalarTypeOf, type ScalarType, type ValueKind } from './operand.ts'
import type { Operand } from './operator-words.ts'
import { SingleValue } from './single-value.tsx'
import { ValueLines } from './value-lines.tsx'
import { ValueTags } from './value-tags.tsx'

interface Props {
  operand: Exclude<Operand, 'none'>
  values: readonly Json[]
  onChange: (values: Json[]) => void
  /** Values that the attribute was seen with. */
  known: readonly Json[]
  disabled: boolean
}

const types: { value: ScalarType; label: string }[] = [
  { value: 'text', label: 'text' },
  { value: 'number', label: 'number' },
  { value: 'boolean', label: 'boolean' },
  { value: 'mixed', label: 'mixed' },
]
/** Compared by order, so more than one value is rarely meant. */
const ordered: readonly Operand[] = ['number', 'instant', 'version']
/** Longer lists are edited as lines of text. */
const MOST_TAGS = 60

/** Values of a condition: numbers stay numbers, and true and false stay themselves. */
export function ValuesEditor({ operand, values, onChange, known, disabled }: Props) {
  const [chosen, setChosen] = useState<ScalarType>()
  // Nothing written and nothing chosen: of the type that the attribute was seen with.
  const scalar = chosen === 'mixed' ? chosen : scalarTypeOf(values) ?? chosen ?? scalarTypeOf(known) ?? 'text'
  const kind: ValueKind = operand === 'scalar' ? scalar : operand
  const setType = (type: string | null) => {
    const next = types.find(({ value }) => value === type)?.value ?? 'text'
    setChosen(next)
    onChange(convertValues(values, next))
  }
  const list = values.length > MOST_TAGS
    ? <ValueLines kind={kind} values={values} onChange={onChange} disabled={disabled} />
    : kind === 'boolean' && values.length < 2
      ? <Select className={css.one} aria-label="Value" data={['true', 'false']} value={values[0] === undefined ? null : String(values[0])} onChange={(value) => { onChange(value === null ? [] : [value === 'true']) }} placeholder="true or false" disabled={disabled} allowDeselect={false} size="xs" />
      : ordered.includes(operand) && values.length < 2
        ? <SingleValue kind={kind} value={values[0]} onChange={(value) => { onChange(value === undefined ? [] : [value]) }} disabled={disabled} />
        : <ValueTags kind={kind} values={values} onChange={onChange} known={known} disabled={disabled} />
  return (
    <>
      {list}
      {operand === 'scalar' ? <Select className={css.type} aria-label="Type of the values" data={types} value={scalar} onChange={setType} disabled={disabled} allowDeselect={false} size="xs" comboboxProps={{ width: 120, position: 'bottom-end' }} /> : null}
    </>
  )
}
