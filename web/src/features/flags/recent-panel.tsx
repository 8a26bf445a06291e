import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { FlagDetail } from '@assay/server/contract'
import { auditQuery } from '../../api/project-queries.ts'
import { useProjectKey } from '../../api/project.ts'
import { RecentList } from '../../ui/changes/recent-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { Naming } from '../../ui/serve/naming.ts'

const FEW = 4

/** The last things done to this flag, in words. */
export function RecentPanel({ flag, naming }: { flag: FlagDetail; naming: Naming }) {
  const project = useProjectKey()
  const { data } = useInfiniteQuery(auditQuery(project, { kind: 'flag', key: flag.key }, FEW))
  return (
    <Panel title="Recent changes" aside={<Link to="/p/$project/flags/$flag/$tab" params={{ project, flag: flag.key, tab: 'history' }}>All</Link>}>
      <RecentList entries={data?.pages[0]?.entries ?? []} naming={() => naming} withObject={false} />
    </Panel>
  )
}
