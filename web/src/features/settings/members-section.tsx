import type { Member, Role } from '@assay/server/contract'
import { IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { membersQuery } from '../../api/project-queries.ts'
import { roleName, usePermit, useProject } from '../../api/project.ts'
import { useMe } from '../../api/session.ts'
import { conflictOf } from '../../ui/conflict/conflict-of.ts'
import { ExportMenu } from '../../ui/export-menu/export-menu.tsx'
import { Failure } from '../../ui/failure.tsx'
import { plural } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { MemberRow } from './member-row.tsx'
import { useChangeRole, useRemoveMember, useSignOutMember } from './settings-queries.ts'

const InviteDialog = lazy(async () => ({ default: (await import('./invite-dialog.tsx')).InviteDialog }))
const TypedConfirm = lazy(async () => ({ default: (await import('../../ui/typed-confirm.tsx')).TypedConfirm }))

type Open = { kind: 'invite'; again?: Member } | { kind: 'remove'; member: Member }

export function MembersSection() {
  const project = useProject()
  const me = useMe()
  const permit = usePermit('member.write')
  const members = useQuery(membersQuery(project.key))
  const changeRole = useChangeRole()
  const remove = useRemoveMember()
  const signOut = useSignOutMember()
  const [open, setOpen] = useState<Open>()

  const change = (member: Member, role: Role) => {
    changeRole.mutate({ userId: member.userId, basedOn: member.revision, role }, {
      onSuccess: (changed) => { toastDone({ title: `${member.name} is now ${roleName(role).toLowerCase()}`, ...(member.userId === me.id ? {} : { undo: () => { change(changed, member.role) } }) }) },
      onError: (error) => { toastFailed(conflictOf(error) ? `${member.name} is left as somebody else made them` : `${member.name} is still ${roleName(member.role).toLowerCase()}`, error) },
    })
  }
  const signOutEverywhere = ({ userId, name }: Member) => {
    signOut.mutate(userId, {
      onSuccess: ({ ended }) => { toastDone({ title: ended === 0 ? `${name} was signed in nowhere` : `${name} is signed out of ${plural(ended, 'browser')}` }) },
      onError: (error) => { toastFailed(`${name} is still signed in`, error) },
    })
  }
  const dismiss = (member: Member) => {
    remove.mutate(member.userId, {
      onSuccess: () => {
        setOpen(undefined)
        toastDone({ title: `${member.name} is no longer a member`, detail: 'No request of theirs gets in any more.' })
      },
      onError: (error) => { toastFailed(`${member.name} is still a member`, error) },
    })
  }

  if (members.error) return <Failure error={members.error} onRetry={() => { void members.refetch() }} />
  if (!members.data) return <Loading rows={4} />
  return (
    <>
      <Panel padded={false} title={plural(members.data.members.length, 'member')} aside={<><ExportMenu resource="members" size="compact-sm" /><PermittedButton permit={permit} size="compact-sm" leftSection={<IconUserPlus size={14} />} onClick={() => { setOpen({ kind: 'invite' }) }}>Invite</PermittedButton></>}>
        <ul>
          {members.data.members.map((member) => (
            <MemberRow
              key={member.userId}
              member={member}
              isMe={member.userId === me.id}
              permit={permit}
              onRole={(role) => { change(member, role) }}
              onInviteAgain={() => { setOpen({ kind: 'invite', again: member }) }}
              onSignOut={() => { signOutEverywhere(member) }}
              onRemove={() => { setOpen({ kind: 'remove', member }) }}
            />
          ))}
        </ul>
      </Panel>
      {open?.kind === 'invite' ? <Suspense><InviteDialog again={open.again} onClose={() => { setOpen(undefined) }} /></Suspense> : null}
      {open?.kind === 'remove' ? (
        <Suspense><TypedConfirm title={`Remove ${open.member.name} from ${project.name}`} word={open.member.email} action="Remove member" busy={remove.isPending} onConfirm={() => { dismiss(open.member) }} onCancel={() => { setOpen(undefined) }}>
          {open.member.name} loses access to {project.name} at once, on every device, and is signed out everywhere if this is their only project. What they wrote stays, and so does their name in the audit log. To bring them back, invite them again.
        </TypedConfirm></Suspense>
      ) : null}
    </>
  )
}
