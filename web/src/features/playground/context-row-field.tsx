import { ActionIcon, SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import css from './context-editor.module.css'
import { valueKinds, withKind, type ContextRow } from './context-rows.ts'

interface Props {
  row: ContextRow
  problem: string | undefined
  /** What the attribute stands for, where that is known. */
  hint: string | undefined
  onChange: (row: ContextRow) => void
  onRemove: () => void
}

const placeholders = { text: 'customer-17', number: '42', boolean: '', json: '["a", "b"]' } as const

/** One attribute: its path, the kind of its value, and the value. */
export function ContextRowField({ row, problem, hint, onChange, onRemove }: Props) {
  const name = row.path.trim() === '' ? 'new attribute' : row.path
  return (
    <li className={css.row}>
      <TextInput className={css.path ?? ''} aria-label="Attribute" placeholder="country" value={row.path} spellCheck={false} autoComplete="off" onChange={(event) => { onChange({ ...row, path: event.currentTarget.value }) }} />
      <Select
        className={css.kind ?? ''}
        aria-label={`Kind of ${name}`}
        data={valueKinds}
        value={row.kind}
        allowDeselect={false}
        onChange={(next) => { const kind = valueKinds.find(({ value }) => value === next)?.value; if (kind) onChange(withKind(row, kind)) }}
      />
      {row.kind === 'boolean' ? (
        <SegmentedControl className={css.value ?? ''} aria-label={`Value of ${name}`} data={[{ value: 'true', label: 'true' }, { value: 'false', label: 'false' }]} value={row.text === 'false' ? 'false' : 'true'} onChange={(text) => { onChange({ ...row, text }) }} />
      ) : (
        <TextInput
          className={css.value ?? ''}
          aria-label={`Value of ${name}`}
          placeholder={placeholders[row.kind]}
          value={row.text}
          error={problem}
          inputMode={row.kind === 'number' ? 'decimal' : 'text'}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => { onChange({ ...row, text: event.currentTarget.value }) }}
        />
      )}
      <ActionIcon aria-label={`Remove ${name}`} onClick={onRemove}><IconX size={15} /></ActionIcon>
      {problem !== undefined && row.kind === 'boolean' ? <p className={css.problem}>{problem}</p> : hint === undefined ? null : <p className={css.hint}>{hint}</p>}
    </li>
  )
}
