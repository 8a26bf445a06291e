import { Button, Select } from '@mantine/core'
import { IconArrowBackUp, IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FlagDetail } from '@assay/server/contract'
import { auditQuery, cohortsQuery } from '../../api/project-queries.ts'
import { usePermit, useProject } from '../../api/project.ts'
import { AuditItem } from '../../ui/changes/audit-item.tsx'
import auditList from '../../ui/changes/audit-list.module.css'
import { Chip } from '../../ui/chip.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Loading } from '../../ui/loading.tsx'
import { namingOf } from '../../ui/serve/naming.ts'
import { isCurrent, restorableOf, type Restorable } from './earlier-revision.ts'
import css from './history-tab.module.css'
import { RestoreDefinition } from './restore-definition.tsx'
import { RestoreTargeting } from './restore-targeting.tsx'

/** Everything that was done to this flag, newest first, each with the way back to it. */
export function HistoryTab({ flag }: { flag: FlagDetail }) {
  const project = useProject()
  const mayWrite = usePermit('flag.write').allowed
  const mayPropose = usePermit('change.propose').allowed
  const [environment, setEnvironment] = useState<string | null>(null)
  const [restoring, setRestoring] = useState<Restorable | null>(null)
  const cohorts = useQuery(cohortsQuery(project.key)).data?.cohorts ?? []
  const audit = useInfiniteQuery(auditQuery(project.key, { kind: 'flag', key: flag.key, ...(environment === null ? {} : { environment }) }))
  if (audit.isPending) return <Loading rows={4} />
  if (audit.isLoadingError) return <Failure error={audit.error} onRetry={() => { void audit.refetch() }} />
  const entries = audit.data.pages.flatMap((page) => page.entries)
  const naming = namingOf(flag.variants, cohorts)
  const place = restoring?.kind === 'targeting' ? project.environments.find(({ key }) => key === restoring.environment) : undefined

  return (
    <>
      <div className={css.bar}><Select aria-label="Environment" placeholder="Every environment" data={project.environments.map(({ key, name }) => ({ value: key, label: name }))} value={environment} onChange={setEnvironment} clearable clearButtonProps={{ 'aria-label': 'Every environment' }} /></div>
      {entries.length === 0 ? <Empty icon={<IconHistory size={28} stroke={1.6} />} title="No changes yet">Every change of this flag will stand here, with who made it and why.</Empty> : (
        <ol className={auditList.list}>
          {entries.map((entry) => {
            const back = flag.archivedAt === null ? restorableOf(entry, flag) : null
            const may = back !== null && (back.kind === 'targeting' ? mayPropose : mayWrite)
            return (
              <li key={entry.seq}>
                <AuditItem
                  entry={entry}
                  naming={naming}
                  withObject={false}
                  actions={may ? <Button variant="subtle" size="compact-sm" leftSection={<IconArrowBackUp size={14} />} aria-label={`Restore revision ${back.revision}`} onClick={() => { setRestoring(back) }}>Restore revision {back.revision}</Button> : isCurrent(entry, flag) ? <span className={css.now}><Chip tone="flat">As it is now</Chip></span> : null}
                />
              </li>
            )
          })}
        </ol>
      )}
      {audit.hasNextPage ? <Button variant="default" loading={audit.isFetchingNextPage} onClick={() => { void audit.fetchNextPage() }}>Load more</Button> : null}
      {restoring?.kind === 'targeting' && place ? <RestoreTargeting flag={flag} environment={place} revision={restoring.revision} targeting={restoring.targeting} naming={naming} onClose={() => { setRestoring(null) }} /> : null}
      {restoring?.kind === 'definition' ? <RestoreDefinition flag={flag} revision={restoring.revision} after={restoring.after} onClose={() => { setRestoring(null) }} /> : null}
    </>
  )
}
