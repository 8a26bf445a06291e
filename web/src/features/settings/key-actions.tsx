import type { SdkKey } from '@assay/server/contract'
import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { Permit } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { dateTime } from '../../ui/format.ts'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { keyStanding, laterBy } from './key-standing.ts'
import { overlaps } from './overlaps.ts'
import css from './keys-table.module.css'

interface Props {
  sdkKey: SdkKey
  permit: Permit
  now: Date
  onRotate: () => void
  onExtend: (stopsAt: string) => void
  onRevoke: () => void
}

const button = { variant: 'default', size: 'compact-sm' } as const

/** What can be done with a key as it stands. */
export function KeyActions({ sdkKey, permit, now, onRotate, onExtend, onRevoke }: Props) {
  const { name, prefix } = sdkKey
  const standing = keyStanding(sdkKey, now)
  if (standing.kind === 'ended') return <span className="muted">{standing.by === null ? 'Revoked' : 'Stopped'} <Ago at={standing.at} /></span>
  if (standing.kind === 'works') {
    return (
      <span className={css.actions}>
        <PermittedButton permit={permit} {...button} aria-label={`Rotate ${name} ${prefix}`} onClick={onRotate}>Rotate</PermittedButton>
        <PermittedButton permit={permit} {...button} aria-label={`Revoke ${name} ${prefix}`} onClick={onRevoke}>Revoke</PermittedButton>
      </span>
    )
  }
  const extendLabel = `Let ${name} ${prefix} stop later`
  return (
    <span className={css.actions}>
      {permit.allowed ? (
        <Menu position="bottom-end">
          <Menu.Target><Button {...button} rightSection={<IconChevronDown size={12} />} aria-label={extendLabel}>Extend</Button></Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>Stops {dateTime(standing.stopsAt)}</Menu.Label>
            {overlaps.filter(({ hours }) => hours > 0).map(({ hours, label }) => <Menu.Item key={hours} onClick={() => { onExtend(laterBy(standing.stopsAt, hours)) }}>{label} later</Menu.Item>)}
          </Menu.Dropdown>
        </Menu>
      ) : <PermittedButton permit={permit} {...button} aria-label={extendLabel} onClick={() => undefined}>Extend</PermittedButton>}
      <PermittedButton permit={permit} {...button} aria-label={`Stop ${name} ${prefix} now`} onClick={onRevoke}>Stop now</PermittedButton>
    </span>
  )
}
