import { Button, Select } from '@mantine/core'
import type { KnownAttribute } from '@assay/server/contract'
import { IconBraces, IconPlus, IconUsers } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { CohortRow, type CohortOption } from './cohort-row.tsx'
import css from './condition-editor.module.css'
import { DEEPEST_GROUP, newItem, type Group, type Item } from './edit-condition.ts'
import { LeafRow } from './leaf-row.tsx'
import { RawRow } from './raw-row.tsx'

interface Props {
  group: Group
  onChange: (group: Group) => void
  cohorts: readonly CohortOption[]
  attributes: readonly KnownAttribute[]
  disabled: boolean
  depth: number
  everyone?: string
}

const joins = [
  { value: 'all', label: 'All of these hold' },
  { value: 'any', label: 'At least one of these holds' },
  { value: 'not any', label: 'None of these holds' },
  { value: 'not all', label: 'Not all of these hold' },
]

/** Rows joined by "and" or "or"; a row may be a group again. */
export function GroupEditor({ group, onChange, cohorts, attributes, disabled, depth, everyone }: Props) {
  const { join, negated, items } = group
  const replace = (id: number, item: Item | null) => {
    onChange({ ...group, items: items.flatMap((old) => (old.id !== id ? [old] : item ? [item] : [])) })
  }
  const add = (kind: 'leaf' | 'cohort' | 'group') => { onChange({ ...group, items: [...items, newItem(kind)] }) }
  const setJoin = (value: string | null) => { onChange({ ...group, join: value?.endsWith('any') ? 'any' : 'all', negated: value?.startsWith('not ') === true }) }

  return (
    <div className={css.group} role="group" aria-label={depth === 0 ? 'Conditions' : 'Group of conditions'}>
      {items.length > 1 || negated ? (
        <Select className={css.join} aria-label="How the conditions are joined" data={joins} value={`${negated ? 'not ' : ''}${join}`} onChange={setJoin} disabled={disabled} allowDeselect={false} size="xs" />
      ) : null}
      {items.length === 0 ? <p className={css.everyone}>{everyone}</p> : (
        <ul className={css.rows}>
          {items.map((item, index) => (
            <li key={item.id} className={css.row}>
              <span className={css.word}>{index === 0 ? (depth === 0 ? 'If' : '') : join === 'all' ? 'and' : 'or'}</span>
              <div className={css.cell}>{rowOf(item)}</div>
            </li>
          ))}
        </ul>
      )}
      {disabled ? null : (
        <div className={css.add}>
          <Button variant="default" size="compact-sm" leftSection={<IconPlus size={13} />} onClick={() => { add('leaf') }}>Condition</Button>
          <Button variant="default" size="compact-sm" leftSection={<IconUsers size={13} />} onClick={() => { add('cohort') }}>Cohort</Button>
          {depth < DEEPEST_GROUP ? <Button variant="default" size="compact-sm" leftSection={<IconBraces size={13} />} onClick={() => { add('group') }}>Group</Button> : null}
        </div>
      )}
    </div>
  )

  function rowOf(item: Item): ReactNode {
    const remove = () => { replace(item.id, null) }
    switch (item.kind) {
      case 'leaf':
        return <LeafRow leaf={item.leaf} onChange={(leaf) => { replace(item.id, { ...item, leaf }) }} onRemove={remove} attributes={attributes} disabled={disabled} />
      case 'cohort':
        return <CohortRow cohort={item.key} negated={item.negated} onChange={(key, isNegated) => { replace(item.id, { ...item, key, negated: isNegated }) }} onRemove={remove} cohorts={cohorts} disabled={disabled} />
      case 'group':
        return <GroupEditor group={item.group} onChange={(inner) => { replace(item.id, inner.items.length === 0 ? null : { ...item, group: inner }) }} cohorts={cohorts} attributes={attributes} disabled={disabled} depth={depth + 1} />
      case 'raw':
        return <RawRow condition={item.condition} onChange={(condition) => { replace(item.id, { ...item, condition }) }} onRemove={remove} disabled={disabled} />
    }
  }
}
