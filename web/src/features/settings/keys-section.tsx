import type { SdkKey } from '@assay/server/contract'
import { Button } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { keysQuery } from '../../api/project-queries.ts'
import { usePermit, useProject } from '../../api/project.ts'
import { Empty } from '../../ui/empty.tsx'
import { EnvTag } from '../../ui/env-tag.tsx'
import { ExportMenu } from '../../ui/export-menu/export-menu.tsx'
import { Failure } from '../../ui/failure.tsx'
import { dateTime, plural } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { KeysTable } from './keys-table.tsx'
import css from './keys-section.module.css'
import { useExtendKey, useRevokeKey } from './settings-queries.ts'

const CreateKeyDialog = lazy(async () => ({ default: (await import('./create-key-dialog.tsx')).CreateKeyDialog }))
const RotateKeyDialog = lazy(async () => ({ default: (await import('./rotate-key-dialog.tsx')).RotateKeyDialog }))
const TypedConfirm = lazy(async () => ({ default: (await import('../../ui/typed-confirm.tsx')).TypedConfirm }))

/** How often last uses are read anew. */
const AGAIN_MS = 30_000

type Open = { kind: 'create'; environment: string } | { kind: 'rotate' | 'revoke'; key: SdkKey }

export function KeysSection() {
  const mayRead = usePermit('key.read')
  if (mayRead.allowed) return <Keys />
  return <Panel title="SDK keys"><Empty icon={<IconKey size={28} stroke={1.6} />} title="Engineers look after the keys">{mayRead.why}</Empty></Panel>
}

function Keys() {
  const project = useProject()
  const permit = usePermit('key.write')
  const keys = useQuery({ ...keysQuery(project.key), refetchInterval: AGAIN_MS })
  const revoke = useRevokeKey()
  const extend = useExtendKey()
  const [open, setOpen] = useState<Open>()
  const [withRevoked, setWithRevoked] = useState(false)

  const letGoOn = (key: SdkKey, stopsAt: string) => {
    extend.mutate({ id: key.id, stopsAt }, {
      onSuccess: () => { toastDone({ title: `${key.name} ${key.prefix}… works until ${dateTime(stopsAt)}` }) },
      onError: (error) => { toastFailed(`${key.name} ${key.prefix}… stops as it was`, error) },
    })
  }
  const end = (key: SdkKey) => {
    revoke.mutate(key.id, {
      onSuccess: () => {
        setOpen(undefined)
        toastDone({ title: `${key.name} ${key.prefix}… has stopped`, detail: 'Requests with it are refused, and its streams have ended.' })
      },
      onError: (error) => { toastFailed(`${key.name} still works`, error) },
    })
  }

  if (keys.error) return <Failure error={keys.error} onRetry={() => { void keys.refetch() }} />
  if (!keys.data) return <Loading rows={4} />
  const all = keys.data.keys
  const now = new Date(keys.dataUpdatedAt)
  const revoked = all.filter((key) => key.revokedAt !== null)
  return (
    <>
      <p className={css.lead}>A service connects to one environment with a key of that environment. A <b>server</b> key reads rules and belongs in a secret store. A <b>client</b> key is public: it sends events, and never sees a rule.</p>
      {project.environments.map(({ key: environment, name, production }) => {
        const own = all.filter((key) => key.environment === environment && (withRevoked || key.revokedAt === null))
        return (
          <Panel
            key={environment}
            padded={false}
            title={<EnvTag name={name} production={production} />}
            aside={<><span className="muted">{plural(own.filter((key) => key.revokedAt === null).length, 'key')}</span><PermittedButton permit={permit} variant="default" size="compact-sm" leftSection={<IconPlus size={13} />} aria-label={`New key for ${name}`} onClick={() => { setOpen({ kind: 'create', environment }) }}>New key</PermittedButton></>}
          >
            {own.length === 0 ? <p className={css.none}>No key: no service can connect to {name}.</p> : <KeysTable keys={own} label={`SDK keys of ${name}`} permit={permit} now={now} onRotate={(key) => { setOpen({ kind: 'rotate', key }) }} onExtend={letGoOn} onRevoke={(key) => { setOpen({ kind: 'revoke', key }) }} />}
          </Panel>
        )
      })}
      {all.length === 0 ? null : <p className={css.export}><ExportMenu resource="keys" size="compact-sm" label="Export keys" /></p>}
      {revoked.length === 0 ? null : <Button variant="default" size="compact-sm" aria-pressed={withRevoked} onClick={() => { setWithRevoked(!withRevoked) }}>{withRevoked ? 'Hide ended keys' : `Show ${plural(revoked.length, 'ended key')}`}</Button>}
      {open?.kind === 'create' ? <Suspense><CreateKeyDialog environment={open.environment} onClose={() => { setOpen(undefined) }} /></Suspense> : null}
      {open?.kind === 'rotate' ? <Suspense><RotateKeyDialog old={open.key} onClose={() => { setOpen(undefined) }} /></Suspense> : null}
      {open?.kind === 'revoke' ? (
        <Suspense><TypedConfirm title={`${open.key.replacedBy === null ? 'Revoke' : 'Stop'} ${open.key.name} in ${open.key.environment}`} word={open.key.prefix} action={open.key.replacedBy === null ? 'Revoke key' : 'Stop key now'} busy={revoke.isPending} onConfirm={() => { end(open.key) }} onCancel={() => { setOpen(undefined) }}>
          Every service that uses this key in {open.key.environment} is refused at once. A running service goes on with the rules it has, and its events are lost. This cannot be undone{open.key.replacedBy === null ? ': to change the key without a gap, rotate it instead' : ''}.
        </TypedConfirm></Suspense>
      ) : null}
    </>
  )
}
