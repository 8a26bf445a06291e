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
import { plural } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { KeysTable } from './keys-table.tsx'
import css from './keys-section.module.css'
import { useRevokeKey } from './settings-queries.ts'

const CreateKeyDialog = lazy(async () => ({ default: (await import('./create-key-dialog.tsx')).CreateKeyDialog }))
const TypedConfirm = lazy(async () => ({ default: (await import('../../ui/typed-confirm.tsx')).TypedConfirm }))

type Open = { kind: 'create'; environment: string } | { kind: 'revoke'; key: SdkKey }

export function KeysSection() {
  const mayRead = usePermit('key.read')
  if (mayRead.allowed) return <Keys />
  return <Panel title="SDK keys"><Empty icon={<IconKey size={28} stroke={1.6} />} title="Engineers look after the keys">{mayRead.why}</Empty></Panel>
}

function Keys() {
  const project = useProject()
  const permit = usePermit('key.write')
  const keys = useQuery(keysQuery(project.key))
  const revoke = useRevokeKey()
  const [open, setOpen] = useState<Open>()
  const [withRevoked, setWithRevoked] = useState(false)

  const end = (key: SdkKey) => {
    revoke.mutate(key.id, {
      onSuccess: () => {
        setOpen(undefined)
        toastDone({ title: `${key.name} is revoked`, detail: 'Requests with it are refused, and its streams have ended.' })
      },
      onError: (error) => { toastFailed(`${key.name} still works`, error) },
    })
  }

  if (keys.error) return <Failure error={keys.error} onRetry={() => { void keys.refetch() }} />
  if (!keys.data) return <Loading rows={4} />
  const all = keys.data.keys
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
            {own.length === 0 ? <p className={css.none}>No key: no service can connect to {name}.</p> : <KeysTable keys={own} label={`SDK keys of ${name}`} permit={permit} onRevoke={(key) => { setOpen({ kind: 'revoke', key }) }} />}
          </Panel>
        )
      })}
      {all.length === 0 ? null : <p className={css.export}><ExportMenu resource="keys" size="compact-sm" label="Export keys" /></p>}
      {revoked.length === 0 ? null : <Button variant="default" size="compact-sm" aria-pressed={withRevoked} onClick={() => { setWithRevoked(!withRevoked) }}>{withRevoked ? 'Hide revoked keys' : `Show ${plural(revoked.length, 'revoked key')}`}</Button>}
      {open?.kind === 'create' ? <Suspense><CreateKeyDialog environment={open.environment} onClose={() => { setOpen(undefined) }} /></Suspense> : null}
      {open?.kind === 'revoke' ? (
        <Suspense><TypedConfirm title={`Revoke ${open.key.name}`} word={open.key.prefix} action="Revoke key" busy={revoke.isPending} onConfirm={() => { end(open.key) }} onCancel={() => { setOpen(undefined) }}>
          Every service that uses this key in {open.key.environment} is refused at once. A running service goes on with the rules it has, and its events are lost. This cannot be undone: to rotate, create a new key and deploy it first.
        </TypedConfirm></Suspense>
      ) : null}
    </>
  )
}
