import { Select } from '@mantine/core'
import css from './condition-editor.module.css'
import { RemoveButton } from './remove-button.tsx'

export interface CohortOption {
  key: string
  name: string
}

interface Props {
  cohort: string
  negated: boolean
  onChange: (cohort: string, negated: boolean) => void
  onRemove: () => void
  cohorts: readonly CohortOption[]
  disabled: boolean
}

/** Membership of a cohort. */
export function CohortRow({ cohort, negated, onChange, onRemove, cohorts, disabled }: Props) {
  const known = cohorts.map(({ key, name }) => ({ value: key, label: name }))
  // A cohort that was deleted, or that may not be named here, still has to be seen.
  const data = cohort === '' || cohorts.some(({ key }) => key === cohort) ? known : [...known, { value: cohort, label: cohort }]
  return (
    <div className={css.leaf}>
      <Select className={css.operator} aria-label="In or not in a cohort" data={[{ value: 'in', label: 'in cohort' }, { value: 'out', label: 'not in cohort' }]} value={negated ? 'out' : 'in'} onChange={(value) => { onChange(cohort, value === 'out') }} disabled={disabled} allowDeselect={false} size="xs" />
      <Select className={css.cohort} aria-label="Cohort" placeholder={data.length === 0 ? 'There are no cohorts yet' : 'Choose a cohort'} data={data} value={cohort === '' ? null : cohort} onChange={(value) => { onChange(value ?? '', negated) }} disabled={disabled} searchable size="xs" nothingFoundMessage="No cohort has this name" />
      {disabled ? null : <span className={css.buttons}><RemoveButton what="this cohort" onClick={onRemove} /></span>}
    </div>
  )
}
