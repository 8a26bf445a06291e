import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { auditQuery, cohortsQuery } from '../../api/project-queries.ts'
import { useProjectKey } from '../../api/project.ts'
import { Failure } from '../failure.tsx'
import { Loading } from '../loading.tsx'
import { Panel } from '../panel.tsx'
import { namingOf } from '../serve/naming.ts'

const RecentList = lazy(async () => ({ default: (await import('./recent-list.tsx')).RecentList }))

const FEW = 6

/** The last changes of one object, on its own page, with the way to all of them. */
export function RecentChanges({ kind, of }: { kind: 'hypothesis' | 'cohort'; of: string }) {
  const project = useProjectKey()
  const audit = useInfiniteQuery(auditQuery(project, { kind, key: of }, FEW))
  const cohorts = useQuery(cohortsQuery(project)).data?.cohorts ?? []
  const naming = namingOf([], cohorts)
  return (
    <Panel title="Recent changes" aside={<Link to="/p/$project/audit" params={{ project }} search={{ kind, key: of }} style={{ display: 'inline-flex', alignItems: 'center', justifyContent: 'center', minWidth: 24, minHeight: 24 }}>All<span className="sr"> changes</span></Link>}>
      {audit.error ? <Failure error={audit.error} onRetry={() => { void audit.refetch() }} /> : audit.isPending ? <Loading rows={2} /> : <Suspense fallback={<Loading rows={2} />}><RecentList entries={audit.data.pages[0]?.entries ?? []} naming={() => naming} withObject={false} /></Suspense>}
    </Panel>
  )
}
