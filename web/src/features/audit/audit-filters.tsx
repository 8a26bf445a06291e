import { Select, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { membersQuery, type AuditFilter } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import css from './audit-page.module.css'
import type { AuditSearch } from './audit-search.ts'

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
  { value: 'token', label: 'API tokens' },
  { value: 'webhook', label: 'Webhooks' },
  { value: 'export', label: 'Exports' },
  { value: 'environment', label: 'Environments' },
  { value: 'project', label: 'Project' },
]

interface Props {
  filter: AuditFilter
  onChange: (part: AuditSearch) => void
}

/** Narrows the list; what is chosen stands in the address. */
export function AuditFilters({ filter, onChange }: Props) {
  const { key: project, environments } = useProject()
  const members = useQuery(membersQuery(project)).data?.members ?? []
  // Assay itself acts too, and who has left is still in the log.
  const people = [...new Set([...members.map(({ name }) => name), 'Assay', ...(filter.actor === undefined ? [] : [filter.actor])])]
  return (
    <>
      <Select aria-label="Kind" placeholder="Everything" data={kinds} value={filter.kind ?? null} onChange={(kind) => { onChange({ kind: kind ?? undefined }) }} clearable clearButtonProps={{ 'aria-label': 'Everything' }} className={css.kind ?? ''} />
      <Select aria-label="Environment" placeholder="Every environment" data={environments.map(({ key, name }) => ({ value: key, label: name }))} value={filter.environment ?? null} onChange={(environment) => { onChange({ environment: environment ?? undefined }) }} clearable clearButtonProps={{ 'aria-label': 'Every environment' }} className={css.environment ?? ''} />
      <Select aria-label="Who" placeholder="Everybody" data={people} value={filter.actor ?? null} onChange={(actor) => { onChange({ actor: actor ?? undefined }) }} searchable clearable clearButtonProps={{ 'aria-label': 'Everybody' }} className={css.kind ?? ''} />
      <TextInput aria-label="Key" placeholder="A whole key, such as checkout" leftSection={<IconSearch size={15} />} value={filter.key ?? ''} onChange={(event) => { const key = event.currentTarget.value; onChange({ key: key === '' ? undefined : key }) }} className={css.key ?? ''} spellCheck={false} />
    </>
  )
}
