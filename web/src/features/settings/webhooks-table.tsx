import type { Webhook } from '@assay/server/contract'
import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconAlertTriangle, IconBan, IconCheck, IconDots, IconKey, IconPencil, IconPlayerPause, IconPlayerPlay, IconSend, IconTrash } from '@tabler/icons-react'
import { Ago } from '../../ui/ago.tsx'
import { Chip } from '../../ui/chip.tsx'
import { plural } from '../../ui/format.ts'
import css from './webhooks-table.module.css'
import { kindsText, standingOf } from './webhooks-words.ts'

interface Props {
  webhooks: readonly Webhook[]
  /** Whose deliveries are shown. */
  chosen: string | undefined
  busy: boolean
  onChoose: (webhook: Webhook) => void
  onTest: (webhook: Webhook) => void
  onEdit: (webhook: Webhook) => void
  onTurn: (webhook: Webhook) => void
  onRenew: (webhook: Webhook) => void
  onDelete: (webhook: Webhook) => void
}

const icons = { win: <IconCheck size={12} />, warn: <IconAlertTriangle size={12} />, danger: <IconBan size={12} />, flat: <IconPlayerPause size={12} /> }

export function WebhooksTable({ webhooks, chosen, busy, onChoose, onTest, onEdit, onTurn, onRenew, onDelete }: Props) {
  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label="Webhooks">
      <table className="table">
        <thead><tr><th scope="col">Webhook</th><th scope="col">Hears of</th><th scope="col">State</th><th scope="col"><span className="sr">Actions</span></th></tr></thead>
        <tbody>
          {webhooks.map((webhook) => {
            const { tone, words, why } = standingOf(webhook)
            return (
              <tr key={webhook.id}>
                <td className={css.name}><b>{webhook.name}</b><small title={webhook.url}>{webhook.url}</small></td>
                <td className={css.kinds}>{kindsText(webhook.kinds)}</td>
                <td className={css.state}>
                  <Chip tone={tone} icon={tone in icons ? icons[tone as keyof typeof icons] : null}>{words}</Chip>
                  {webhook.enabled && webhook.failingSince !== null ? <small>Since <Ago at={webhook.failingSince} />. {why}</small> : why === null ? null : <small>{why}</small>}
                  {webhook.waiting === 0 ? null : <small>{plural(webhook.waiting, 'message')} waiting</small>}
                </td>
                <td className="right">
                  <div className={css.actions}>
                    <Button variant="default" size="compact-sm" aria-pressed={chosen === webhook.id} aria-label={`Deliveries of ${webhook.name}`} onClick={() => { onChoose(webhook) }}>Deliveries</Button>
                    <Menu position="bottom-end">
                      <Menu.Target><ActionIcon variant="default" size={28} aria-label={`More for ${webhook.name}`}><IconDots size={15} /></ActionIcon></Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item disabled={busy} leftSection={<IconSend size={15} />} onClick={() => { onTest(webhook) }}>Send a test</Menu.Item>
                        <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => { onEdit(webhook) }}>Edit</Menu.Item>
                        <Menu.Item disabled={busy} leftSection={webhook.enabled ? <IconPlayerPause size={15} /> : <IconPlayerPlay size={15} />} onClick={() => { onTurn(webhook) }}>{webhook.enabled ? 'Turn off' : 'Turn on'}</Menu.Item>
                        <Menu.Item disabled={busy} leftSection={<IconKey size={15} />} onClick={() => { onRenew(webhook) }}>Renew the secret</Menu.Item>
                        <Menu.Divider />
                        <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => { onDelete(webhook) }}>Delete</Menu.Item>
                      </Menu.Dropdown>
                    </Menu>
                  </div>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
