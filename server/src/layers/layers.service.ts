import { randomBytes } from 'node:crypto'
import type { Layer } from '../contract/layers.ts'
import type { Deps } from '../deps.ts'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor } from '../http/register.ts'
import { createProjectsStore } from '../projects/projects.store.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { assertUnitType } from './assert-unit-type.ts'
import { createLayersStore } from './layers.store.ts'

export async function createLayer(deps: Deps, projectId: string, actor: Actor, layer: { key: string; name: string; unit: string }): Promise<Layer> {
  return commitChange(deps, projectId, async (tx) => {
    const store = createLayersStore(tx)
    if ((await store.layers(projectId)).some(({ key }) => key === layer.key)) throw new AppError('already_exists', `A layer with the key ${layer.key} exists already.`)
    assertUnitType(layer.unit, await createProjectsStore(tx).unitTypes(projectId))
    const created = await store.insertLayer(projectId, { ...layer, salt: `${layer.key}.${randomBytes(6).toString('hex')}` }, { by: actor.name, at: deps.now() })
    return {
      result: created,
      audit: [{ at: deps.now(), actor, action: 'layer.created', entityKind: 'layer', entityKey: layer.key, after: { name: layer.name, unit: layer.unit } }],
      environments: await createEnvironmentsStore(tx).ids(projectId),
    }
  })
}

export async function deleteLayer(deps: Deps, projectId: string, actor: Actor, key: string): Promise<void> {
  await commitChange(deps, projectId, async (tx) => {
    const store = createLayersStore(tx)
    const layer = (await store.layers(projectId)).find((candidate) => candidate.key === key)
    if (!layer) throw new AppError('not_found', `There is no layer with the key ${key}.`)
    const [first, ...others] = layer.taken
    if (first) throw new AppError('wrong_state', `The layer ${layer.name} cannot be deleted: ${first.flag} in ${first.environment}${others.length > 0 ? ` and ${others.length} more take` : ' takes'} a part of it.`, { details: layer.taken })
    await store.removeLayer(projectId, key)
    return {
      result: undefined,
      audit: [{ at: deps.now(), actor, action: 'layer.deleted', entityKind: 'layer', entityKey: key, before: { name: layer.name, unit: layer.unit } }],
      environments: await createEnvironmentsStore(tx).ids(projectId),
    }
  })
}
