import type { SeenEvent } from '@assay/server/contract'
import { Autocomplete, Button } from '@mantine/core'
import { randomId } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { compact } from '../format.ts'
import { ConditionRow } from './condition-row.tsx'
import type { SourceForm } from './metric-form.ts'
import css from './source-fields.module.css'

interface Props<Source extends SourceForm> {
  label: string
  description?: string
  source: Source
  onChange: (source: Source) => void
  /** Events that services recorded lately; others can be typed. */
  seen: readonly SeenEvent[]
  /** Messages at the fields, by their path below this source. */
  errorAt: (path: string) => string | undefined
}

/** An event, and which of its kind count. */
export function SourceFields<Source extends SourceForm>({ label, description = 'As services track it.', source, onChange, seen, errorAt }: Props<Source>) {
  const known = new Map(seen.map((event) => [event.name, event]))
  const properties = known.get(source.event)?.properties ?? []
  const set = (change: Partial<SourceForm>) => { onChange({ ...source, ...change }) }
  return (
    <div className={css.source}>
      <Autocomplete
        label={label}
        description={description}
        placeholder="order_placed"
        classNames={{ input: css.mono ?? '' }}
        data={seen.map(({ name }) => name)}
        limit={50}
        value={source.event}
        onChange={(event) => { set({ event }) }}
        error={errorAt('event')}
        spellCheck={false}
        autoComplete="off"
        renderOption={({ option }) => <span className={css.option}><code>{option.value}</code><small>{compact(known.get(option.value)?.events ?? 0)} in 30 days</small></span>}
      />
      {source.filter.map((row, i) => (
        <ConditionRow
          key={row.id}
          row={row}
          properties={properties}
          errors={{ property: errorAt(`filter.${i}.property`), values: errorAt(`filter.${i}.values`) }}
          onChange={(next) => { set({ filter: source.filter.map((other) => (other.id === row.id ? next : other)) }) }}
          onRemove={() => { set({ filter: source.filter.filter((other) => other.id !== row.id) }) }}
        />
      ))}
      <div><Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => { set({ filter: [...source.filter, { id: randomId('condition-'), property: '', op: 'equals', values: [] }] }) }}>{source.filter.length === 0 ? 'Only some of them' : 'One more condition'}</Button></div>
    </div>
  )
}
