import { Select } from '@mantine/core'
import { NOBODY, type FlagFilter, type FlagViewCounts } from '@assay/server/contract'
import { SearchField } from '../../ui/search-field.tsx'
import css from './flags-page.module.css'
import { kindNames, kinds } from './kinds.ts'
import { lifecycleNames, lifecycleStates } from './lifecycle.ts'

interface Props {
  /** Tags and owners in use. */
  known: Pick<FlagViewCounts, 'tags' | 'owners'>
  filter: FlagFilter
  onChange: (change: FlagFilter) => void
  /** Whether the lifecycle of the flags is known. */
  withState: boolean
}

/** So many of a list can be seen at once; the rest is found by writing. */
const MOST_OPTIONS = 100

/** Narrows the list; what is chosen stands in the address. */
export function FlagFilters({ known, filter, onChange, withState }: Props) {
  const pick = (name: keyof FlagFilter, label: string, any: string, data: readonly { value: string; label: string }[]) => (
    <Select key={name} aria-label={label} placeholder={any} data={[...data]} limit={MOST_OPTIONS} value={filter[name] ?? null} onChange={(value) => { onChange({ [name]: value ?? undefined }) }} clearable clearButtonProps={{ 'aria-label': any }} searchable={data.length > 8} className={css.filter ?? ''} comboboxProps={{ width: 220, position: 'bottom-start' }} />
  )
  const withChosen = (name: 'tag' | 'owner', used: readonly string[]) => { const chosen = filter[name]; return chosen === undefined || chosen === NOBODY || used.includes(chosen) ? used : [...used, chosen] }
  return (
    <div className={css.filters}>
      <SearchField label="Search flags" placeholder="Name, key, owner or tag" className={css.search} value={filter.q} onChange={(q) => { onChange({ q }) }} />
      {pick('kind', 'Kind', 'Any kind', kinds.map((value) => ({ value, label: kindNames[value] })))}
      {known.tags.length > 0 || filter.tag !== undefined ? pick('tag', 'Tag', 'Any tag', withChosen('tag', known.tags).map((value) => ({ value, label: value }))) : null}
      {pick('owner', 'Owner', 'Any owner', [...withChosen('owner', known.owners).map((value) => ({ value, label: value })), { value: NOBODY, label: 'Nobody' }])}
      {withState ? pick('state', 'State', 'Any state', lifecycleStates.filter((state) => state !== 'archived').map((value) => ({ value, label: lifecycleNames[value] }))) : null}
    </div>
  )
}
