import { hashSecret } from '../accounts/secret.ts'
import type { SdkKey } from '../contract/projects.ts'
import type { Deps } from '../deps.ts'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import { AppError } from '../http/app-error.ts'
import { isUuid } from '../http/is-uuid.ts'
import type { Actor } from '../http/register.ts'
import { uuidv7 } from '../platform/uuidv7.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { createKeysStore } from './keys.store.ts'
import { createSdkKey, prefixOf, type SdkKeyKind } from './sdk-key.ts'

/** Makes a key that works at once. Its secret is in the result and nowhere else. */
export async function createKey(deps: Deps, projectId: string, actor: Actor, wanted: { environment: string; kind: SdkKeyKind; name: string }): Promise<{ key: SdkKey; secret: string }> {
  const { kind, name } = wanted
  const secret = createSdkKey(kind)
  const key = await commitChange(deps, projectId, async (tx) => {
    const at = deps.now()
    const environment = await createEnvironmentsStore(tx).get(projectId, wanted.environment)
    const store = createKeysStore(tx)
    const created = await store.insert({ id: uuidv7(at), environmentId: environment.id, kind, name, prefix: prefixOf(secret), hash: hashSecret(secret), createdAt: at, createdBy: actor.name })
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

/** Ends a key and its open streams, here at once and on every other instance as soon as it hears of it. */
export async function revokeKey(deps: Deps, projectId: string, actor: Actor, id: string): Promise<void> {
  const revoked = await commitChange(deps, projectId, async (tx) => {
    const store = createKeysStore(tx)
    const key = isUuid(id) ? await store.find(projectId, id) : null
    if (!key) throw new AppError('not_found', 'This project has no such key.')
    if (key.revokedAt !== null) return { result: key.id, audit: [], environments: [] }
    const at = deps.now()
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
