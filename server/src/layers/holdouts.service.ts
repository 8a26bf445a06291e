import { randomBytes } from 'node:crypto'
import type { Holdout } from '../contract/layers.ts'
import type { Deps } from '../deps.ts'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import { openHeldOutRules } from '../flags/open-held-out-rules.service.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor } from '../http/register.ts'
import { createProjectsStore } from '../projects/projects.store.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { assertUnitType } from './assert-unit-type.ts'
import { createLayersStore } from './layers.store.ts'

export interface HoldoutRequest {
  key: string
  name: string
  unit: string
  /** Of 100,000 buckets. */
  share: number
}

/** Holds `[0, share)` of a space of buckets of its own, in every environment and from the next ruleset on. */
export async function createHoldout(deps: Deps, projectId: string, actor: Actor, { key, name, unit, share }: HoldoutRequest, reason: string | undefined): Promise<Holdout> {
  return commitChange(deps, projectId, async (tx) => {
    const store = createLayersStore(tx)
    if ((await store.holdouts(projectId)).some((holdout) => holdout.key === key)) throw new AppError('already_exists', `A holdout with the key ${key} exists already.`)
    // What was measured with a released holdout is kept under its key: another salt would mix its units up.
    const earlier = await store.holdoutCreated(projectId, key)
    if (earlier) throw new AppError('key_retired', `The key ${key} belonged to a holdout that was released, and what it measured is kept under that key: choose another key.`)
    assertUnitType(unit, await createProjectsStore(tx).unitTypes(projectId))
    const created = await store.insertHoldout(projectId, { key, name, unit, salt: `${key}.${randomBytes(6).toString('hex')}`, from: 0, to: share }, { by: actor.name, at: deps.now() })
    return {
      result: created,
      audit: [{ at: deps.now(), actor, action: 'holdout.created', entityKind: 'holdout', entityKey: key, after: { name, unit, from: created.from, to: created.to }, ...(reason === undefined ? {} : { reason }) }],
      environments: await createEnvironmentsStore(tx).ids(projectId),
    }
  })
}

/** Its units take part again, in experiments and in what experiments shipped; with the last one, what was shipped is for everybody, whatever is held out later. */
export async function releaseHoldout(deps: Deps, projectId: string, actor: Actor, key: string): Promise<void> {
  await commitChange(deps, projectId, async (tx) => {
    const store = createLayersStore(tx)
    const holdout = (await store.holdouts(projectId)).find((candidate) => candidate.key === key)
    if (!holdout) throw new AppError('not_found', `There is no holdout with the key ${key} in force.`)
    await store.removeHoldout(projectId, key)
    const { name, unit, from, to } = holdout
    const isLast = (await store.holdouts(projectId)).length === 0
    const at = deps.now()
    return {
      result: undefined,
      audit: [{ at, actor, action: 'holdout.released', entityKind: 'holdout', entityKey: key, before: { name, unit, from, to } }, ...(isLast ? await openHeldOutRules(tx, projectId, actor, at) : [])],
      environments: await createEnvironmentsStore(tx).ids(projectId),
    }
  })
}
