import type { AuditEntry } from '@assay/server/contract'
import { Button, CopyButton } from '@mantine/core'
import { IconClockHour4, IconHistory, IconLink, IconWebhook } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { auditQuery, cohortsQuery, flagNamesQuery, type AuditFilter } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { AuditItem } from '../../ui/changes/audit-item.tsx'
import auditList from '../../ui/changes/audit-list.module.css'
import { entryNaming, flagsIn } from '../../ui/changes/entry-naming.ts'
import { around } from '../../ui/around.ts'
import { Empty } from '../../ui/empty.tsx'
import { ExportMenu } from '../../ui/export-menu/export-menu.tsx'
import { Failure } from '../../ui/failure.tsx'
import { dateTime } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Top } from '../../ui/top.tsx'
import css from './audit-page.module.css'
import { auditFilter } from './audit-search.ts'
import { ChainStatus } from './chain-status.tsx'

// A select weighs more than the list.
const AuditFilters = lazy(async () => ({ default: (await import('./audit-filters.tsx')).AuditFilters }))

/** Every change of the project, newest first. */
export function AuditPage() {
  const project = useProject()
  const search = useSearch({ from: '/signed-in/p/$project/audit' })
  const navigate = useNavigate({ from: '/p/$project/audit' })
  const filter = auditFilter(search)
  const { entry, ...narrowed } = filter
  const audit = useInfiniteQuery(auditQuery(project.key, filter))
  const cohorts = useQuery(cohortsQuery(project.key)).data?.cohorts ?? []
  const entries = audit.data?.pages.flatMap((page) => page.entries) ?? []
  const flags = useQuery({ ...flagNamesQuery(project.key, flagsIn(entries)), placeholderData: keepPreviousData }).data?.flags ?? []
  const set = (part: Partial<typeof search>) => { void navigate({ search: (old) => ({ ...old, ...part }), replace: true }) }

  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Audit log' }]} />
      <Page title="Audit log" lead="Who changed what, where and why. Nothing here can be edited." actions={<><Link className={css.webhooks} to="/p/$project/settings/$section" params={{ project: project.key, section: 'webhooks' }}><IconWebhook size={15} aria-hidden />Send to a webhook</Link><ExportMenu resource="audit" filters={{ ...narrowed }} /></>}>
        <ChainStatus project={project.key} />
        <div className={css.filters}>
          <Suspense><AuditFilters filter={filter} onChange={set} /></Suspense>
        </div>
        {narrowing(filter) === null ? null : (
          <div className={css.narrowed}>
            <Notice icon={<IconClockHour4 size={16} aria-hidden />}>{narrowing(filter)} <Link to="/p/$project/audit" params={{ project: project.key }} search={(old) => ({ ...old, entry: undefined, from: undefined, to: undefined })}>Show all</Link></Notice>
          </div>
        )}
        {audit.isPending ? <Loading rows={6} /> : audit.isError ? <Failure error={audit.error} onRetry={() => { void audit.refetch() }} /> : entries.length === 0 ? (
          <Empty icon={<IconHistory size={28} stroke={1.6} />} title="No change matches" action={<Button variant="default" onClick={() => { void navigate({ search: {} }) }}>Clear filters</Button>}>Keys are looked for whole.</Empty>
        ) : (
          <>
            <ol className={auditList.list} aria-label="Changes, newest first">{entries.map((entry) => <li key={entry.seq} className={css.entry}><AuditItem entry={entry} naming={entryNaming(entry, flags, cohorts)} actions={<EntryLinks project={project.key} entry={entry} />} /></li>)}</ol>
            {audit.hasNextPage ? <Button variant="default" loading={audit.isFetchingNextPage} onClick={() => { void audit.fetchNextPage() }}>Load more</Button> : <p className="muted">That is all of it.</p>}
          </>
        )}
      </Page>
    </>
  )
}

/** What the list leaves out by time; null where it leaves out nothing. */
function narrowing({ entry, from, to }: AuditFilter): string | null {
  if (entry !== undefined) return `Entry ${entry} alone.`
  if (from !== undefined && to !== undefined) return `Everything from ${dateTime(from)} to ${dateTime(to)}.`
  if (from !== undefined) return `Everything since ${dateTime(from)}.`
  return to === undefined ? null : `Everything until ${dateTime(to)}.`
}

/** From one entry to what else happened then, and to a link that shows it alone. */
function EntryLinks({ project, entry: { seq, at } }: { project: string; entry: AuditEntry }) {
  return (
    <span className={css.links}>
      <Link to="/p/$project/audit" params={{ project }} search={around(at)} className={css.entryLink}><IconClockHour4 size={14} aria-hidden />Around this time<span className="sr">, entry {seq}</span></Link>
      <CopyButton value={`${window.location.origin}/p/${project}/audit?entry=${seq}`}>
        {({ copied, copy }) => <button type="button" className={css.entryLink} onClick={copy}><IconLink size={14} aria-hidden />{copied ? 'Copied' : 'Copy link'}<span className="sr"> to entry {seq}</span></button>}
      </CopyButton>
    </span>
  )
}
