import type { Cohort as WireCohort } from '@assay/sdk/core'
import type { CohortSize } from '../contract/cohorts.ts'
import type { Deps } from '../deps.ts'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import { AppError } from '../http/app-error.ts'
import { createSeenUnitsStore } from '../impact/seen-units.store.ts'
import { isStoreAway } from '../ingest/storage-errors.ts'
import { createProjectsStore } from '../projects/projects.store.ts'
import { checkRuleset, newIssues } from '../rulesets/check-ruleset.ts'
import { invalidRuleset } from '../rulesets/invalid-ruleset.ts'
import { createRulesetsStore } from '../rulesets/rulesets.store.ts'
import { computeCohortSize } from './cohort-size.ts'
import type { CohortDefinition } from './cohorts.store.ts'

/** A cohort as it is being edited; the key of none is one that no other can have. */
export type EditedCohort = Pick<CohortDefinition, 'unit' | 'when' | 'included' | 'excluded'> & { key?: string }

/** How many of those seen lately in the environment the cohort would take in. What could not be saved has no size: it is refused as saving would refuse it. */
export async function previewCohort(deps: Pick<Deps, 'db' | 'events' | 'now'>, projectId: string, environment: string, edited: EditedCohort): Promise<CohortSize> {
  const { id } = await createEnvironmentsStore(deps.db).get(projectId, environment)
  const [ruleset, unitTypes] = await Promise.all([createRulesetsStore(deps.db).newest(id), createProjectsStore(deps.db).unitTypes(projectId)])
  const cohort = wireOf(edited)
  const issues = newIssues(checkRuleset({ ...ruleset, cohorts: [...ruleset.cohorts.filter(({ key }) => key !== cohort.key), cohort] }, { unitTypes }), ruleset, { unitTypes })
  if (issues.length > 0) throw invalidRuleset(issues)
  try {
    const seen = await createSeenUnitsStore(deps.events).lately({ projectId, environmentId: id, unitType: cohort.unit }, deps.now())
    return computeCohortSize({ ruleset, cohort, seen })
  } catch (error) {
    throw isStoreAway(error) ? new AppError('storage_unavailable', 'The event store does not answer: the size is computed again when it does. Saving does not need it.', { cause: error }) : error
  }
}

function wireOf({ key = '(new)', unit, when, included, excluded }: EditedCohort): WireCohort {
  return { key, unit, ...(when === null ? {} : { when }), included, excluded }
}
