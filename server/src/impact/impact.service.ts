import type { Impact, Targeting } from '../contract/flags.ts'
import type { Deps } from '../deps.ts'
import { assertNotArchived, environmentOf, type FlagRecord, type RecordEnvironment } from '../flags/flag-record.ts'
import { createFlagsStore } from '../flags/flags.store.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import { createProjectsStore } from '../projects/projects.store.ts'
import { checkRuleset, newIssues } from '../rulesets/check-ruleset.ts'
import { invalidRuleset } from '../rulesets/invalid-ruleset.ts'
import { createRulesetsStore } from '../rulesets/rulesets.store.ts'
import { computeImpact } from './compute-impact.ts'
import { proposedFlag, unitTypeOf, withFlag } from './proposed-flag.ts'
import { createSeenUnitsStore } from './seen-units.store.ts'

/** Whom a targeting would move, if it took the place of the live one now. */
export async function previewImpact(deps: Deps, projectId: string, at: { flag: string; environment: string }, targeting: Targeting): Promise<Impact> {
  const record = await createFlagsStore(deps.db).get(projectId, at.flag)
  assertNotArchived(record)
  const environment = environmentOf(record, at.environment)
  await assertServable(deps.db, projectId, record, environment, targeting)
  return impactOf(deps, deps.db, { projectId, record, environment, targeting })
}

export interface ProposedTargeting {
  projectId: string
  record: FlagRecord
  environment: RecordEnvironment
  targeting: Targeting
}

/** Units exposed to the running experiment that would move; asked of fewer rows than the whole impact. Rejects where the event store does not answer. */
export async function exposedMoved(deps: Pick<Deps, 'events' | 'now'>, db: Database | Tx, proposed: ProposedTargeting): Promise<number> {
  const { running } = await impactOf(deps, db, proposed, { lately: false })
  return running?.moved ?? 0
}

/** As `previewImpact`, within a change. Rejects where the event store does not answer. */
export async function impactOf(deps: Pick<Deps, 'events' | 'now'>, db: Database | Tx, { projectId, record, environment, targeting }: ProposedTargeting, { lately = true } = {}): Promise<Impact> {
  const live = environment.state.targeting
  const running = runningOn(record, environment)
  const place = { projectId, environmentId: environment.id, unitType: running?.unitType ?? unitTypeOf(live, targeting) }
  const seenUnits = createSeenUnitsStore(deps.events)
  const [ruleset, seen, exposed] = await Promise.all([
    createRulesetsStore(db).newest(environment.id),
    lately ? seenUnits.lately(place, deps.now()) : [],
    running ? seenUnits.exposed(place, running.experiment, running.phase) : [],
  ])
  return computeImpact({
    ruleset,
    live: proposedFlag(record.detail, live),
    proposed: proposedFlag(record.detail, targeting),
    unitType: place.unitType,
    seen,
    running: running && { experiment: running.experiment, exposed },
  })
}

/** The experiment whose rule stands on the flag here, and what it assigns; null where none runs. */
export function runningOn(record: FlagRecord, environment: RecordEnvironment): { experiment: string; phase: number; unitType: string } | null {
  const running = record.running.find(({ environmentId, ruleId }) => environmentId === environment.id && ruleId !== null)
  const serve = environment.state.targeting.rules.find(({ id }) => id === running?.ruleId)?.serve
  return running && serve && !('variant' in serve) ? { experiment: running.key, phase: serve.phase ?? 1, unitType: serve.unit } : null
}

/** Refuses what could never be saved, with the issues that saving would name. */
export async function assertServable(db: Database | Tx, projectId: string, record: FlagRecord, environment: RecordEnvironment, targeting: Targeting): Promise<void> {
  const ruleset = await createRulesetsStore(db).newest(environment.id)
  const options = { unitTypes: await createProjectsStore(db).unitTypes(projectId) }
  const issues = newIssues(checkRuleset(withFlag(ruleset, proposedFlag(record.detail, targeting)), options), ruleset, options)
  if (issues.length > 0) throw invalidRuleset(issues)
}
