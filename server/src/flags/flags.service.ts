import { appendAudit } from '../audit/audit.store.ts'
import type { FlagDetail, FlagEnvironment, Targeting, TargetingRule } from '../contract/flags.ts'
import { promoteTargeting } from '../contract/promote-targeting.ts'
import { earlierTargeting, restoredTargeting } from '../contract/restored-targeting.ts'
import type { Deps } from '../deps.ts'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor, ProjectScope } from '../http/register.ts'
import { assertBasedOn } from '../http/revision-conflict.ts'
import type { Tx } from '../platform/postgres.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { assertDistinct, assertKeepsDivisions } from './check-proposal.ts'
import { assertExperimentValues } from './experiment-locks.ts'
import { assertMovesNobodyInExperiment } from './experiment-moves.service.ts'
import { assertNotArchived, definitionOf, environmentOf, type FlagRecord } from './flag-record.ts'
import { createFlagRevisionsStore } from './flag-revisions.store.ts'
import { createFlagsStore, type DefinitionChange, type NewFlag } from './flags.store.ts'
import { assertFreeKey } from './free-key.service.ts'
import { guardDefinition } from './guard-definition.service.ts'
import { offTargeting } from './off-targeting.ts'
import { admitWrite, onlyTurnsOff } from './write-policy.ts'

/** The flag and environment that a request names. */
export interface FlagPlace {
  flag: string
  environment: string
}

/** How a change of targeting was asked for, besides what it writes. */
export interface TargetingWrite {
  basedOn: number
  reason?: string
  /** Goes past the environment's policy. */
  bypass?: true
  /** Moves units of a running experiment, and that is meant. */
  confirmMoves?: true
}

/** How a change of the definition was asked for, besides what it writes. */
export type DefinitionWrite = Pick<TargetingWrite, 'basedOn' | 'reason' | 'bypass'>

export async function createFlag(deps: Deps, projectId: string, actor: Actor, flag: Omit<NewFlag, 'owner'>): Promise<FlagDetail> {
  return commitChange(deps, projectId, async (tx) => {
    const store = createFlagsStore(tx)
    await assertFreeKey(tx, projectId, flag.key)
    assertVariants(flag.variants.map((variant) => variant.key))
    const environments = await createEnvironmentsStore(tx).ids(projectId)
    const targeting = offTargeting(flag)
    await store.insert(projectId, { ...flag, tags: [...new Set(flag.tags)], owner: actor.name }, environments.map((id) => ({ id, targeting })), { by: actor.name, at: deps.now() })
    const { detail } = await store.get(projectId, flag.key)
    return {
      result: detail,
      audit: [{ at: deps.now(), actor, action: 'flag.created', entityKind: 'flag', entityKey: flag.key, after: definitionOf(detail), revision: detail.revision }],
      environments,
    }
  })
}

export async function updateFlag(deps: Deps, scope: ProjectScope, actor: Actor, key: string, write: DefinitionWrite, change: DefinitionChange): Promise<FlagDetail> {
  return changeDefinition(deps, scope, actor, key, 'flag.changed', write, async () => change)
}

/** Brings back the definition of an earlier revision. */
export async function restoreDefinition(deps: Deps, scope: ProjectScope, actor: Actor, key: string, revision: number, write: DefinitionWrite): Promise<FlagDetail> {
  return changeDefinition(deps, scope, actor, key, 'flag.restored', write, async (tx) => {
    const earlier = await createFlagRevisionsStore(tx).definition(scope.id, key, revision)
    if (!earlier) throw new AppError('not_found', `The audit log has no definition of ${key} at revision ${revision}.`)
    return earlier
  })
}

/** Replaces what a flag does in one environment. Rules of running experiments stay as they are. */
export async function saveTargeting(deps: Deps, scope: ProjectScope, actor: Actor, at: FlagPlace, targeting: Targeting, write: TargetingWrite): Promise<FlagEnvironment> {
  return changeEnvironment(deps, scope, actor, at, 'flag.targeting_changed', write, async () => targeting)
}

export async function turnOn(deps: Deps, scope: ProjectScope, actor: Actor, at: FlagPlace, write: TargetingWrite): Promise<FlagEnvironment> {
  return changeEnvironment(deps, scope, actor, at, 'flag.turned_on', write, async (before) => ({ ...before, enabled: true }))
}

/** Takes over what the flag does in another environment, but rules of experiments. */
export async function promote(deps: Deps, scope: ProjectScope, actor: Actor, at: FlagPlace, from: string, write: TargetingWrite): Promise<FlagEnvironment> {
  if (from === at.environment) throw new AppError('invalid_request', `Choose another environment than ${from}.`, { details: [{ path: 'from', message: 'Choose another environment.' }] })
  return changeEnvironment(deps, scope, actor, at, 'flag.promoted', write, async (before, record) => promoteTargeting(environmentOf(record, from).state.targeting, before))
}

/** Brings back what the flag did here at an earlier revision of this environment. */
export async function restoreTargeting(deps: Deps, scope: ProjectScope, actor: Actor, at: FlagPlace, revision: number, write: TargetingWrite): Promise<FlagEnvironment> {
  return changeEnvironment(deps, scope, actor, at, 'flag.targeting_restored', write, async (before, record, tx) => {
    const entries = await createFlagRevisionsStore(tx).targetings(scope.id, at.flag, at.environment)
    const earlier = earlierTargeting(entries, revision)
    if (!earlier) throw new AppError('not_found', `${record.detail.key} has no revision ${revision} in ${at.environment}: ${knownRevisions(entries.map((entry) => entry.revision))}`)
    return restoredTargeting(earlier, before)
  })
}

/** Never waits for a revision: turning off must win. */
export async function turnOff(deps: Deps, projectId: string, actor: Actor, at: FlagPlace, reason: string | undefined): Promise<FlagEnvironment> {
  return commitChange(deps, projectId, async (tx) => {
    const store = createFlagsStore(tx)
    const record = await store.get(projectId, at.flag)
    assertNotArchived(record)
    const environment = environmentOf(record, at.environment)
    await store.setEnabled(record.id, environment.id, false, { by: actor.name, at: deps.now() })
    const { state } = environmentOf(await store.get(projectId, at.flag), at.environment)
    return {
      result: state,
      audit: [{ at: deps.now(), actor, action: 'flag.turned_off', entityKind: 'flag', entityKey: at.flag, environment: at.environment, before: environment.state.targeting, after: state.targeting, ...because(reason), revision: state.revision }],
      environments: [environment.id],
    }
  })
}

/** Turning off never waits for a reason: it is recorded afterwards, as an entry of its own. */
export async function explainFlag(deps: Deps, projectId: string, actor: Actor, at: FlagPlace, reason: string): Promise<void> {
  await commitChange(deps, projectId, async (tx) => {
    const { state } = environmentOf(await createFlagsStore(tx).get(projectId, at.flag), at.environment)
    return { result: undefined, audit: [{ at: deps.now(), actor, action: 'flag.explained', entityKind: 'flag', entityKey: at.flag, environment: at.environment, reason, revision: state.revision }], environments: [] }
  })
}

export interface RuleChange {
  flagId: string
  environmentId: string
  rule: TargetingRule
  /** Null where Assay itself acts. */
  actor: Actor | null
  at: Date
}

/** Adds a rule before the one with the id `before`, or after all others. For use inside `commitChange`, whose caller names the environment. */
export async function addRule(tx: Tx, change: RuleChange & { before: string | null }): Promise<void> {
  const { flagId, environmentId, rule, before, actor, at } = change
  await changeRules(tx, change, (store) => store.insertRule(flagId, environmentId, rule, before, { by: actor?.name ?? 'Assay', at }))
}

/** Replaces the rule with the same id, in its place. For use inside `commitChange`, whose caller names the environment. */
export async function replaceRule(tx: Tx, change: RuleChange): Promise<void> {
  const { flagId, environmentId, rule, actor, at } = change
  await changeRules(tx, change, async (store) => {
    const replaced = await store.updateRule(flagId, environmentId, rule, { by: actor?.name ?? 'Assay', at })
    if (!replaced) throw new AppError('not_found', `The flag has no rule ${rule.id} in this environment.`)
  })
}

/** What an experiment does to a flag is a revision of the flag too, and part of its history. */
async function changeRules(tx: Tx, { flagId, environmentId, actor, at }: RuleChange, work: (store: ReturnType<typeof createFlagsStore>) => Promise<void>): Promise<void> {
  const store = createFlagsStore(tx)
  const record = await store.getById(flagId)
  assertNotArchived(record)
  await work(store)
  const [before, after] = [record, await store.getById(flagId)].map(({ environments }) => environments.find(({ id }) => id === environmentId)?.state)
  if (!before || !after) throw new AppError('not_found', `The flag ${record.detail.key} is not in this environment.`)
  await appendAudit(tx, record.projectId, { at, actor, action: 'flag.targeting_changed', entityKind: 'flag', entityKey: record.detail.key, environment: after.environment, before: before.targeting, after: after.targeting, revision: after.revision })
}

/** Gives every flag of the project its off configuration in a new environment. For use inside `commitChange`. */
export async function addFlagsToEnvironment(tx: Tx, projectId: string, environmentId: string, actor: Actor, at: Date): Promise<void> {
  const store = createFlagsStore(tx)
  const flags = await store.definitions(projectId)
  await store.insertStates(environmentId, flags.map((flag) => ({ flagId: flag.id, revision: flag.revision, targeting: offTargeting(flag) })), { by: actor.name, at })
}

/** Every way to write at once what a flag does in an environment, but turning it off, which waits for nothing however it is asked: the revision is named, experiments are kept, the environment's policy is held. */
async function changeEnvironment(
  deps: Deps, scope: ProjectScope, actor: Actor, at: FlagPlace, action: 'flag.targeting_changed' | 'flag.turned_on' | 'flag.promoted' | 'flag.targeting_restored', { basedOn, reason, bypass, confirmMoves }: TargetingWrite,
  next: (before: Targeting, record: FlagRecord, tx: Tx) => Promise<Targeting>,
): Promise<FlagEnvironment> {
  return commitChange(deps, scope.id, async (tx) => {
    const store = createFlagsStore(tx)
    const record = await store.get(scope.id, at.flag)
    assertNotArchived(record)
    const environment = environmentOf(record, at.environment)
    const before = environment.state.targeting
    const after = await next(before, record, tx)
    // A save that only turns off is one, whichever revision it was made on.
    if (action !== 'flag.targeting_changed' || !onlyTurnsOff(before, after)) assertBasedOn(environment.state, basedOn, after, `What ${at.flag} does in ${at.environment}`)
    assertDistinct(record.detail.key, after)
    const earlier = action === 'flag.targeting_restored' ? await createFlagRevisionsStore(tx).past(scope.id, at.flag, at.environment) : []
    assertKeepsDivisions(record, environment, after, earlier)
    const policy = await createEnvironmentsStore(tx).policy(environment.id)
    const admitted = admitWrite(policy, { environment: at.environment, before, after, role: scope.role, reason, bypass: bypass === true })
    if (!confirmMoves) await assertMovesNobodyInExperiment(deps, tx, { projectId: scope.id, record, environment, targeting: after })
    await store.replaceTargeting(record.id, environment.id, after, { by: actor.name, at: deps.now() })
    const { state } = environmentOf(await store.get(scope.id, at.flag), at.environment)
    return {
      result: state,
      audit: [{ at: deps.now(), actor, action: admitted === 'bypassed' ? 'flag.bypassed' : action, entityKind: 'flag', entityKey: at.flag, environment: at.environment, before, after: state.targeting, ...because(reason), revision: state.revision }],
      environments: [environment.id],
    }
  })
}

async function changeDefinition(
  deps: Deps, { id: projectId, role }: ProjectScope, actor: Actor, key: string, action: string, { basedOn, reason, bypass }: DefinitionWrite,
  next: (tx: Tx) => Promise<DefinitionChange>,
): Promise<FlagDetail> {
  return commitChange(deps, projectId, async (tx) => {
    const store = createFlagsStore(tx)
    const record = await store.get(projectId, key)
    assertNotArchived(record)
    const change = await next(tx)
    await assertDefinitionBasedOn(tx, projectId, record, basedOn, change)
    if (change.variants) {
      assertVariants(change.variants.map((variant) => variant.key))
      assertExperimentValues(record, change.variants)
    }
    const admitted = await guardDefinition(tx, record, { change, role, reason, bypass: bypass === true })
    await store.updateDefinition(record.id, { ...change, ...(change.tags ? { tags: [...new Set(change.tags)] } : {}) }, { by: actor.name, at: deps.now() })
    const { detail } = await store.get(projectId, key)
    return {
      result: detail,
      audit: [{ at: deps.now(), actor, action: admitted === 'bypassed' ? 'flag.bypassed' : action, entityKind: 'flag', entityKey: key, before: definitionOf(record.detail), after: definitionOf(detail), ...because(reason), revision: detail.revision }],
      environments: record.environments.map(({ id }) => id),
    }
  })
}

/** Refuses a change of the definition that was based on another revision of it. */
export async function assertDefinitionBasedOn(tx: Tx, projectId: string, record: FlagRecord, basedOn: number, yours: unknown): Promise<void> {
  if (basedOn === record.detail.revision) return
  const last = await createFlagsStore(tx).lastDefinitionChange(projectId, record.detail.key)
  const stamp = last ? { changedBy: last.by, changedAt: last.at.toISOString() } : { changedBy: record.changedBy, changedAt: record.changedAt }
  assertBasedOn({ ...definitionOf(record.detail), revision: record.detail.revision, ...stamp }, basedOn, yours, `The flag ${record.detail.name}`)
}

function assertVariants(keys: readonly string[]): void {
  const twice = keys.find((key, index) => keys.indexOf(key) !== index)
  if (twice === undefined) return
  const message = `Two variants have the key ${twice}.`
  throw new AppError('invalid_request', message, { details: [{ path: `variants.${keys.lastIndexOf(twice)}.key`, message }] })
}

function knownRevisions(revisions: readonly number[]): string {
  if (revisions.length === 0) return 'nothing was changed there yet.'
  return `its newest are ${revisions.slice(-5).join(', ')}.`
}

function because(reason: string | undefined): { reason?: string } {
  return reason === undefined ? {} : { reason }
}
