import { isDeepStrictEqual } from 'node:util'
import { assertBasedOnAudited } from '../audit/audited-revision.service.ts'
import type { Environment } from '../contract/projects.ts'
import type { Deps } from '../deps.ts'
import { addFlagsToEnvironment } from '../flags/flags.service.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor } from '../http/register.ts'
import { createKeysStore } from '../projects/keys.store.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { createEnvironmentsStore, type EnvironmentSettings, type NewEnvironment } from './environments.store.ts'

/** Adds an environment in which every flag is off; its first ruleset commits with it. */
export async function createEnvironment(deps: Deps, projectId: string, actor: Actor, environment: NewEnvironment): Promise<Environment> {
  const { key, name, production } = environment
  const id = await commitChange(deps, projectId, async (tx) => {
    const store = createEnvironmentsStore(tx)
    const at = deps.now()
    if (await store.find(projectId, key)) throw new AppError('already_exists', `An environment with the key ${key} exists already.`)
    const [id] = await store.append(projectId, [environment], at)
    if (id === undefined) throw new Error('The environment that was just added is not there.')
    await addFlagsToEnvironment(tx, projectId, id, actor, at)
    return {
      result: id,
      audit: [{ at, actor, action: 'environment.created', entityKind: 'environment', entityKey: key, environment: key, after: { name, production } }],
      environments: [id],
    }
  })
  return createEnvironmentsStore(deps.db).getById(id)
}

/** Changes nothing that is served: no ruleset follows. */
export async function updateEnvironment(deps: Deps, projectId: string, actor: Actor, key: string, basedOn: number, change: Partial<EnvironmentSettings>): Promise<Environment> {
  const id = await commitChange(deps, projectId, async (tx) => {
    const store = createEnvironmentsStore(tx)
    const { id } = await store.get(projectId, key)
    const environment = await store.getById(id)
    await assertBasedOnAudited(tx, projectId, { kind: 'environment', key }, environment, basedOn, change, `The environment ${environment.name}`)
    const before = { name: environment.name, production: environment.production, policy: environment.policy, ofrepExtras: environment.ofrepExtras }
    const after = { ...before, ...change, ...(change.policy ? { policy: { ...change.policy, approvers: [...new Set(change.policy.approvers)] } } : {}) }
    if (isDeepStrictEqual(before, after)) return { result: id, audit: [], environments: [] }
    await store.update(id, after)
    // Keys carry what their environment answers.
    if (after.ofrepExtras !== before.ofrepExtras) await createKeysStore(tx).notify()
    return { result: id, audit: [{ at: deps.now(), actor, action: 'environment.changed', entityKind: 'environment', entityKey: key, environment: key, before, after }], environments: [] }
  })
  if (change.ofrepExtras !== undefined) await deps.keys.refresh()
  return createEnvironmentsStore(deps.db).getById(id)
}
