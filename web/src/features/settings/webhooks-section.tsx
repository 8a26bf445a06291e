import type { Webhook } from '@assay/server/contract'
import { IconPlus, IconWebhook } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { usePermit, useProject } from '../../api/project.ts'
import { Empty } from '../../ui/empty.tsx'
import { Failure } from '../../ui/failure.tsx'
import { plural } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import css from './webhooks-section.module.css'
import { useWebhookWrites, webhooksQuery } from './webhooks-queries.ts'
import { WebhooksTable } from './webhooks-table.tsx'

const WebhooksDialog = lazy(async () => ({ default: (await import('./webhooks-dialog.tsx')).WebhooksDialog }))
const SecretDialog = lazy(async () => ({ default: (await import('./webhooks-secret-dialog.tsx')).WebhooksSecretDialog }))
const Deliveries = lazy(async () => ({ default: (await import('./webhooks-deliveries.tsx')).WebhooksDeliveries }))
const TypedConfirm = lazy(async () => ({ default: (await import('../../ui/typed-confirm.tsx')).TypedConfirm }))

type Open = { kind: 'new' } | { kind: 'edit' | 'delete'; webhook: Webhook } | { kind: 'secret'; name: string; secret: string; renewed: boolean }

export function WebhooksSection() {
  const permit = usePermit('webhook.write')
  if (permit.allowed) return <Webhooks />
  return <Panel title="Webhooks"><Empty icon={<IconWebhook size={28} stroke={1.6} />} title="Engineers look after webhooks">{permit.why}</Empty></Panel>
}

function Webhooks() {
  const project = useProject()
  const permit = usePermit('webhook.write')
  const { webhook: asked } = useSearch({ strict: false })
  const navigate = useNavigate()
  const webhooks = useQuery(webhooksQuery(project.key))
  const { save, remove, renew, test, redeliver } = useWebhookWrites()
  const [open, setOpen] = useState<Open>()
  const close = () => { setOpen(undefined) }
  const show = (webhook: string | undefined) => { void navigate({ to: '/p/$project/settings/$section', params: { project: project.key, section: 'webhooks' }, search: webhook === undefined ? {} : { webhook }, replace: true }) }
  const showSecret = (name: string, secret: string | null, renewed: boolean) => { setOpen(secret === null ? undefined : { kind: 'secret', name, secret, renewed }) }

  const sendTest = (webhook: Webhook) => {
    test.mutate(webhook.id, { onSuccess: () => { show(webhook.id); toastDone({ title: `A test goes to ${webhook.name}`, detail: 'Its delivery says within seconds what came of it.' }) }, onError: (error) => { toastFailed('The test was not sent', error) } })
  }
  const turn = (webhook: Webhook) => {
    const { name, url, kinds, enabled } = webhook
    save.mutate({ webhook, setup: { name, url, kinds, enabled: !enabled } }, { onSuccess: () => { toastDone({ title: `${name} is ${enabled ? 'off' : 'on'}`, detail: enabled ? 'What waited has ended; each delivery can be sent again later.' : 'It hears of changes from now on.' }) }, onError: (error) => { toastFailed(`${name} is still ${enabled ? 'on' : 'off'}`, error) } })
  }
  const renewSecret = (webhook: Webhook) => {
    renew.mutate(webhook.id, { onSuccess: ({ secret }) => { showSecret(webhook.name, secret, true) }, onError: (error) => { toastFailed('The old secret still holds', error) } })
  }
  const end = (webhook: Webhook) => {
    remove.mutate(webhook.id, { onSuccess: () => { close(); show(undefined); toastDone({ title: `${webhook.name} is deleted` }) }, onError: (error) => { toastFailed(`${webhook.name} is still there`, error) } })
  }

  if (webhooks.error && !webhooks.data) return <Failure error={webhooks.error} onRetry={() => { void webhooks.refetch() }} />
  if (!webhooks.data) return <Loading rows={4} />
  const { webhooks: all, anyAddress } = webhooks.data
  const chosen = all.find(({ id }) => id === asked)
  const create = <PermittedButton permit={permit} size="compact-sm" leftSection={<IconPlus size={13} />} onClick={() => { save.reset(); setOpen({ kind: 'new' }) }}>New webhook</PermittedButton>
  return (
    <>
      <p className={css.lead}>A webhook tells another service of changes as they happen: a chat, an incident tool, a pipeline. It sends entries of the audit log, signed, and tries for a day until they are taken.</p>
      <Panel padded={false} title="Webhooks" aside={<><span className="muted">{plural(all.length, 'webhook')}</span>{all.length === 0 ? null : create}</>}>
        {all.length === 0 ? <Empty icon={<IconWebhook size={28} stroke={1.6} />} title="No service is told of changes yet" action={create}>Release notes in a chat, a mark in a dashboard when a flag is turned on, an entry in the incident tool: one address each.</Empty>
          : <WebhooksTable webhooks={all} chosen={chosen?.id} busy={test.isPending || save.isPending || renew.isPending} onChoose={({ id }) => { show(id === chosen?.id ? undefined : id) }} onTest={sendTest} onTurn={turn} onRenew={renewSecret} onEdit={(webhook) => { save.reset(); setOpen({ kind: 'edit', webhook }) }} onDelete={(webhook) => { setOpen({ kind: 'delete', webhook }) }} />}
      </Panel>
      <Suspense>
        {chosen ? <Deliveries key={chosen.id} webhook={chosen} redeliver={redeliver} onTest={() => { sendTest(chosen) }} /> : null}
        {open?.kind === 'new' ? <WebhooksDialog anyAddress={anyAddress} save={save} onSaved={(name, secret) => { showSecret(name, secret, false) }} onClose={close} /> : null}
        {open?.kind === 'edit' ? <WebhooksDialog webhook={open.webhook} anyAddress={anyAddress} save={save} onSaved={(name, secret) => { showSecret(name, secret, false) }} onClose={close} /> : null}
        {open?.kind === 'secret' ? <SecretDialog name={open.name} secret={open.secret} renewed={open.renewed} onClose={close} /> : null}
        {open?.kind === 'delete' ? (
          <TypedConfirm title={`Delete ${open.webhook.name}`} word={open.webhook.name} action="Delete webhook" busy={remove.isPending} onCancel={close} onConfirm={() => { end(open.webhook) }}>
            {new URL(open.webhook.url).host} is not told of changes any more.{open.webhook.waiting === 0 ? '' : ` ${plural(open.webhook.waiting, 'message')} still waiting will not be sent.`} The record of its deliveries goes with it. To pause it, turn it off instead.
          </TypedConfirm>
        ) : null}
      </Suspense>
    </>
  )
}
