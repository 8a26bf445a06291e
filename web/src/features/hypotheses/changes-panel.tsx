import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { auditQuery } from '../../api/project-queries.ts'
import { useProjectKey } from '../../api/project.ts'
import { AuditItem } from '../../ui/changes/audit-item.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import { namingOf } from '../../ui/serve/naming.ts'

const FEW = 8

/** Who wrote and changed a hypothesis, newest first. */
export function ChangesPanel({ hypothesis }: { hypothesis: string }) {
  const project = useProjectKey()
  const audit = useInfiniteQuery(auditQuery(project, { kind: 'hypothesis', key: hypothesis }, FEW))
  const entries = audit.data?.pages.flatMap((page) => page.entries) ?? []
  return (
    <Panel title="Changes" padded={false}>
      {audit.error ? <Failure error={audit.error} onRetry={() => { void audit.refetch() }} /> : audit.isPending ? <Loading rows={2} /> : entries.map((entry) => <AuditItem key={entry.seq} entry={entry} naming={namingOf([])} withObject={false} />)}
      {audit.hasNextPage ? <div style={{ padding: '10px 16px' }}><Button variant="default" size="compact-sm" loading={audit.isFetchingNextPage} onClick={() => { void audit.fetchNextPage() }}>Older changes</Button></div> : null}
    </Panel>
  )
}
