import { isDeepStrictEqual } from 'node:util'
import type { FlagDetail, FlagEnvironment, Targeting, TargetingRule } from '../contract/flags.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor } from '../http/register.ts'
import { assertBasedOn } from '../http/revision-conflict.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { createFlagsStore, type DefinitionChange, type FlagRecord, type NewFlag } from './flags.store.ts'
import { offTargeting } from './off-targeting.ts'

export async function createFlag(deps: Deps, projectId: string, actor: Actor, flag: Omit<NewFlag, 'owner'>): Promise<FlagDetail> {
  return commitChange(deps, projectId, async (tx) => {
    const store = createFlagsStore(tx)
    if (await store.find(projectId, flag.key)) throw new AppError('already_exists', `A flag with the key ${flag.key} exists already.`)
    assertVariants(flag.variants.map((variant) => variant.key))
    const environments = (await store.environments(projectId)).map((environment) => environment.id)
    await store.insert(projectId, { ...flag, owner: actor.name }, environments, offTargeting(flag), { by: actor.name, at: deps.now() })
    const { detail } = await mustFind(tx, projectId, flag.key)
    return {
      result: detail,
      audit: [{ at: deps.now(), actor, action: 'flag.created', entityKind: 'flag', entityKey: flag.key, after: definitionOf(detail), revision: detail.revision }],
      environments,
    }
  })
}

export async function updateFlag(deps: Deps, projectId: string, actor: Actor, key: string, basedOn: number, change: DefinitionChange, reason: string | undefined): Promise<FlagDetail> {
  return commitChange(deps, projectId, async (tx) => {
    const store = createFlagsStore(tx)
    const record = await mustFind(tx, projectId, key)
    const before = definitionOf(record.detail)
    if (basedOn !== record.detail.revision) {
      const last = await store.lastDefinitionChange(projectId, key)
      const stamp = last ? { changedBy: last.by, changedAt: last.at.toISOString() } : { changedBy: record.changedBy, changedAt: record.changedAt }
      assertBasedOn({ ...before, revision: record.detail.revision, ...stamp }, basedOn, change, `The flag ${record.detail.name}`)
    }
    if (change.variants) {
      assertVariants(change.variants.map((variant) => variant.key))
      assertExperimentValues(record, change.variants)
    }
    await store.updateDefinition(record.id, change, { by: actor.name, at: deps.now() })
    const { detail } = await mustFind(tx, projectId, key)
    return {
      result: detail,
      audit: [{ at: deps.now(), actor, action: 'flag.changed', entityKind: 'flag', entityKey: key, before, after: definitionOf(detail), ...because(reason), revision: detail.revision }],
      environments: record.environments.map(({ id }) => id),
    }
  })
}

/** Replaces what a flag does in one environment. Rules of running experiments stay as they are. */
export async function saveTargeting(deps: Deps, projectId: string, actor: Actor, at: { flag: string; environment: string }, basedOn: number, targeting: Targeting, reason: string | undefined): Promise<FlagEnvironment> {
  return changeEnvironment(deps, projectId, actor, at, 'flag.targeting_changed', reason, async (tx, record, environment) => {
    assertBasedOn(environment.state, basedOn, targeting, `What ${at.flag} does in ${at.environment}`)
    assertExperimentRules(record, environment, targeting.rules)
    await createFlagsStore(tx).replaceTargeting(record.id, environment.id, targeting, { by: actor.name, at: deps.now() })
  })
}

export async function turnOn(deps: Deps, projectId: string, actor: Actor, at: { flag: string; environment: string }, basedOn: number, reason: string | undefined): Promise<FlagEnvironment> {
  return changeEnvironment(deps, projectId, actor, at, 'flag.turned_on', reason, async (tx, record, environment) => {
    assertBasedOn(environment.state, basedOn, { ...environment.state.targeting, enabled: true }, `What ${at.flag} does in ${at.environment}`)
    await createFlagsStore(tx).setEnabled(record.id, environment.id, true, { by: actor.name, at: deps.now() })
  })
}

/** Never waits for a revision: turning off must win. */
export async function turnOff(deps: Deps, projectId: string, actor: Actor, at: { flag: string; environment: string }, reason: string | undefined): Promise<FlagEnvironment> {
  return changeEnvironment(deps, projectId, actor, at, 'flag.turned_off', reason, async (tx, record, environment) => {
    await createFlagsStore(tx).setEnabled(record.id, environment.id, false, { by: actor.name, at: deps.now() })
  })
}

/** Turning off never waits for a reason: it is recorded afterwards, as an entry of its own. */
export async function explainFlag(deps: Deps, projectId: string, actor: Actor, at: { flag: string; environment: string }, reason: string): Promise<void> {
  await commitChange(deps, projectId, async (tx) => {
    const { state } = environmentOf(await mustFind(tx, projectId, at.flag), at.environment)
    return { result: undefined, audit: [{ at: deps.now(), actor, action: 'flag.explained', entityKind: 'flag', entityKey: at.flag, environment: at.environment, reason, revision: state.revision }], environments: [] }
  })
}

export interface RuleChange {
  flagId: string
  environmentId: string
  rule: TargetingRule
  actor: Actor
  at: Date
}

/** Adds a rule after all others. For use inside `commitChange`, whose caller audits and names the environment. */
export async function addRule(tx: Tx, { flagId, environmentId, rule, actor, at }: RuleChange): Promise<void> {
  await createFlagsStore(tx).appendRule(flagId, environmentId, rule, { by: actor.name, at })
}

/** Replaces the rule with the same id, in its place. For use inside `commitChange`. */
export async function replaceRule(tx: Tx, { flagId, environmentId, rule, actor, at }: RuleChange): Promise<void> {
  const replaced = await createFlagsStore(tx).updateRule(flagId, environmentId, rule, { by: actor.name, at })
  if (!replaced) throw new AppError('not_found', `The flag has no rule ${rule.id} in this environment.`)
}

/** Gives every flag of the project its off configuration in a new environment. For use inside `commitChange`. */
export async function addFlagsToEnvironment(tx: Tx, projectId: string, environmentId: string, actor: Actor, at: Date): Promise<void> {
  const store = createFlagsStore(tx)
  const flags = await store.definitions(projectId)
  await store.insertStates(environmentId, flags.map((flag) => ({ flagId: flag.id, revision: flag.revision, targeting: offTargeting(flag) })), { by: actor.name, at })
}

type FoundEnvironment = FlagRecord['environments'][number]

async function changeEnvironment(
  deps: Deps, projectId: string, actor: Actor, at: { flag: string; environment: string }, action: string, reason: string | undefined,
  work: (tx: Tx, record: FlagRecord, environment: FoundEnvironment) => Promise<void>,
): Promise<FlagEnvironment> {
  return commitChange(deps, projectId, async (tx) => {
    const record = await mustFind(tx, projectId, at.flag)
    const environment = environmentOf(record, at.environment)
    await work(tx, record, environment)
    const { state } = environmentOf(await mustFind(tx, projectId, at.flag), at.environment)
    return {
      result: state,
      audit: [{ at: deps.now(), actor, action, entityKind: 'flag', entityKey: at.flag, environment: at.environment, before: environment.state.targeting, after: state.targeting, ...because(reason), revision: state.revision }],
      environments: [environment.id],
    }
  })
}

async function mustFind(db: Database | Tx, projectId: string, key: string): Promise<FlagRecord> {
  const record = await createFlagsStore(db).find(projectId, key)
  if (!record) throw new AppError('not_found', `There is no flag with the key ${key}.`)
  return record
}

function environmentOf(record: FlagRecord, key: string): FoundEnvironment {
  const found = record.environments.find(({ state }) => state.environment === key)
  if (!found) throw new AppError('not_found', `This project has no environment ${key}.`)
  return found
}

/** The rules of running experiments must come back unchanged, and nobody else may write a split of an experiment. */
function assertExperimentRules(record: FlagRecord, environment: FoundEnvironment, rules: readonly TargetingRule[]): void {
  const current = new Map(environment.state.targeting.rules.map((rule) => [rule.id, rule]))
  for (const experiment of record.running) {
    if (experiment.environmentId !== environment.id || experiment.ruleId === null) continue
    const { ruleId } = experiment
    if (isDeepStrictEqual(rules.find((rule) => rule.id === ruleId), current.get(ruleId))) continue
    throw new AppError('wrong_state', `${experiment.key} is running on this flag: its rule cannot be changed or removed here. Stop or decide ${experiment.key} first.`, { details: { experiment: experiment.key, ruleId } })
  }
  for (const [index, rule] of rules.entries()) {
    if ('variant' in rule.serve || rule.serve.experiment === undefined || isDeepStrictEqual(rule, current.get(rule.id))) continue
    const message = `Rule ${index + 1} splits for the experiment ${rule.serve.experiment}: only starting the experiment adds such a rule.`
    throw new AppError('invalid_ruleset', message, { details: [{ path: `flags.${record.detail.key}.rules.${index}.serve.experiment`, message }] })
  }
}

/** What an arm of a running experiment gives people is part of the sealed plan. */
function assertExperimentValues(record: FlagRecord, variants: readonly { key: string; value: unknown }[]): void {
  for (const experiment of record.running) {
    const rule = record.environments.find(({ id }) => id === experiment.environmentId)?.state.targeting.rules.find(({ id }) => id === experiment.ruleId)
    if (!rule || 'variant' in rule.serve) continue
    const changed = rule.serve.arms.find((arm) => {
      const now = variants.find((variant) => variant.key === arm.variant)
      return !now || !isDeepStrictEqual(now.value, record.detail.variants.find((variant) => variant.key === arm.variant)?.value)
    })
    if (changed) throw new AppError('wrong_state', `${experiment.key} is running on this flag: the value of its arm ${changed.variant} cannot change. Stop or decide ${experiment.key} first.`, { details: { experiment: experiment.key, variant: changed.variant } })
  }
}

function assertVariants(keys: readonly string[]): void {
  const twice = keys.find((key, index) => keys.indexOf(key) !== index)
  if (twice === undefined) return
  const message = `Two variants have the key ${twice}.`
  throw new AppError('invalid_request', message, { details: [{ path: `variants.${keys.lastIndexOf(twice)}.key`, message }] })
}

function definitionOf(detail: FlagDetail) {
  const { name, description, kind, type, clientVisible, variants, owner } = detail
  return { name, description, kind, type, clientVisible, variants, owner }
}

function because(reason: string | undefined): { reason?: string } {
  return reason === undefined ? {} : { reason }
}
