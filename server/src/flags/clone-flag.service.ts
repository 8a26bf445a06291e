import type { FlagDetail, Targeting } from '../contract/flags.ts'
import { sameValue } from '../contract/same-value.ts'
import type { Deps } from '../deps.ts'
import type { Actor } from '../http/register.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { clonedTargeting } from './cloned-targeting.ts'
import { definitionOf } from './flag-record.ts'
import { createFlagsStore } from './flags.store.ts'
import { assertFreeKey } from './free-key.service.ts'
import { offTargeting } from './off-targeting.ts'

/** Copies a flag under a new key. What its copy does is written down per environment, so that it can be restored later. */
export async function cloneFlag(deps: Deps, projectId: string, actor: Actor, from: string, { key, name }: { key: string; name: string }): Promise<FlagDetail> {
  return commitChange(deps, projectId, async (tx) => {
    const store = createFlagsStore(tx)
    const { detail: original, environments } = await store.get(projectId, from)
    await assertFreeKey(tx, projectId, key)
    const { description, kind, type, clientVisible, tags, variants } = original
    const at = deps.now()
    const copies: { id: string; environment: string; targeting: Targeting }[] = environments.map(({ id, state }) => ({ id, environment: state.environment, targeting: clonedTargeting(state.targeting) }))
    await store.insert(projectId, { key, name, description, kind, type, clientVisible, tags, variants, expectedRemoval: null, owner: actor.name }, copies, { by: actor.name, at })
    const { detail } = await store.get(projectId, key)
    const off = offTargeting(detail)
    const entry = { at, actor, entityKind: 'flag' as const, entityKey: key, revision: detail.revision }
    return {
      result: detail,
      audit: [
        { ...entry, action: 'flag.created', after: { ...definitionOf(detail), copiedFrom: from } },
        ...copies.filter(({ targeting }) => !sameValue(targeting, off)).map(({ environment, targeting }) => ({ ...entry, action: 'flag.targeting_changed', environment, after: targeting })),
      ],
      environments: environments.map(({ id }) => id),
    }
  })
}
