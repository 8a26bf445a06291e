import { withdrawOpenChanges } from '../changes/withdraw-changes.service.ts'
import type { FlagDetail } from '../contract/flags.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor } from '../http/register.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { assertNotArchived, definitionOf } from './flag-record.ts'
import { assertDefinitionBasedOn } from './flags.service.ts'
import { createFlagsStore } from './flags.store.ts'
import { createRetiredFlagsStore } from './retired-flags.store.ts'

/** Takes a flag out of every ruleset, off everywhere: services that still ask get their own default. */
export async function archiveFlag(deps: Deps, projectId: string, actor: Actor, key: string, basedOn: number, reason: string | undefined): Promise<FlagDetail> {
  return commitChange(deps, projectId, async (tx) => {
    const store = createFlagsStore(tx)
    const retired = createRetiredFlagsStore(tx)
    const record = await store.get(projectId, key)
    assertNotArchived(record)
    await assertDefinitionBasedOn(tx, projectId, record, basedOn, { archived: true })
    const [running] = record.running
    if (running) throw new AppError('wrong_state', `${running.key} is running on ${key}: stop or decide it before the flag is archived.`, { details: { experiment: running.key } })
    const needed = (await retired.neededBy(projectId, key)).filter(({ archived }) => !archived)
    if (needed.length > 0) throw new AppError('wrong_state', `${key} cannot be archived: ${inWords(needed.map(({ flag, environment }) => `${flag} needs it in ${environment}`))}.`, { details: needed.map(({ flag, environment }) => ({ flag, environment })) })

    const stamp = { by: actor.name, at: deps.now() }
    const entry = { at: stamp.at, actor, entityKind: 'flag' as const, entityKey: key, ...(reason === undefined ? {} : { reason }) }
    for (const { id, state } of record.environments) if (state.targeting.enabled) await store.setEnabled(record.id, id, false, stamp)
    const off = await store.get(projectId, key)
    await retired.setArchived(record.id, stamp.at, stamp)
    const withdrawn = await withdrawOpenChanges(tx, record.id, { actor, at: stamp.at, why: `${key} was archived.` })
    const { detail } = await store.get(projectId, key)
    const turnedOff = record.environments.flatMap(({ id, state: before }) => {
      const after = off.environments.find((environment) => environment.id === id)?.state
      return after && before.targeting.enabled ? [{ ...entry, action: 'flag.turned_off', environment: before.environment, before: before.targeting, after: after.targeting, revision: after.revision }] : []
    })
    return {
      result: detail,
      audit: [...turnedOff, ...withdrawn, { ...entry, action: 'flag.archived', before: { archivedAt: null }, after: { archivedAt: detail.archivedAt }, revision: detail.revision }],
      environments: record.environments.map(({ id }) => id),
    }
  })
}

/** Brings an archived flag back as it was, off in every environment. */
export async function unarchiveFlag(deps: Deps, projectId: string, actor: Actor, key: string, reason: string | undefined): Promise<FlagDetail> {
  return commitChange(deps, projectId, async (tx) => {
    const store = createFlagsStore(tx)
    const retired = createRetiredFlagsStore(tx)
    const record = await store.get(projectId, key)
    if (record.detail.archivedAt === null) throw new AppError('wrong_state', `${key} is not archived.`)
    const needs = record.environments.flatMap(({ state }) => state.targeting.prerequisites.map(({ flag }) => flag))
    const missing = await retired.archivedAmong(projectId, needs)
    if (missing.length > 0) throw new AppError('wrong_state', `${key} needs ${inWords(missing)}, which ${missing.length > 1 ? 'are' : 'is'} archived: bring ${missing.length > 1 ? 'them' : 'it'} back first.`, { details: { flags: missing } })
    await retired.setArchived(record.id, null, { by: actor.name, at: deps.now() })
    const { detail } = await store.get(projectId, key)
    return {
      result: detail,
      audit: [{ at: deps.now(), actor, action: 'flag.unarchived', entityKind: 'flag', entityKey: key, before: { archivedAt: record.detail.archivedAt }, after: { archivedAt: null }, ...(reason === undefined ? {} : { reason }), revision: detail.revision }],
      environments: record.environments.map(({ id }) => id),
    }
  })
}

/** Deletes an archived flag for good and retires its key. What experiments taught is never deleted with it. */
export async function deleteFlag(deps: Deps, projectId: string, actor: Actor, key: string): Promise<void> {
  await commitChange(deps, projectId, async (tx) => {
    const retired = createRetiredFlagsStore(tx)
    const record = await createFlagsStore(tx).get(projectId, key)
    if (record.detail.archivedAt === null) throw new AppError('wrong_state', `${key} is not archived: archive it before you delete it.`)
    const experiments = await retired.startedExperiments(record.id)
    if (experiments.length > 0) throw new AppError('wrong_state', `${key} stays in the archive: ${inWords(experiments)} ran on it, and ${experiments.length > 1 ? 'their results' : 'its result'} would go with the flag.`, { details: { experiments } })
    const needed = await retired.neededBy(projectId, key)
    if (needed.length > 0) throw new AppError('wrong_state', `${key} cannot be deleted: the archived ${inWords([...new Set(needed.map(({ flag }) => flag))])} would need it to come back.`, { details: needed })
    await retired.remove(projectId, { id: record.id, key }, { by: actor.name, at: deps.now() })
    return {
      result: undefined,
      audit: [{ at: deps.now(), actor, action: 'flag.deleted', entityKind: 'flag', entityKey: key, before: definitionOf(record.detail), revision: record.revision }],
      environments: [],
    }
  })
}

/** Such as "a, b and 3 more". */
function inWords(parts: readonly string[]): string {
  const shown = parts.length > 4 ? [...parts.slice(0, 3), `${parts.length - 3} more`] : parts
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}` : (shown[0] ?? '')
}
