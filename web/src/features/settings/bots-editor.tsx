import type { Project, PropertyFilter } from '@assay/server/contract'
import { Button } from '@mantine/core'
import { randomId } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { ConditionRow } from '../../ui/metric-dialog/condition-row.tsx'
import { bots as words } from './bot-words.ts'
import css from './bots-editor.module.css'

type Row = PropertyFilter & { id: string }

interface Props {
  value: Project['bots']
  onChange: (value: Project['bots']) => void
  disabled: boolean
  /** Messages by path. */
  errors: Readonly<Record<string, string>>
}

/** Conditions on attributes: who passes any of them is a bot. */
export function BotsEditor({ value, onChange, disabled, errors }: Props) {
  const [ids, setIds] = useState<readonly string[]>(() => value.map(() => randomId('bot-')))
  const rows: Row[] = value.map((condition, index) => ({ ...condition, id: ids[index] ?? `bot-${index}` }))
  const set = (next: readonly Row[]) => {
    setIds(next.map(({ id }) => id))
    onChange(next.map(({ id: _id, ...condition }) => condition))
  }
  if (disabled) return value.length === 0 ? <p className="soft">Nobody is taken for a bot.</p> : <ul className={css.read}>{value.map((condition, index) => <li key={index}>{words([condition])}</li>)}</ul>
  return (
    <div className={css.rows}>
      {rows.map((row, index) => (
        <ConditionRow
          key={row.id} row={row} properties={[]} errors={{ property: errors[`bots.${index}.property`], values: errors[`bots.${index}.values`] }}
          onChange={(next) => { set(rows.map((other) => (other.id === row.id ? next : other))) }}
          onRemove={() => { set(rows.filter((other) => other.id !== row.id)) }}
        />
      ))}
      <div><Button variant="default" size="compact-sm" leftSection={<IconPlus size={13} />} onClick={() => { set([...rows, { id: randomId('bot-'), property: '', op: 'equals', values: [] }]) }}>Add a condition</Button></div>
    </div>
  )
}
