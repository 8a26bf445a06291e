import type { PropertyFilter, SeenEvent } from '@assay/server/contract'
import { Autocomplete, Select } from '@mantine/core'
import { useState } from 'react'
import { scalarTypeOf, type ScalarType } from '../condition/operand.ts'
import { RemoveButton } from '../condition/remove-button.tsx'
import { ConditionValues, valuesIn } from './condition-values.tsx'
import type { ConditionRow as Row } from './metric-form.ts'
import { operatorWords } from './metric-words.ts'
import css from './source-fields.module.css'

interface Props {
  row: Row
  onChange: (row: Row) => void
  onRemove: () => void
  /** Properties that such events were seen with. */
  properties: SeenEvent['properties']
  errors: { property?: string | undefined; values?: string | undefined }
}

const operators = (Object.keys(operatorWords) as PropertyFilter['op'][]).map((op) => ({ value: op, label: operatorWords[op] }))
const kinds: { value: ScalarType; label: string }[] = [{ value: 'text', label: 'text' }, { value: 'number', label: 'number' }, { value: 'boolean', label: 'boolean' }, { value: 'mixed', label: 'mixed' }]
const seenKinds: Partial<Record<SeenEvent['properties'][number]['type'], ScalarType>> = { string: 'text', number: 'number', boolean: 'boolean' }

/** One property, how it is compared, and with what. */
export function ConditionRow({ row, onChange, onRemove, properties, errors }: Props) {
  const [chosen, setChosen] = useState<ScalarType>('text')
  const kind = chosen === 'mixed' ? chosen : scalarTypeOf(row.values) ?? chosen
  const setKind = (next: ScalarType) => {
    setChosen(next)
    onChange({ ...row, values: valuesIn(row.values, next) })
  }
  const setProperty = (property: string) => {
    const seen = properties.find(({ name }) => name === property)
    const likely = seen && row.values.length === 0 ? seenKinds[seen.type] : undefined
    if (likely) setChosen(likely)
    onChange({ ...row, property })
  }
  const setOperator = (op: PropertyFilter['op']) => { onChange({ ...row, op, values: op === 'exists' ? [] : op === 'in' ? row.values : row.values.slice(0, 1) }) }
  return (
    <div className={css.condition} role="group" aria-label={row.property === '' ? 'Condition' : `Condition on ${row.property}`}>
      <Autocomplete size="xs" aria-label="Property" placeholder="country" className={css.code ?? ''} openOnFocus={false} data={properties.map(({ name }) => name)} value={row.property} onChange={setProperty} error={errors.property} spellCheck={false} autoComplete="off" />
      <Select size="xs" aria-label="How it is compared" allowDeselect={false} data={operators} value={row.op} onChange={(op) => { const next = operators.find(({ value }) => value === op); if (next) setOperator(next.value) }} />
      {row.op === 'exists' ? <span /> : (
        <div className={css.values}>
          <ConditionValues op={row.op} kind={kind} values={row.values} onChange={(values) => { onChange({ ...row, values }) }} />
          <Select size="xs" className={css.kind ?? ''} aria-label="Type of the value" allowDeselect={false} data={row.op === 'in' ? kinds : kinds.slice(0, 3)} value={kind} onChange={(next) => { const found = kinds.find(({ value }) => value === next); if (found) setKind(found.value) }} />
        </div>
      )}
      <RemoveButton what={row.property === '' ? 'this condition' : `the condition on ${row.property}`} onClick={onRemove} />
      {errors.values === undefined ? null : <p className={css.error}>{errors.values}</p>}
    </div>
  )
}
