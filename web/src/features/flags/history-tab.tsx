import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { targeting as targetingSchema, type AuditEntry, type FlagDetail } from '@assay/server/contract'
import { auditQuery, cohortsQuery } from '../../api/project-queries.ts'
import { usePermit, useProjectKey } from '../../api/project.ts'
import { AuditItem } from '../../ui/changes/audit-item.tsx'
import auditList from '../../ui/changes/audit-list.module.css'
import { Empty } from '../../ui/empty.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Loading } from '../../ui/loading.tsx'
import { namingOf } from '../../ui/serve/naming.ts'
import { leaveDraft } from './use-targeting-draft.ts'

/** Everything that was done to this flag, newest first, each with the way back. */
export function HistoryTab({ flag }: { flag: FlagDetail }) {
  const project = useProjectKey()
  const permit = usePermit('flag.write')
  const navigate = useNavigate()
  const cohorts = useQuery(cohortsQuery(project)).data?.cohorts ?? []
  const audit = useInfiniteQuery(auditQuery(project, { kind: 'flag', key: flag.key }))
  if (audit.isPending) return <Loading rows={4} />
  if (audit.isError) return <Failure error={audit.error} onRetry={() => { void audit.refetch() }} />
  const entries = audit.data.pages.flatMap((page) => page.entries)
  if (entries.length === 0) return <Empty icon={<IconHistory size={28} stroke={1.6} />} title="No changes yet">Every change of this flag will stand here, with who made it and why.</Empty>
  const naming = namingOf(flag.variants, cohorts)

  const restore = (entry: AuditEntry) => {
    const before = targetingSchema.safeParse(entry.before)
    const state = flag.environments.find(({ environment }) => environment === entry.environment)
    if (!before.success || !state) return undefined
    return () => {
      // Whether it is on is not a part of going back: that has a switch of its own.
      leaveDraft({ project, flag: flag.key, environment: state.environment }, { base: state, targeting: { ...before.data, enabled: state.targeting.enabled }, mergedFrom: null })
      void navigate({ to: '/p/$project/flags/$flag/$tab', params: { project, flag: flag.key, tab: 'targeting' }, search: { env: state.environment } })
    }
  }
  return (
    <>
      <ol className={auditList.list}>
        {entries.map((entry) => {
          const goBack = permit.allowed && entry.action === 'flag.targeting_changed' ? restore(entry) : undefined
          return <li key={entry.seq}><AuditItem entry={entry} naming={naming} withObject={false} actions={goBack ? <Button variant="subtle" size="compact-sm" onClick={goBack}>Go back to before this</Button> : null} /></li>
        })}
      </ol>
      {audit.hasNextPage ? <Button variant="default" loading={audit.isFetchingNextPage} onClick={() => { void audit.fetchNextPage() }}>Load more</Button> : null}
    </>
  )
}
