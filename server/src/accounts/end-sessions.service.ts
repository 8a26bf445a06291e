import { appendAudit } from '../audit/audit.store.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import { isUuid } from '../http/is-uuid.ts'
import type { Actor } from '../http/register.ts'
import type { Tx } from '../platform/postgres.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { createAccountsStore } from './accounts.store.ts'
import { createSessionsStore } from './sessions.store.ts'

/** Signs somebody out of one of their browsers. */
export async function endSession(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, id: string): Promise<void> {
  const found = isUuid(id) && (await createSessionsStore(deps.db).live(actor.id, deps.now())).some((session) => session.id === id)
  if (!found) throw new AppError('not_found', 'You have no such session: it may have ended already.')
  await inEveryProject(deps, actor, 'member.session_ended', async (tx, at) => {
    await createSessionsStore(tx).revoke(id, at)
    return { ended: 1 }
  })
}

/** Signs somebody out of every browser but the one that asks. */
export async function endOtherSessions(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, current: string | null): Promise<{ ended: number }> {
  return inEveryProject(deps, actor, 'member.session_ended', async (tx, at) => ({ ended: await createSessionsStore(tx).revokeAll(actor.id, at, current) }))
}

/** A new password ends every session: whoever knew the old one is out. */
export async function setPassword(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, passwordHash: string): Promise<void> {
  await inEveryProject(deps, actor, 'member.password_changed', async (tx, at) => {
    await createAccountsStore(tx).setPassword(actor.id, passwordHash)
    return { ended: await createSessionsStore(tx).revokeAll(actor.id, at) }
  })
}

/** An admin signs a member out everywhere. */
export async function endMemberSessions(deps: Pick<Deps, 'db' | 'now' | 'installation' | 'rulesets'>, projectId: string, actor: Actor, userId: string): Promise<{ ended: number }> {
  return commitChange(deps, projectId, async (tx) => {
    const member = isUuid(userId) ? await createAccountsStore(tx).member(projectId, userId) : null
    if (!member) throw new AppError('not_found', 'This project has no such member.')
    const at = deps.now()
    const ended = await createSessionsStore(tx).revokeAll(member.userId, at)
    return {
      result: { ended },
      audit: ended === 0 ? [] : [{ at, actor, action: 'member.signed_out', entityKind: 'member', entityKey: member.email, after: { ended } }],
      environments: [],
    }
  })
}

/** What somebody does to their own account stands in the log of every project that they may enter with it. */
async function inEveryProject<T extends { ended: number }>(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, action: string, work: (tx: Tx, at: Date) => Promise<T>): Promise<T> {
  return deps.db.$transaction(async (tx) => {
    const at = deps.now()
    const result = await work(tx, at)
    if (result.ended === 0) return result
    const { email, projectIds } = await createAccountsStore(tx).account(actor.id)
    // In one order, so that two people of the same projects do not wait for each other.
    for (const projectId of projectIds.sort()) await appendAudit(tx, projectId, { at, actor, action, entityKind: 'member', entityKey: email, after: { ended: result.ended } })
    return result
  })
}
