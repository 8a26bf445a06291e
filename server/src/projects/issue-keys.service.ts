import { hashSecret } from '../accounts/secret.ts'
import type { overlapHours, SdkKey } from '../contract/projects.ts'
import type { Deps } from '../deps.ts'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import { AppError } from '../http/app-error.ts'
import { isUuid } from '../http/is-uuid.ts'
import { invalidRequest, type Actor } from '../http/register.ts'
import type { Tx } from '../platform/postgres.ts'
import { uuidv7 } from '../platform/uuidv7.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { createKeysStore, type NewKey } from './keys.store.ts'
import { createSdkKey, prefixOf, type SdkKeyKind } from './sdk-key.ts'

const HOUR_MS = 3_600_000
/** A key that was rotated stops at most so long from now: an overlap that never ends is no rotation. */
const LONGEST_OVERLAP_DAYS = 30

/** Makes a key that works at once. Its secret is in the result and nowhere else. */
export async function createKey(deps: Deps, projectId: string, actor: Actor, wanted: { environment: string; kind: SdkKeyKind; name: string }): Promise<{ key: SdkKey; secret: string }> {
  const { kind, name } = wanted
  const secret = createSdkKey(kind)
  const key = await commitChange(deps, projectId, async (tx) => {
    const at = deps.now()
    const environment = await createEnvironmentsStore(tx).get(projectId, wanted.environment)
    const store = createKeysStore(tx)
    const created = await store.insert(newKey(secret, { environmentId: environment.id, kind, name, createdAt: at, createdBy: actor.name }))
    await store.notify()
    return {
      result: created,
      audit: [{ at, actor, action: 'key.created', entityKind: 'key', entityKey: created.prefix, environment: environment.key, after: { name, kind } }],
      environments: [],
    }
  })
  await deps.keys.refresh()
  return { key, secret }
}

/** Makes a key of the same name, kind and environment. The old one goes on for the overlap, then stops by itself on every instance. */
export async function rotateKey(deps: Deps, projectId: string, actor: Actor, id: string, overlap: (typeof overlapHours)[number]): Promise<{ key: SdkKey; secret: string; replaced: SdkKey }> {
  const result = await commitChange(deps, projectId, async (tx) => {
    const at = deps.now()
    const old = await mustFind(tx, projectId, id, at)
    if (old.revokedAt !== null) throw new AppError('wrong_state', 'This key does not work any more: create a new one.')
    if (old.replacedBy !== null) throw new AppError('wrong_state', `This key was rotated already, to ${old.replacedBy.prefix}…: let it stop later, stop it now, or rotate its successor.`)
    const environment = await createEnvironmentsStore(tx).get(projectId, old.environment)
    const store = createKeysStore(tx)
    const secret = createSdkKey(old.kind)
    const key = await store.insert(newKey(secret, { environmentId: environment.id, kind: old.kind, name: old.name, createdAt: at, createdBy: actor.name }))
    const stopsAt = new Date(at.getTime() + overlap * HOUR_MS)
    await store.replace(old.id, key.id, stopsAt)
    if (overlap === 0) await store.revoke(old.id, at)
    await store.notify()
    const common = { at, actor, entityKind: 'key' as const, environment: environment.key }
    return {
      result: { key, secret, replaced: await mustFind(tx, projectId, old.id, at) },
      audit: [
        { ...common, action: 'key.created', entityKey: key.prefix, after: { name: key.name, kind: key.kind, replaces: old.prefix } },
        { ...common, action: 'key.rotated', entityKey: old.prefix, before: { name: old.name, kind: old.kind }, after: { replacedBy: key.prefix, overlapHours: overlap, stopsAt: stopsAt.toISOString() } },
      ],
      environments: [],
    }
  })
  if (overlap === 0) deps.keys.forget(result.replaced.id)
  await deps.keys.refresh()
  return result
}

/** A key that was rotated and is still needed stops later. */
export async function extendKey(deps: Deps, projectId: string, actor: Actor, id: string, stopsAt: Date): Promise<SdkKey> {
  const extended = await commitChange(deps, projectId, async (tx) => {
    const at = deps.now()
    const key = await mustFind(tx, projectId, id, at)
    if (key.revokedAt !== null) throw new AppError('wrong_state', 'This key has stopped: what still uses it needs the new one.')
    if (key.stopsAt === null) throw new AppError('wrong_state', 'This key was not rotated, so nothing stops it.')
    const end = new Date(key.stopsAt)
    if (stopsAt < end) throw invalidRequest([{ path: 'stopsAt', message: `It works until ${key.stopsAt} as it is: name a later time, or revoke it now.` }])
    if (stopsAt.getTime() - at.getTime() > LONGEST_OVERLAP_DAYS * 24 * HOUR_MS) throw invalidRequest([{ path: 'stopsAt', message: `An old key goes on for at most ${LONGEST_OVERLAP_DAYS} days from now.` }])
    if (stopsAt.getTime() === end.getTime()) return { result: key, audit: [], environments: [] }
    const store = createKeysStore(tx)
    await store.stopAt(key.id, stopsAt)
    await store.notify()
    return {
      result: await mustFind(tx, projectId, key.id, at),
      audit: [{ at, actor, action: 'key.extended', entityKind: 'key', entityKey: key.prefix, environment: key.environment, before: { stopsAt: key.stopsAt }, after: { stopsAt: stopsAt.toISOString() } }],
      environments: [],
    }
  })
  await deps.keys.refresh()
  return extended
}

/** Ends a key and its open streams, here at once and on every other instance as soon as it hears of it. */
export async function revokeKey(deps: Deps, projectId: string, actor: Actor, id: string): Promise<void> {
  const revoked = await commitChange(deps, projectId, async (tx) => {
    const at = deps.now()
    const key = await mustFind(tx, projectId, id, at)
    if (key.revokedAt !== null) return { result: key.id, audit: [], environments: [] }
    const store = createKeysStore(tx)
    await store.revoke(key.id, at)
    await store.notify()
    return {
      result: key.id,
      audit: [{ at, actor, action: 'key.revoked', entityKind: 'key', entityKey: key.prefix, environment: key.environment, before: { name: key.name, kind: key.kind } }],
      environments: [],
    }
  })
  deps.keys.forget(revoked)
}

function newKey(secret: string, about: Pick<NewKey, 'environmentId' | 'kind' | 'name' | 'createdAt' | 'createdBy'>): NewKey {
  return { id: uuidv7(about.createdAt), prefix: prefixOf(secret), hash: hashSecret(secret), ...about }
}

async function mustFind(tx: Tx, projectId: string, id: string, now: Date): Promise<SdkKey> {
  const key = isUuid(id) ? await createKeysStore(tx).find(projectId, id, now) : null
  if (!key) throw new AppError('not_found', 'This project has no such key.')
  return key
}
