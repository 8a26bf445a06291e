import type { SdkKey } from '@assay/server/contract'
import { IconDeviceDesktop, IconServer } from '@tabler/icons-react'
import type { Permit } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { Chip } from '../../ui/chip.tsx'
import { KeyActions } from './key-actions.tsx'
import { KeyStatus, LastUse } from './key-status.tsx'
import css from './keys-table.module.css'

interface Props {
  keys: readonly SdkKey[]
  label: string
  permit: Permit
  now: Date
  onRotate: (key: SdkKey) => void
  onExtend: (key: SdkKey, stopsAt: string) => void
  onRevoke: (key: SdkKey) => void
}

export function KeysTable({ keys, label, permit, now, onRotate, onExtend, onRevoke }: Props) {
  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className="table">
        <thead><tr><th scope="col">Key</th><th scope="col">Kind</th><th scope="col">Last used</th><th scope="col">Created</th><th scope="col"><span className="sr">Actions</span></th></tr></thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id} data-revoked={key.revokedAt !== null}>
              <td className={css.name}><b>{key.name}</b><code>{key.prefix}…</code><KeyStatus sdkKey={key} now={now} /></td>
              <td>{key.kind === 'server' ? <Chip icon={<IconServer size={12} />}>Server</Chip> : <Chip tone="info" icon={<IconDeviceDesktop size={12} />}>Client, public</Chip>}</td>
              <td className={css.time}><LastUse sdkKey={key} /></td>
              <td className={css.time}><Ago at={key.createdAt} /><small>{key.createdBy}</small></td>
              <td className="right"><KeyActions sdkKey={key} permit={permit} now={now} onRotate={() => { onRotate(key) }} onExtend={(stopsAt) => { onExtend(key, stopsAt) }} onRevoke={() => { onRevoke(key) }} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
