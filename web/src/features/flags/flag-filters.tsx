import { Select, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { NOBODY, type FlagFilter, type FlagSummary } from '@assay/server/contract'
import css from './flags-page.module.css'
import { kindNames, kinds } from './kinds.ts'
import { lifecycleNames, lifecycleStates } from './lifecycle.ts'

interface Props {
  flags: readonly FlagSummary[]
  filter: FlagFilter
  onChange: (change: FlagFilter) => void
  /** Whether the lifecycle of the flags is known. */
  withState: boolean
}

/** Narrows the list; what is chosen stands in the address. */
export function FlagFilters({ flags, filter, onChange, withState }: Props) {
  const tags = [...new Set(flags.flatMap((flag) => flag.tags))].sort()
  const owners = [...new Set(flags.flatMap(({ owner }) => owner ?? []))].sort()
  const pick = (name: keyof FlagFilter, label: string, any: string, data: readonly { value: string; label: string }[]) => (
    <Select key={name} aria-label={label} placeholder={any} data={[...data]} value={filter[name] ?? null} onChange={(value) => { onChange({ [name]: value ?? undefined }) }} clearable clearButtonProps={{ 'aria-label': any }} searchable={data.length > 8} className={css.filter ?? ''} comboboxProps={{ width: 220, position: 'bottom-start' }} />
  )
  const withChosen = (name: 'tag' | 'owner', known: readonly string[]) => { const chosen = filter[name]; return chosen === undefined || chosen === NOBODY || known.includes(chosen) ? known : [...known, chosen] }
  return (
    <div className={css.filters}>
      <TextInput aria-label="Search flags" placeholder="Name, key, owner or tag" leftSection={<IconSearch size={15} />} className={css.search ?? ''} value={filter.q ?? ''} onChange={(event) => { const q = event.currentTarget.value; onChange({ q: q === '' ? undefined : q }) }} />
      {pick('kind', 'Kind', 'Any kind', kinds.map((value) => ({ value, label: kindNames[value] })))}
      {tags.length > 0 || filter.tag !== undefined ? pick('tag', 'Tag', 'Any tag', withChosen('tag', tags).map((value) => ({ value, label: value }))) : null}
      {pick('owner', 'Owner', 'Any owner', [...withChosen('owner', owners).map((value) => ({ value, label: value })), { value: NOBODY, label: 'Nobody' }])}
      {withState ? pick('state', 'State', 'Any state', lifecycleStates.filter((state) => state !== 'archived').map((value) => ({ value, label: lifecycleNames[value] }))) : null}
    </div>
  )
}
