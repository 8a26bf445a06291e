import { Autocomplete, Button, Popover, Select } from '@mantine/core'
import { IconArchive, IconTag, IconUser, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { tag as tagSchema } from '@assay/server/contract'
import { membersQuery } from '../../api/project-queries.ts'
import { count, plural } from '../../ui/format.ts'
import type { BulkChange } from './bulk-change.ts'
import css from './bulk-bar.module.css'
import { problemOf } from './problem-of.ts'

interface Props {
  project: string
  /** How many flags are selected, and how many match what the list is narrowed by. */
  selected: number
  matching: number
  /** Tags in use, to choose from. */
  tags: readonly string[]
  busy: boolean
  /** How far a change of many has come. */
  progress: string | null
  onSelectAll: () => void
  onChange: (change: BulkChange) => void
  onArchive: () => void
  onClear: () => void
}

/** What may be done with all the flags selected at once. Floats over the list while any is. */
export function BulkBar({ project, selected, matching, tags, busy, progress, onSelectAll, onChange, onArchive, onClear }: Props) {
  const members = useQuery(membersQuery(project)).data?.members ?? []
  const [tag, setTag] = useState('')
  const [open, setOpen] = useState<'tag' | 'owner' | null>(null)
  const problem = tag === '' ? null : problemOf(tagSchema, tag)
  const change = (next: BulkChange) => {
    setOpen(null)
    setTag('')
    onChange(next)
  }
  return (
    <div className={css.bar} role="region" aria-label="Selected flags" onKeyDown={(event) => { if (event.key === 'Escape' && open === null) onClear() }}>
      <b aria-live="polite">{progress ?? `${plural(selected, 'flag')} selected`}</b>
      {selected < matching ? <Button variant="subtle" size="compact-sm" disabled={busy} onClick={onSelectAll}>Select all {count(matching)}</Button> : null}
      <span className="grow" />
      <Popover opened={open === 'tag'} onChange={(opened) => { setOpen(opened ? 'tag' : null) }} trapFocus position="top" shadow="md">
        <Popover.Target><Button variant="default" leftSection={<IconTag size={15} />} loading={busy} onClick={() => { setOpen(open === 'tag' ? null : 'tag') }}>Add a tag</Button></Popover.Target>
        <Popover.Dropdown>
          <form className={css.form} onSubmit={(event) => { event.preventDefault(); if (tag !== '' && problem === null) change({ type: 'tag', tag: tag.trim() }) }}>
            <Autocomplete label="Tag" data={[...tags]} value={tag} onChange={setTag} error={problem} data-autofocus maxLength={50} comboboxProps={{ withinPortal: false }} />
            <Button type="submit" disabled={tag === '' || problem !== null}>Add</Button>
          </form>
        </Popover.Dropdown>
      </Popover>
      <Popover opened={open === 'owner'} onChange={(opened) => { setOpen(opened ? 'owner' : null) }} trapFocus position="top" shadow="md">
        <Popover.Target><Button variant="default" leftSection={<IconUser size={15} />} loading={busy} onClick={() => { setOpen(open === 'owner' ? null : 'owner') }}>Assign an owner</Button></Popover.Target>
        <Popover.Dropdown>
          <Select label="Owner" placeholder="Choose a member" data={[...new Set(members.map(({ name }) => name))]} value={null} onChange={(owner) => { if (owner !== null) change({ type: 'owner', owner }) }} searchable data-autofocus comboboxProps={{ withinPortal: false }} />
        </Popover.Dropdown>
      </Popover>
      <Button variant="default" leftSection={<IconArchive size={15} />} loading={busy} onClick={onArchive}>Archive</Button>
      <Button variant="subtle" leftSection={<IconX size={15} />} onClick={onClear}>Clear</Button>
    </div>
  )
}
