import type { SdkKey } from '@assay/server/contract'
import { IconDeviceDesktop, IconServer } from '@tabler/icons-react'
import type { Permit } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { Chip } from '../../ui/chip.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import css from './keys-table.module.css'

interface Props {
  keys: readonly SdkKey[]
  label: string
  permit: Permit
  onRevoke: (key: SdkKey) => void
}

export function KeysTable({ keys, label, permit, onRevoke }: Props) {
  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className="table">
        <thead><tr><th scope="col">Key</th><th scope="col">Kind</th><th scope="col">Last used</th><th scope="col">Created</th><th scope="col"><span className="sr">Actions</span></th></tr></thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id} data-revoked={key.revokedAt !== null}>
              <td className={css.name}><b>{key.name}</b><code>{key.prefix}…</code></td>
              <td>{key.kind === 'server' ? <Chip icon={<IconServer size={12} />}>Server</Chip> : <Chip tone="info" icon={<IconDeviceDesktop size={12} />}>Client, public</Chip>}</td>
              <td className={css.time}>{key.lastUsedAt === null ? <span className="muted">Not used yet</span> : <Ago at={key.lastUsedAt} />}</td>
              <td className={css.time}><Ago at={key.createdAt} /><small>{key.createdBy}</small></td>
              <td className="right">
                {key.revokedAt === null
                  ? <PermittedButton permit={permit} variant="default" size="compact-sm" aria-label={`Revoke ${key.name}`} onClick={() => { onRevoke(key) }}>Revoke</PermittedButton>
                  : <span className="muted">Revoked <Ago at={key.revokedAt} /></span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
