import { roles, type Member, type Role } from '@assay/server/contract'
import { Button, Select } from '@mantine/core'
import { IconMail, IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { roleName, useProjectKey, type Permit } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Chip } from '../../ui/chip.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import css from './member-row.module.css'

interface Props {
  member: Member
  isMe: boolean
  permit: Permit
  onRole: (role: Role) => void
  onInviteAgain: () => void
  onSignOut: () => void
  onRemove: () => void
}

const options = roles.map((role) => ({ value: role, label: roleName(role) }))

export function MemberRow({ member, isMe, permit, onRole, onInviteAgain, onSignOut, onRemove }: Props) {
  const project = useProjectKey()
  const { name, email, role, invited, lastSeenAt } = member
  return (
    <li className={css.row}>
      <Avatar name={name} size={30} />
      <div className={css.who}>
        <b>{name}</b>{isMe ? <span className="muted"> you</span> : null}
        <span>{email}</span>
      </div>
      <span className={css.seen}>{invited ? <Chip tone="info" icon={<IconMail size={12} />}>Invited</Chip> : lastSeenAt === null ? 'Not active yet' : <>Active <Ago at={lastSeenAt} /></>}</span>
      <div className={css.actions}>
        {permit.allowed
          ? <Select aria-label={`Role of ${name}`} w={148} allowDeselect={false} data={options} value={role} onChange={(next) => { const chosen = roles.find((each) => each === next); if (chosen && chosen !== role) onRole(chosen) }} />
          : <span className={css.role}>{roleName(role)}</span>}
        {invited && permit.allowed ? <PermittedButton permit={permit} variant="default" size="compact-sm" aria-label={`New link for ${name}`} onClick={onInviteAgain}>New link</PermittedButton> : null}
        {invited || isMe || !permit.allowed ? null : <Button variant="default" size="compact-sm" miw={74} aria-label={`Sign ${name} out everywhere`} onClick={onSignOut}>Sign out</Button>}
        {isMe && permit.allowed ? <Button variant="default" size="compact-sm" miw={74} renderRoot={(props) => <Link to="/p/$project/settings/$section" params={{ project, section: 'sessions' }} {...props} />}>Sign-in</Button> : null}
        <PermittedButton permit={permit} variant="default" size="compact-sm" leftSection={<IconTrash size={13} />} aria-label={`Remove ${name}`} onClick={onRemove}>Remove</PermittedButton>
      </div>
    </li>
  )
}
