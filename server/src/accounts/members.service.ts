import { assertBasedOnAudited } from '../audit/audited-revision.service.ts'
import type { Member } from '../contract/accounts.ts'
import { keptDays } from '../contract/kept-days.ts'
import type { Role } from '../contract/roles.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import { isUuid } from '../http/is-uuid.ts'
import type { Actor } from '../http/register.ts'
import type { Tx } from '../platform/postgres.ts'
import { uuidv7 } from '../platform/uuidv7.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { createAccountsStore } from './accounts.store.ts'
import { isLastAdmin } from './last-admin.ts'
import { mayGrant } from './may-grant.ts'
import { createSecret, hashSecret } from './secret.ts'
import { createSessionsStore } from './sessions.store.ts'

const INVITATION_MS = keptDays.invitation * 24 * 60 * 60_000
/** Where somebody who has a password already finds the project. */
const HOME = '/'

type MembersDeps = Pick<Deps, 'db' | 'now' | 'installation' | 'rulesets'>

/**
 * Makes a person a member. Somebody new gets a one-time link to choose a password; inviting them again replaces it.
 * A link can open everything its person was invited to: a project may not make one for somebody whom another project
 * still waits for.
 */
export async function inviteMember(deps: MembersDeps, projectId: string, actor: Actor, invitation: { email: string; name: string; role: Role }): Promise<{ member: Member; link: string }> {
  const email = invitation.email.toLowerCase()
  return commitChange(deps, projectId, async (tx) => {
    await assertMayGrant(tx, projectId, actor, invitation.role)
    const store = createAccountsStore(tx)
    const at = deps.now()
    await store.insertUser({ id: uuidv7(at), email, name: invitation.name, passwordHash: null, createdAt: at })
    const user = await store.lockUser(email)
    if (!user) throw new Error('The person who was just invited is not there.')
    const isMember = user.projectIds.includes(projectId)
    if (isMember && user.accepted) throw new AppError('already_exists', `${email} is a member of this project already.`)
    if (!user.accepted && user.projectIds.some((id) => id !== projectId)) {
      throw new AppError('wrong_state', `${email} has not accepted the invitation to another project yet. Invite them here once they have.`)
    }
    const before = isMember ? await store.member(projectId, user.id) : null
    if (isMember) await store.setRole(projectId, user.id, invitation.role)
    else await store.insertMember(projectId, user.id, invitation.role, at)
    const token = createSecret()
    if (!user.accepted) await store.setInvitation(user.id, invitation.name, hashSecret(token), new Date(at.getTime() + INVITATION_MS))
    const member = await mustFind(tx, projectId, user.id)
    return {
      result: { member, link: user.accepted ? HOME : `/accept?token=${token}` },
      audit: [{ at, actor, action: user.accepted ? 'member.added' : 'member.invited', entityKind: 'member', entityKey: email, ...(before ? { before: { role: before.role } } : {}), after: { name: member.name, role: member.role } }],
      environments: [],
    }
  })
}

export async function changeMember(deps: MembersDeps, projectId: string, actor: Actor, userId: string, basedOn: number, role: Role): Promise<Member> {
  return commitChange(deps, projectId, async (tx) => {
    await assertMayGrant(tx, projectId, actor, role)
    const before = await mustFind(tx, projectId, userId)
    await assertBasedOnAudited(tx, projectId, { kind: 'member', key: before.email }, before, basedOn, { role }, `The role of ${before.name}`)
    if (before.role === role) return { result: before, audit: [], environments: [] }
    if (role !== 'admin') await assertAdminLeft(tx, projectId, before)
    await createAccountsStore(tx).setRole(projectId, before.userId, role)
    return {
      result: await mustFind(tx, projectId, before.userId),
      audit: [{ at: deps.now(), actor, action: 'member.role_changed', entityKind: 'member', entityKey: before.email, before: { role: before.role }, after: { role } }],
      environments: [],
    }
  })
}

/** No request of theirs gets into this project any more. Who is left without a project is signed out everywhere. */
export async function removeMember(deps: MembersDeps, projectId: string, actor: Actor, userId: string): Promise<void> {
  await commitChange(deps, projectId, async (tx) => {
    const before = await mustFind(tx, projectId, userId)
    await assertAdminLeft(tx, projectId, before)
    const accounts = createAccountsStore(tx)
    await accounts.removeMember(projectId, before.userId)
    const at = deps.now()
    if ((await accounts.account(before.userId)).projectIds.length === 0) await createSessionsStore(tx).revokeAll(before.userId, at)
    return {
      result: undefined,
      audit: [{ at, actor, action: 'member.removed', entityKind: 'member', entityKey: before.email, before: { name: before.name, role: before.role } }],
      environments: [],
    }
  })
}

async function mustFind(tx: Tx, projectId: string, userId: string): Promise<Member> {
  const member = isUuid(userId) ? await createAccountsStore(tx).member(projectId, userId) : null
  if (!member) throw new AppError('not_found', 'This project has no such member.')
  return member
}

/** Under the project's lock: whoever lost the role since the request began grants nothing any more. */
async function assertMayGrant(tx: Tx, projectId: string, actor: Actor, role: Role): Promise<void> {
  const editor = await createAccountsStore(tx).member(projectId, actor.id)
  if (editor && mayGrant(editor.role, role)) return
  throw new AppError('forbidden', `Your role does not allow you to make somebody ${role.replace('_', ' ')}.`)
}

async function assertAdminLeft(tx: Tx, projectId: string, member: Member): Promise<void> {
  if (!isLastAdmin(await createAccountsStore(tx).members(projectId), member.userId)) return
  throw new AppError('wrong_state', `${member.name} is the last admin of this project. Make somebody else an admin first.`)
}
