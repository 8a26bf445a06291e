import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { FlagDetail } from '@assay/server/contract'
import { lazy, Suspense } from 'react'
import { auditQuery } from '../../api/project-queries.ts'
import { useProjectKey } from '../../api/project.ts'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { Naming } from '../../ui/serve/naming.ts'

const RecentList = lazy(async () => ({ default: (await import('../../ui/changes/recent-list.tsx')).RecentList }))

const FEW = 4

/** The last things done to this flag, in words. */
export function RecentPanel({ flag, naming }: { flag: FlagDetail; naming: Naming }) {
  const project = useProjectKey()
  const { data } = useInfiniteQuery(auditQuery(project, { kind: 'flag', key: flag.key }, FEW))
  return (
    <Panel title="Recent changes" aside={<Link to="/p/$project/flags/$flag/$tab" params={{ project, flag: flag.key, tab: 'history' }}>All</Link>}>
      <Suspense fallback={<Loading rows={3} />}><RecentList entries={data?.pages[0]?.entries ?? []} naming={() => naming} withObject={false} /></Suspense>
    </Panel>
  )
}
