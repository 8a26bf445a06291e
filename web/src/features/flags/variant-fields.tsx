import { ActionIcon, Button, Select, Textarea, TextInput } from '@mantine/core'
import { IconLock, IconPlus, IconTrash } from '@tabler/icons-react'
import type { FlagType } from '@assay/sdk/core'
import { seriesColour } from '../../ui/split-bar.tsx'
import { randomId } from './random-id.ts'
import css from './variant-fields.module.css'
import { addedRow, rowProblems, type VariantRow } from './variant-rows.ts'

interface Props {
  type: FlagType
  rows: readonly VariantRow[]
  onChange: (rows: VariantRow[]) => void
  disabled?: boolean
  /** Experiment that measures a variant, whose value therefore stays. */
  measuredBy?: ReadonlyMap<string, string>
}

/** Variants of a flag: key, name and a value of its type. */
export function VariantFields({ type, rows, onChange, disabled = false, measuredBy = new Map() }: Props) {
  const problems = rowProblems(rows, type)
  const change = (id: string, part: Partial<VariantRow>) => { onChange(rows.map((row) => (row.id === id ? { ...row, ...part } : row))) }
  return (
    <div className={css.variants} role="group" aria-label="Variants">
      {rows.map((row, index) => {
        const problem = problems.get(row.id)
        const experiment = measuredBy.get(row.key)
        const locked = disabled || experiment !== undefined
        const label = (field: string) => `${field} of variant ${index + 1}`
        const value = { 'aria-label': label('Value'), value: row.text, error: problem?.value, className: css.value ?? '' }
        return (
          <div key={row.id} className={css.variant}>
            <i className={css.colour} style={{ background: seriesColour(index) }} aria-hidden />
            {row.saved ? <code className={css.saved}>{row.key}</code> : <TextInput aria-label={label('Key')} value={row.key} onChange={(event) => { change(row.id, { key: event.currentTarget.value }) }} error={problem?.key} spellCheck={false} autoComplete="off" className={css.key ?? ''} placeholder="Key" />}
            {disabled ? <span className={css.saved}>{row.name}</span> : <TextInput aria-label={label('Name')} value={row.name} onChange={(event) => { change(row.id, { name: event.currentTarget.value }) }} placeholder="Name, if it has one" maxLength={200} className={css.name ?? ''} />}
            {locked ? <pre className={css.shown}>{row.text}</pre>
              : type === 'boolean' ? <Select {...value} data={['true', 'false']} allowDeselect={false} onChange={(text) => { change(row.id, { text: text ?? row.text }) }} />
              : type === 'object' ? <Textarea {...value} onChange={(event) => { change(row.id, { text: event.currentTarget.value }) }} autosize minRows={2} maxRows={14} spellCheck={false} />
                : <TextInput {...value} onChange={(event) => { change(row.id, { text: event.currentTarget.value }) }} inputMode={type === 'string' ? 'text' : 'decimal'} spellCheck={false} autoComplete="off" />}
            {disabled ? null : <ActionIcon size={36} aria-label={`Remove variant ${row.key}`} disabled={rows.length === 1 || experiment !== undefined} onClick={() => { onChange(rows.filter((other) => other !== row)) }}><IconTrash size={15} /></ActionIcon>}
            {experiment === undefined ? null : <p className={css.locked}><IconLock size={13} aria-hidden />{experiment} is measuring this value, so it stays until that stops.</p>}
          </div>
        )
      })}
      {disabled ? null : <div><Button variant="default" size="compact-sm" leftSection={<IconPlus size={13} />} onClick={() => { onChange([...rows, addedRow(rows, type, randomId())]) }}>Add a variant</Button></div>}
    </div>
  )
}
