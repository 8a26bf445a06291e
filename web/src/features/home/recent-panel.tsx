import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { auditQuery, cohortsQuery, flagNamesQuery } from '../../api/project-queries.ts'
import { entryNaming, flagsIn } from '../../ui/changes/entry-naming.ts'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'

const RecentList = lazy(async () => ({ default: (await import('../../ui/changes/recent-list.tsx')).RecentList }))

const RECENT = 6

/** The newest changes of the project, in the names of what they are about. */
export function RecentPanel({ project }: { project: string }) {
  const entries = useInfiniteQuery(auditQuery(project, {}, RECENT)).data?.pages[0]?.entries ?? []
  const flags = useQuery({ ...flagNamesQuery(project, flagsIn(entries)), placeholderData: keepPreviousData }).data?.flags ?? []
  const cohorts = useQuery(cohortsQuery(project)).data?.cohorts ?? []
  return (
    <Panel title="Recent changes" aside={<Link to="/p/$project/audit" params={{ project }}>Audit log</Link>}>
      <Suspense fallback={<Loading rows={3} />}><RecentList entries={entries} naming={(entry) => entryNaming(entry, flags, cohorts)} /></Suspense>
    </Panel>
  )
}
