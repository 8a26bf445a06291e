import { Select, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { AuditFilter } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import css from './audit-page.module.css'

const kinds = [
  { value: 'flag', label: 'Flags' },
  { value: 'change', label: 'Changes' },
  { value: 'experiment', label: 'Experiments' },
  { value: 'hypothesis', label: 'Hypotheses' },
  { value: 'task', label: 'Tasks' },
  { value: 'cohort', label: 'Cohorts' },
  { value: 'metric', label: 'Metrics' },
  { value: 'layer', label: 'Layers' },
  { value: 'holdout', label: 'Holdouts' },
  { value: 'member', label: 'Members' },
  { value: 'key', label: 'SDK keys' },
  { value: 'export', label: 'Exports' },
  { value: 'environment', label: 'Environments' },
  { value: 'project', label: 'Project' },
]

interface Props {
  filter: AuditFilter
  onChange: (part: { kind?: string | undefined; key?: string | undefined; environment?: string | undefined }) => void
}

/** Narrows the list; what is chosen stands in the address. */
export function AuditFilters({ filter, onChange }: Props) {
  const { environments } = useProject()
  return (
    <>
      <Select aria-label="Kind" placeholder="Everything" data={kinds} value={filter.kind ?? null} onChange={(kind) => { onChange({ kind: kind ?? undefined }) }} clearable clearButtonProps={{ 'aria-label': 'Everything' }} className={css.kind ?? ''} />
      <Select aria-label="Environment" placeholder="Every environment" data={environments.map(({ key, name }) => ({ value: key, label: name }))} value={filter.environment ?? null} onChange={(environment) => { onChange({ environment: environment ?? undefined }) }} clearable clearButtonProps={{ 'aria-label': 'Every environment' }} className={css.environment ?? ''} />
      <TextInput aria-label="Key" placeholder="A whole key, such as checkout" leftSection={<IconSearch size={15} />} value={filter.key ?? ''} onChange={(event) => { const key = event.currentTarget.value; onChange({ key: key === '' ? undefined : key }) }} className={css.key ?? ''} spellCheck={false} />
    </>
  )
}
