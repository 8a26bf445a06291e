import type { ApiToken } from '@assay/server/contract'
import { Button } from '@mantine/core'
import { IconPlus, IconRobot } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { usePermit, useProject } from '../../api/project.ts'
import { Empty } from '../../ui/empty.tsx'
import { Failure } from '../../ui/failure.tsx'
import { plural } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { apiTokensQuery } from './api-tokens-queries.ts'
import css from './api-tokens-section.module.css'
import { tokenStanding } from './api-tokens-standing.ts'
import { ApiTokensTable } from './api-tokens-table.tsx'

const CreateDialog = lazy(async () => ({ default: (await import('./api-tokens-create-dialog.tsx')).ApiTokensCreateDialog }))
const RevokeDialog = lazy(async () => ({ default: (await import('./api-tokens-revoke-dialog.tsx')).ApiTokensRevokeDialog }))

type Open = { kind: 'create' } | { kind: 'revoke'; token: ApiToken }

export function ApiTokensSection() {
  const project = useProject()
  const permit = usePermit('token.write')
  const seesAll = usePermit('member.write').allowed
  const tokens = useQuery(apiTokensQuery(project.key))
  const [open, setOpen] = useState<Open>()
  const [withEnded, setWithEnded] = useState(false)

  if (tokens.error) return <Failure error={tokens.error} onRetry={() => { void tokens.refetch() }} />
  if (!tokens.data) return <Loading rows={4} />
  const now = new Date(tokens.dataUpdatedAt)
  const all = tokens.data.tokens
  const live = all.filter((token) => tokenStanding(token, now).kind === 'works')
  const shown = withEnded ? all : live
  const ended = all.length - live.length
  const create = <PermittedButton permit={permit} size="compact-sm" leftSection={<IconPlus size={13} />} onClick={() => { setOpen({ kind: 'create' }) }}>New token</PermittedButton>
  return (
    <>
      <p className={css.lead}>A script or a pipeline manages {project.name} with a token: it acts in the name of whoever made it, and never does more than they may do at that time. {seesAll ? 'You see everybody’s tokens.' : 'You see your own; admins see everybody’s.'}</p>
      <Panel padded={false} title="API tokens" aside={<><span className="muted">{plural(live.length, 'token')}</span>{all.length === 0 ? null : create}</>}>
        {all.length === 0 ? <Empty icon={<IconRobot size={28} stroke={1.6} />} title="No program manages this project yet" action={create}>With a token, a pipeline turns flags on after a deploy, or a script keeps cohorts in step. Services that only ask for flags use SDK keys.</Empty>
          : shown.length === 0 ? <p className={css.none}>No token works: no program can manage {project.name}.</p>
            : <ApiTokensTable tokens={shown} now={now} onRevoke={(token) => { setOpen({ kind: 'revoke', token }) }} />}
      </Panel>
      {ended === 0 ? null : <Button variant="default" size="compact-sm" aria-pressed={withEnded} onClick={() => { setWithEnded(!withEnded) }}>{withEnded ? 'Hide ended tokens' : `Show ${plural(ended, 'ended token')}`}</Button>}
      <Suspense>
        {open?.kind === 'create' ? <CreateDialog onClose={() => { setOpen(undefined) }} /> : null}
        {open?.kind === 'revoke' ? <RevokeDialog token={open.token} now={now} onClose={() => { setOpen(undefined) }} /> : null}
      </Suspense>
    </>
  )
}
