import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { auditQuery, cohortsQuery, flagsQuery, type AuditFilter } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { AuditItem } from '../../ui/changes/audit-item.tsx'
import auditList from '../../ui/changes/audit-list.module.css'
import { entryNaming } from '../../ui/changes/entry-naming.ts'
import { Empty } from '../../ui/empty.tsx'
import type { ExportFilters } from '../../ui/export-menu/export-address.ts'
import { ExportMenu } from '../../ui/export-menu/export-menu.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Top } from '../../ui/top.tsx'
import css from './audit-page.module.css'
import { ChainStatus } from './chain-status.tsx'

// A select weighs more than the list.
const AuditFilters = lazy(async () => ({ default: (await import('./audit-filters.tsx')).AuditFilters }))

/** Every change of the project, newest first. */
export function AuditPage() {
  const project = useProject()
  const search = useSearch({ from: '/signed-in/p/$project/audit' })
  const navigate = useNavigate({ from: '/p/$project/audit' })
  const filter: AuditFilter & ExportFilters = { ...(search.kind === undefined ? {} : { kind: search.kind }), ...(search.key === undefined ? {} : { key: search.key }), ...(search.environment === undefined ? {} : { environment: search.environment }) }
  const audit = useInfiniteQuery(auditQuery(project.key, filter))
  const flags = useQuery(flagsQuery(project.key)).data?.flags ?? []
  const cohorts = useQuery(cohortsQuery(project.key)).data?.cohorts ?? []
  const entries = audit.data?.pages.flatMap((page) => page.entries) ?? []
  const set = (part: Partial<typeof search>) => { void navigate({ search: (old) => ({ ...old, ...part }), replace: true }) }

  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Audit log' }]} />
      <Page title="Audit log" lead="Who changed what, where and why. Nothing here can be edited." actions={<ExportMenu resource="audit" filters={filter} />}>
        <ChainStatus project={project.key} />
        <div className={css.filters}>
          <Suspense><AuditFilters filter={filter} onChange={set} /></Suspense>
        </div>
        {audit.isPending ? <Loading rows={6} /> : audit.isError ? <Failure error={audit.error} onRetry={() => { void audit.refetch() }} /> : entries.length === 0 ? (
          <Empty icon={<IconHistory size={28} stroke={1.6} />} title="No change matches" action={<Button variant="default" onClick={() => { void navigate({ search: {} }) }}>Clear filters</Button>}>Keys are looked for whole.</Empty>
        ) : (
          <>
            <ol className={auditList.list} aria-label="Changes, newest first">{entries.map((entry) => <li key={entry.seq}><AuditItem entry={entry} naming={entryNaming(entry, flags, cohorts)} /></li>)}</ol>
            {audit.hasNextPage ? <Button variant="default" loading={audit.isFetchingNextPage} onClick={() => { void audit.fetchNextPage() }}>Load more</Button> : <p className="muted">That is all of it.</p>}
          </>
        )}
      </Page>
    </>
  )
}
