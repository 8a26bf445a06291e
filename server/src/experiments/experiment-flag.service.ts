import type { Condition } from '@assay/sdk/core'
import type { ExperimentSetup, Plan } from '../contract/experiments.ts'
import type { Targeting } from '../contract/flags.ts'
import type { Deps } from '../deps.ts'
import { environmentOf } from '../flags/flag-record.ts'
import { addRule, replaceRule } from '../flags/flags.service.ts'
import { createFlagsStore } from '../flags/flags.store.ts'
import type { Actor } from '../http/register.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import { settledRule, splitRule } from './experiment-rule.ts'
import type { ExperimentRecord } from './experiments.store.ts'
import { rulePlace, type RulePlace } from './rule-place.ts'

/** Who changes the flag for an experiment. */
export interface Mover {
  deps: Pick<Deps, 'now'>
  /** Null where Assay itself does. */
  actor: Actor | null
}

export interface FlagAround {
  /** What the flag does in the experiment's environment, but for the experiment's own rule. */
  targeting: Targeting
  place: RulePlace
  /** Whether its own rule stands, at that place. */
  stands: boolean
}

/** What the flag does around an experiment, and where the experiment's rule is or goes. */
export async function flagAround(db: Database | Tx, { flagId, draft, summary }: ExperimentRecord, setup: ExperimentSetup): Promise<FlagAround> {
  const flag = await createFlagsStore(db).getById(flagId)
  const { targeting } = environmentOf(flag, setup.environment).state
  const left = flag.detail.experiments.flatMap(({ environment, status, ruleId }) => (environment === setup.environment && (status === 'stopped' || status === 'decided') && ruleId !== null ? [ruleId] : []))
  const audience = { when: audienceOf(draft.cohort), unit: setup.unitType }
  const standing = summary.ruleId === null ? -1 : targeting.rules.findIndex(({ id }) => id === summary.ruleId)
  if (standing < 0) return { targeting, place: rulePlace(targeting.rules, audience, new Set(left)), stands: false }
  const { blockedBy } = rulePlace(targeting.rules.slice(0, standing), audience, new Set())
  return { targeting: { ...targeting, rules: targeting.rules.toSpliced(standing, 1) }, place: { index: standing, blockedBy }, stands: true }
}

/**
 * Puts the experiment's division on the flag: in the place of its rule where that stands, else where a new one goes.
 * Returns the environments that this changes.
 */
export async function putSplit(tx: Tx, { deps, actor }: Mover, record: ExperimentRecord, setup: ExperimentSetup, { ruleId, plan, coverage }: { ruleId: string | null; plan: Plan; coverage: number }): Promise<string[]> {
  if (ruleId === null) return []
  const { flagId, environmentId } = record
  const change = { flagId, environmentId, actor, at: deps.now(), rule: splitRule({ id: ruleId, name: record.draft.title, plan, coverage }) }
  const { targeting, place, stands } = await flagAround(tx, record, setup)
  if (stands) await replaceRule(tx, change)
  else await addRule(tx, { ...change, before: targeting.rules[place.index]?.id ?? null })
  return [environmentId]
}

/**
 * Replaces the experiment's rule by one that serves a variant to the same people; held-out units go on past what was shipped while a holdout is in force.
 * Returns the environments that this changes. Once an experiment is stopped its rule belongs to people: where they removed it or archived the flag, what they wrote stands.
 */
export async function settleRule(tx: Tx, { deps, actor }: Mover, record: ExperimentRecord, variant: string, heldOut = false): Promise<string[]> {
  const { summary, plan, flagId, environmentId, draft } = record
  if (summary.ruleId === null || plan === null) return []
  const flag = await createFlagsStore(tx).getById(flagId)
  const stands = flag.detail.archivedAt === null && environmentOf(flag, summary.environment).state.targeting.rules.some(({ id }) => id === summary.ruleId)
  if (!stands) return []
  await replaceRule(tx, { flagId, environmentId, actor, at: deps.now(), rule: settledRule({ id: summary.ruleId, name: `${draft.title}, after ${summary.key}`, plan, variant, heldOut }) })
  return [environmentId]
}

/** The condition of an experiment's rule. */
function audienceOf(cohort: string | null): Condition | undefined {
  return cohort === null ? undefined : { cohort }
}
