import { Button } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Ago } from '../../ui/ago.tsx'
import { Chip } from '../../ui/chip.tsx'
import { plural } from '../../ui/format.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { toastFailed } from '../../ui/toast.tsx'
import { useVerifyAll, verificationQuery } from './audit-queries.ts'
import css from './audit-page.module.css'

/** Whether an entry was changed or removed since it was written. */
export function ChainStatus({ project }: { project: string }) {
  const { data, error, isPending } = useQuery(verificationQuery(project))
  const all = useVerifyAll(project)
  if (isPending) return <p className="muted" role="status">Verifying the chain</p>
  if (error) return <p className="muted" role="status">The chain could not be verified: {messageOf(error)}</p>
  if (!data.verified) return <Notice tone="danger" alert><b>The chain is broken{data.brokenAt === null ? '' : ` at entry ${data.brokenAt}`}.</b> {data.problem} Somebody changed the log outside Assay.</Notice>
  return (
    <div className={css.chain}>
      <Chip tone="win" icon={<IconLink size={13} />}>Chain verified</Chip>
      <span className="muted" role="status">{plural(data.entries, 'entry', 'entries')}, each sealed with the one before{data.head === null ? null : <>; the newest is <code>{data.head.slice(0, 12)}</code></>}. Every entry was read <Ago at={data.readAllAt} />.</span>
      <Button variant="subtle" size="compact-sm" loading={all.isPending} onClick={() => { all.mutate(undefined, { onError: (failed) => { toastFailed('The chain could not be verified', failed) } }) }}>Read every entry again</Button>
    </div>
  )
}
