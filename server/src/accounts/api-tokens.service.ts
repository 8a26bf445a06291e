import type { ApiToken, NewApiToken } from '../contract/api-tokens.ts'
import { allows, isRoleWithin } from '../contract/roles.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import { isUuid } from '../http/is-uuid.ts'
import { type Actor, invalidRequest, type ProjectScope } from '../http/register.ts'
import { uuidv7 } from '../platform/uuidv7.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { createApiTokenValue, expiryIssue, prefixOfToken } from './api-token.ts'
import { createApiTokensStore } from './api-tokens.store.ts'
import { hashSecret } from './secret.ts'

/** So many of one person work in one project at a time. */
const MOST_LIVE = 50

/** A person's own; those who manage members see everybody's. */
export function listApiTokens(deps: Deps, project: ProjectScope, actor: Actor): Promise<ApiToken[]> {
  return createApiTokensStore(deps.db).list(project.id, allows(project.role, 'member.write') ? null : actor.id)
}

/** Makes a token that acts in the name of whoever makes it. Its value is in the result and nowhere else. */
export async function createApiToken(deps: Deps, project: ProjectScope, actor: Actor, { name, role, expiresAt: end }: NewApiToken): Promise<{ token: ApiToken; value: string }> {
  const at = deps.now()
  const expiresAt = new Date(end)
  const issue = expiryIssue(expiresAt, at)
  if (issue !== null) throw invalidRequest([{ path: 'expiresAt', message: issue }])
  if (!isRoleWithin(role, project.role)) throw invalidRequest([{ path: 'role', message: `You are ${project.role.replace('_', ' ')} here: a token may do no more than you.` }])
  const value = createApiTokenValue()
  return commitChange(deps, project.id, async (tx) => {
    const store = createApiTokensStore(tx)
    const live = await store.liveNames(project.id, actor.id, at)
    if (live.includes(name)) throw new AppError('already_exists', `You have a token named ${name} already. The audit log tells them apart by name: choose another, or revoke that one first.`)
    if (live.length >= MOST_LIVE) throw new AppError('wrong_state', `You have ${MOST_LIVE} tokens here that work. Revoke one first.`)
    const token = await store.insert({ id: uuidv7(at), userId: actor.id, projectId: project.id, name, role, prefix: prefixOfToken(value), hash: hashSecret(value), createdAt: at, expiresAt })
    return { result: { token, value }, audit: [{ at, actor, action: 'token.created', entityKind: 'token', entityKey: token.prefix, after: { name, role, expiresAt: token.expiresAt } }], environments: [] }
  })
}

/** The next request with it is refused, on every instance. */
export async function revokeApiToken(deps: Deps, project: ProjectScope, actor: Actor, id: string): Promise<void> {
  await commitChange(deps, project.id, async (tx) => {
    const store = createApiTokensStore(tx)
    const token = isUuid(id) ? await store.find(project.id, id) : null
    if (!token || (token.person.id !== actor.id && !allows(project.role, 'member.write'))) throw new AppError('not_found', 'This project has no such token of yours.')
    if (token.revokedAt !== null) return { result: undefined, audit: [], environments: [] }
    const at = deps.now()
    await store.revoke(token.id, at, actor.name)
    return { result: undefined, audit: [{ at, actor, action: 'token.revoked', entityKind: 'token', entityKey: token.prefix, before: { name: token.name, role: token.role, person: token.person.name } }], environments: [] }
  })
}
